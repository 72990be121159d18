"""The mail of inviting, in words. Subjects name nothing of the person: they are read over shoulders."""

from app.accounts.security_mail import on_site
from app.cohorts.call.models import Call
from app.cohorts.inviting.models import Nomination, WaitingAddress
from app.core.formatting import moment

CONFIRM_SUBJECT = "Confirm that you want to hear of the next cohort"


def _until(call: Call) -> str:
    return f"Applications close on {moment(call.closes_at)}.\n\n" if call.closes_at else ""


def apply_link(call: Call) -> str:
    """Where applying begins."""
    return on_site(f"/apply/{call.workstream.slug}")


def nominated_subject(call: Call) -> str:
    """The subject of an invitation."""
    return f"You are invited to apply: {call.workstream.name}"


def nominated_body(call: Call, nomination: Nomination, stop_url: str) -> str:
    """Says who thought of them, what of theirs we hold, and that nothing is promised."""
    return (
        f"Hello {nomination.name}\n\n"
        f"{nomination.nominator} thought of you for {call.workstream.name} and gave us your name and "
        "e-mail address, so that we could invite you to apply.\n\n"
        "It is up to you. Being invited is not a promise of a place: everybody who applies is "
        "considered in the same way, and nobody is told whether you apply.\n\n"
        "Read about it and apply:\n"
        f"{apply_link(call)}\n\n"
        f"{_until(call)}"
        "This is the only message that we send you about it. If you want no more invitations like "
        "this, from anybody, and your name and address erased:\n"
        f"{stop_url}\n"
    )


def confirm_body(entry: WaitingAddress, call: Call, confirm_url: str, stop_url: str) -> str:
    """The first mail to an address that somebody left: nothing more comes unless they confirm."""
    if entry.confirmed_at is not None:
        return (
            "Hello\n\n"
            f"You asked us to tell you when applications next open for {call.workstream.name} or a "
            "cohort after it. You are on the list already: there is nothing to do.\n\n"
            "To be taken off the list and have your address erased:\n"
            f"{stop_url}\n"
        )
    return (
        "Hello\n\n"
        f"Somebody, we hope you, asked us to write to this address when applications next open for "
        f"{call.workstream.name} or a cohort after it.\n\n"
        "If you want that, open this link within 7 days and press the button:\n"
        f"{confirm_url}\n\n"
        "We will write once, when applications open, and then erase your address. We keep it for 24 "
        "months at most.\n\n"
        "If it was not you, do nothing, or have the address erased now:\n"
        f"{stop_url}\n"
    )


def opened_subject(call: Call) -> str:
    """The subject of the one message that they waited for."""
    return f"Applications are open: {call.workstream.name}"


def opened_body(call: Call, stop_url: str) -> str:
    """The one message that they waited for."""
    return (
        "Hello\n\n"
        f"You asked us to tell you: applications are open for {call.workstream.name}.\n\n"
        "Read about it and apply:\n"
        f"{apply_link(call)}\n\n"
        f"{_until(call)}"
        "You asked for this one message, so we have erased your address and will not write again. "
        "Here you can see that it is gone:\n"
        f"{stop_url}\n"
    )
