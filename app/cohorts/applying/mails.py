"""What applicants are sent. Plain text; nothing in it that the page behind the link does not say."""

from datetime import datetime

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.applications.window import closes_for
from app.cohorts.applying.links import ASKED_FOR, GOOD_FOR, OWN_PAGE, new_link
from app.cohorts.applying.naming import public_name
from app.cohorts.call.models import Call
from app.core.formatting import moment
from app.outbox import services as outbox


def send_link(*, call: Call, email: str) -> None:
    """The link that was asked for: the same words whether or not there is an application."""
    name, link = public_name(call), _link(call, email, ASKED_FOR)
    outbox.send(
        recipient=email,
        subject=f"Your link: {name}",
        body=(
            f"Hello\n\nThis link opens your application to {name}, or starts one:\n\n{link}\n\n"
            f"{_how_long()}\n\nIf you did not ask for this, do nothing. Somebody may have typed your "
            "address by mistake; without the link they cannot use it.\n"
        ),
    )


def tell_sent(*, call: Call, application: Application) -> None:
    """The application has been sent."""
    name = public_name(call)
    until = closes_for(call, application)
    _write(
        call,
        application,
        subject=f"We have your application: {name}",
        words=(
            f"Thank you for applying to {name}.\n\nYour reference is {application.reference}.\n\n"
            f"You can change your answers until {moment(until)}, and withdraw at any time. We read "
            "the applications after that, and write to you whatever we decide."
        ),
    )


def tell_withdrawn(*, call: Call, application: Application, open_still: bool) -> None:
    """The application has been withdrawn."""
    name = public_name(call)
    again = "\n\nIf you change your mind, you can take it back while applications are open."
    _write(
        call,
        application,
        subject=f"You have withdrawn your application: {name}",
        words=(
            f"Your application {application.reference} to {name} is withdrawn. We will not consider "
            f"it any further.{again if open_still else ''}"
        ),
    )


def tell_reopened(*, call: Call, application: Application, until: datetime) -> None:
    """The form is open again for this one person."""
    name = public_name(call)
    can = {
        Stage.SUBMITTED: "You can change your answers",
        Stage.WITHDRAWN: "You can take your application up again",
    }.get(application.stage, "You can finish and send your application")
    _write(
        call,
        application,
        subject=f"Your application is open again: {name}",
        words=(
            f"We have opened your application to {name} again, for you alone. {can} until "
            f"{moment(until)}."
        ),
    )


def _write(call: Call, application: Application, *, subject: str, words: str) -> None:
    """To the applicant, with a link to their application. Nobody is written to who gave no address."""
    if not application.email:
        return
    link = _link(call, application.email)
    hello = f"Hello {application.name}" if application.name else "Hello"
    body = f"{hello}\n\n{words}\n\nOpen your application:\n\n{link}\n\n{_how_long()}\n"
    outbox.send(recipient=application.email, subject=subject, body=body)


def _link(call: Call, email: str, to: str = OWN_PAGE) -> str:
    return new_link(workstream_id=call.workstream_id, slug=call.workstream.slug, email=email, to=to)


def _how_long() -> str:
    return (
        f"The link works once, and for {GOOD_FOR.days} days. You can ask for another one at any time, "
        "on the page where you applied."
    )
