"""The mail of the Leaders Network, in words."""

from app.cohorts.network.models import Mentoring, NetworkMember

# What a member ticks; kept with the consent, so that later words change nothing about it.
CONSENT_WORDS = (
    "Put me on the mailing list of the Leaders Network: news of the programme and chances to help, by "
    "e-mail, until I take myself off it"
)

INVITATION_SUBJECT = "You are invited to join the Leaders Network"
LINK_SUBJECT = "Your link to the Leaders Network"


def invitation_body(member: NetworkMember, link: str, stop_url: str) -> str:
    """Why they are asked, what it means, and how to say no."""
    return (
        f"Hello {member.name}\n\n"
        f"You graduated from {member.workstream.name}. The Leaders Network is for people who have: "
        "you can tell others about the programme, mentor somebody in the next cohort, speak at its "
        "sessions, or simply stay in touch.\n\n"
        "It is your choice, and you can leave at any time. See what it is about and say what you "
        "would like to do:\n"
        f"{link}\n\n"
        "The link works once and for 14 days. Get another one at any time at the address where it "
        "leads.\n\n"
        "If you do not want to join, and want no more mail about it:\n"
        f"{stop_url}\n"
    )


def link_body(link: str) -> str:
    """What somebody asked for."""
    return (
        "Hello\n\n"
        "You asked for a link to your page in the Leaders Network:\n"
        f"{link}\n\n"
        "The link works once and for 24 hours. If you did not ask for it, do nothing.\n"
    )


def mentor_subject() -> str:
    """To the mentor. Names nobody: it is read over shoulders."""
    return "Leaders Network: somebody to mentor"


def mentor_body(mentoring: Mentoring, coordinator: str, *, mentee_email: str | None) -> str:
    """Tells the mentor whom they mentor."""
    participant = mentoring.participant.application
    reach = f"You can write to them at {mentee_email}.\n\n" if mentee_email else ""
    return (
        f"Hello {mentoring.member.name}\n\n"
        f"Thank you for offering to mentor. We would like you to mentor {participant.name}, who takes "
        f"part in {participant.workstream.name}.\n\n"
        f"{reach}"
        f"{coordinator} will help you both to get started. If it does not suit you, tell them.\n"
    )


def mentee_subject() -> str:
    """To the participant."""
    return "Leaders Network: your mentor"


def mentee_body(mentoring: Mentoring, coordinator: str, *, mentor_email: str | None) -> str:
    """Tells the participant who their mentor is."""
    participant = mentoring.participant.application
    reach = f"You can write to them at {mentor_email}.\n\n" if mentor_email else ""
    return (
        f"Hello {participant.name}\n\n"
        f"{mentoring.member.name}, who graduated from {mentoring.member.workstream.name}, would like to "
        f"be your mentor while you take part in {participant.workstream.name}.\n\n"
        f"{reach}"
        f"{coordinator} will help you both to get started. If it does not suit you, tell them.\n"
    )
