"""What applicants write. Services flush, they never commit."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.cohorts.applications.models import Application
from app.cohorts.applications.moving import move
from app.cohorts.applications.references import new_reference
from app.cohorts.applications.stages import Mover, Stage, may_move
from app.cohorts.applications.window import is_open_for
from app.cohorts.applying import limits, links, mails, queries
from app.cohorts.applying.models import ApplyLink
from app.cohorts.applying.step import Step
from app.cohorts.applying.steps import (
    BEFORE_QUESTIONS,
    Standing,
    missing,
    reasons_against,
    standing_of,
    steps_of,
)
from app.cohorts.call.models import Call
from app.core import clock
from app.core.errors import Refused
from app.extensions import db

_TRIES = 5


class Late(Exception):
    """Applications have closed for this applicant, or their application is not to be changed now."""

    def __init__(self, call: Call, application: Application) -> None:
        super().__init__()
        self.call, self.application = call, application


class SavedElsewhere(Exception):
    """This page was saved in another tab, or on another device, since it was opened here."""


def ask_for_link(*, call: Call, email: str) -> None:
    """Send a link to an address, `email` in the form in which it is kept. Raises `limits.TooMany`.

    Nothing is read of any application, so neither the answer, the time it takes nor the number of
    mails says whether there is one.
    """
    limits.check_address(workstream_id=call.workstream_id, email=email)
    mails.send_link(call=call, email=email)


def arrive(*, call: Call, link: ApplyLink) -> Application | None:
    """Use a link up: the application of its address, begun when there is none yet and the call is
    open. None when there is none and it is not. Raises Refused as `links.use_up` does."""
    links.use_up(link)
    for _ in range(_TRIES):
        there = queries.application_of(call, link.email)
        if there is not None or not _is_open(call, None):
            return there
        try:
            with db.session.begin_nested():
                begun = Application(
                    workstream_id=call.workstream_id,
                    reference=new_reference(),
                    email=link.email,
                    eligibility={},
                )
                db.session.add(begun)
            return begun
        except IntegrityError:
            # Another tab has begun it, or the reference is taken: look again.
            continue
    raise Refused("We could not start your application. Ask for a new link and try again.")


def save(*, call: Call, step: Step, value: list[str], opened_at: str) -> None:
    """Keep the answer of one page. `opened_at` is the fingerprint that the page was opened with.

    Raises Late; SavedElsewhere when something else was kept meanwhile; Refused when the answer would
    make an application that was sent already one that could not have been sent.
    """
    application = step.application
    _check_open(call, application)
    if opened_at != step.fingerprint and value != step.kept:
        raise SavedElsewhere
    step.write(value)
    decides = step.section in BEFORE_QUESTIONS and application.stage is not Stage.DRAFT
    if decides and (reasons := reasons_against(step.draft)):
        raise Refused(
            f"{reasons[0]} If this is right, withdraw your application instead.", "answer"
        )
    db.session.flush()


def send(*, call: Call, application: Application) -> bool:
    """Send a draft. Returns whether this did it: sent twice, it is sent once, with one mail.

    Raises Late; Refused, in words, while something is missing or they cannot apply.
    """
    if application.stage in queries.EDITABLE and application.stage is not Stage.DRAFT:
        return False
    in_time = _check_open(call, application)
    draft = queries.draft_of(call, application)
    if missing(steps_of(draft)):
        raise Refused("Answer what is missing first, then send your application.")
    if standing_of(draft) is not Standing.YES:
        raise Refused("You cannot apply to this cohort. Check who can apply.")
    limits.check_moves(application)
    # The instant that was compared, or the stamp could be a moment past the closing time.
    application.submitted_at = application.submitted_at or in_time
    move(application=application, to=Stage.SUBMITTED, mover=Mover.APPLICANT)
    mails.tell_sent(call=call, application=application)
    return True


def can_withdraw(application: Application) -> bool:
    """Whether there is something to withdraw."""
    return may_move(Mover.APPLICANT, application.stage, Stage.WITHDRAWN)


def withdraw(*, call: Call, application: Application, why: str) -> None:
    """Withdraw, at any time and whatever has been done with it meanwhile; twice is once.

    (So no version is compared: that a coordinator has moved it on changes nothing about the applicant's
    wish.) Raises Refused once it has come to an end.
    """
    if application.stage is Stage.WITHDRAWN:
        return
    limits.check_moves(application)
    move(application=application, to=Stage.WITHDRAWN, mover=Mover.APPLICANT, why=why)
    mails.tell_withdrawn(call=call, application=application, open_still=_is_open(call, application))


def take_back(*, call: Call, application: Application) -> None:
    """Make a draft again of what was withdrawn; twice is once. Raises Late."""
    if application.stage is Stage.DRAFT:
        return
    if not _is_open(call, application):
        raise Late(call, application)
    move(application=application, to=Stage.DRAFT, mover=Mover.APPLICANT)


def _is_open(call: Call, application: Application | None) -> bool:
    return _open_at(call, application) is not None


def _open_at(call: Call, application: Application | None) -> datetime | None:
    """The instant that it is, if somebody can write at it; by the server's clock, and the window as it
    is in this transaction: it is read anew and held, so that nobody moves it before the commit. (On
    SQLite a writing request has the database to itself anyway.)"""
    db.session.refresh(call, with_for_update={"read": True})
    moment = clock.moment()
    return moment if is_open_for(call, application, moment) else None


def _check_open(call: Call, application: Application) -> datetime:
    """The instant at which it was open. Raises Late."""
    moment = _open_at(call, application) if application.stage in queries.EDITABLE else None
    if moment is None:
        raise Late(call, application)
    return moment
