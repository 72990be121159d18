"""An applicant picks a time, changes it, gives it up: by themselves, or by telephone through the
coordinator."""

import uuid
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.interviews import mail
from app.cohorts.interviews.models import TAKEN, Interview, InterviewSlot
from app.cohorts.interviews.queries import NOTICE, interview_of
from app.core import clock
from app.core.errors import Refused
from app.extensions import db

TOO_LATE = "It is less than 24 hours before your interview. Tell us by telephone or e-mail instead"
NOT_FREE = "This time is no longer free. Choose another"


def interview_for(application: Application) -> Interview:
    """The interview of an applicant; a new one, without a time, where there is none."""
    interview = interview_of(application)
    if interview is not None:
        return interview
    try:
        with db.session.begin_nested():
            interview = Interview(
                workstream_id=application.workstream_id, application_id=application.id
            )
            interview.application = application
            db.session.add(interview)
        return interview
    except IntegrityError:  # somebody else was quicker
        interview = interview_of(application)
        if interview is None:
            raise
        return interview


def lock_slot(slot: InterviewSlot) -> None:
    """Take turns with whoever picks, changes or removes this time, and see what they did. Raises
    Refused when it is gone."""
    there = db.session.scalar(
        sa.select(InterviewSlot.id).where(InterviewSlot.id == slot.id).with_for_update()
    )
    if there is None:
        raise Refused(NOT_FREE, "slot_id")
    db.session.refresh(slot)


def pick(*, application: Application, slot_id: uuid.UUID, notice: timedelta = NOTICE) -> Interview:
    """Give somebody a time, in the place of the one they have, and confirm it by mail; picking what
    they have changes nothing. `notice` is how long before it begins that can be done.

    Raises Refused: somebody was quicker, it is too late, they are not asked to an interview.
    """
    # As they stand now: whoever withdraws meanwhile leaves their time to others, and gets no new one.
    db.session.refresh(application, with_for_update=True)
    if application.stage is not Stage.INTERVIEW:
        raise Refused("There is no interview to pick a time for now")
    interview = interview_for(application)
    if interview.slot_id == slot_id:
        return interview
    _in_time(interview.slot, notice)
    slot = db.session.get(InterviewSlot, slot_id)
    if slot is None or slot.workstream_id != application.workstream_id:
        raise Refused(NOT_FREE, "slot_id")
    lock_slot(slot)
    if slot.starts_at < clock.moment() + notice:
        raise Refused(NOT_FREE, "slot_id")
    if slot.interview is not None:
        raise Refused(TAKEN, "slot_id")
    interview.slot, interview.reminded_at = slot, None
    db.session.flush()
    mail.tell_picked(interview)
    return interview


def give_up(*, interview: Interview, notice: timedelta = NOTICE) -> None:
    """Let go of the time; giving up none changes nothing. Raises Refused when it is too late."""
    slot = interview.slot
    if slot is None:
        return
    _in_time(slot, notice)
    interview.slot, interview.reminded_at = None, None
    db.session.flush()
    mail.tell_cancelled(interview, slot)


def _in_time(slot: InterviewSlot | None, notice: timedelta) -> None:
    if slot is not None and slot.starts_at < clock.moment() + notice:
        raise Refused(TOO_LATE if notice else "This interview has begun or is over")


def free_when_over(application: Application, move: ApplicationMove) -> None:
    """Whoever withdraws, or is told a decision, leaves a time to come to somebody else."""
    if move.before is not Stage.INTERVIEW:
        return
    if move.after is not Stage.WITHDRAWN and move.mover is not Mover.RELEASE:
        return
    interview = interview_of(application)
    if interview is not None and interview.slot and interview.slot.starts_at > clock.moment():
        interview.slot, interview.reminded_at = None, None
        db.session.flush()
