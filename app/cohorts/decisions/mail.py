"""What applicants are written about their answer to an offer. The letters themselves are written by a
release. Nothing to those without an address."""

from app.cohorts.applications.models import Application
from app.cohorts.applying.links import OWN_PAGE
from app.cohorts.interviews.way_in import way_in
from app.core.formatting import day
from app.outbox import services as outbox


def tell_accepted(application: Application) -> None:
    """Thank you, and when it starts."""
    starts_on = application.workstream.starts_on
    when = f" It starts on {day(starts_on)}." if starts_on else ""
    _send(
        application,
        "You have accepted your place",
        f"you have accepted your place. We look forward to meeting you.{when}\n\n"
        "If you cannot come after all, tell us here, so that somebody else can have the place:",
        "/offer",
    )


def tell_declined(application: Application) -> None:
    """So that nobody declines for somebody else unseen."""
    _send(
        application,
        "You have declined your place",
        "you have told us that you do not take up your place. If this was not you, tell us at "
        "once. Your application:",
    )


def tell_lapsed(application: Application) -> None:
    """No answer came in time."""
    _send(
        application,
        "Your offer has run out",
        "we have not heard from you, so our offer of a place has run out and somebody else may have "
        "it. If you still want a place, tell us at once: we may be able to put you on the waiting "
        "list. Your application:",
    )


def _send(application: Application, subject: str, words: str, to: str = OWN_PAGE) -> None:
    if application.email is None:
        return
    cohort = application.workstream
    outbox.send(
        recipient=application.email,
        subject=f"{subject} ({application.reference})",
        body=(
            f"Hello {application.called}\n\n"
            f"About your application to {cohort.name}: {words}\n\n"
            f"{way_in(application, cohort.slug, to)}\n"
        ),
    )
