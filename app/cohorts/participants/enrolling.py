"""What follows from a move: whoever is enrolled is a participant, and whoever is not any more is none."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.cohorts.applications.models import Application, ApplicationMove, Participant
from app.cohorts.applications.stages import Stage
from app.cohorts.participants.models import ParticipantNote, ShowcaseSlot
from app.cohorts.sessions.models import AttendanceMark
from app.core.errors import Refused
from app.extensions import db


def follow(application: Application, move: ApplicationMove) -> None:
    """Registered with `moving.on_move`. Raises Refused when something has been recorded of somebody
    who is to be taken back out."""
    if move.after is Stage.ENROLLED:
        _enrol(application)
    elif move.before is Stage.ENROLLED:
        _take_out(application)


def _enrol(application: Application) -> None:
    there = sa.select(Participant.id).where(Participant.application_id == application.id)
    if db.session.scalar(there) is None:
        db.session.add(
            Participant(application_id=application.id, workstream_id=application.workstream_id)
        )
        db.session.flush()


def _take_out(application: Application) -> None:
    participant = db.session.scalar(
        sa.select(Participant).where(Participant.application_id == application.id).with_for_update()
    )
    if participant is None:
        return
    if is_touched(participant):
        raise Refused(_recorded(application))
    try:
        with db.session.begin_nested():
            db.session.delete(participant)
    except IntegrityError:  # a mentor, say
        raise Refused(_recorded(application)) from None


def _recorded(application: Application) -> str:
    return (
        f"{application.reference} has taken part since: attendance, a project, notes or an outcome are "
        "recorded. Mark them as having left, on their page under Participants"
    )


def is_touched(participant: Participant) -> bool:
    """Whether anything has been recorded of a participant that would be lost with them."""
    if (
        participant.outcome
        or participant.project_title
        or participant.project
        or participant.project_done_on
    ):
        return True
    return any(
        db.session.scalar(sa.select(model.id).where(column == participant.id).limit(1)) is not None
        for model, column in (
            (AttendanceMark, AttendanceMark.participant_id),
            (ParticipantNote, ParticipantNote.participant_id),
            (ShowcaseSlot, ShowcaseSlot.participant_id),
        )
    )
