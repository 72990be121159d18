"""Writes by the coordinator: offering times, changing and removing them, asking people to pick; and
what came of an interview."""

import uuid
from datetime import datetime, timedelta

from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call
from app.cohorts.interviews import mail, queries
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.cohorts.interviews.picking import interview_for, lock_slot
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.core.history import move_version_on
from app.extensions import db

MOST_AT_ONCE = 60
GONE_BY = "This has to be in the future"


def offer_slots(
    *,
    id: uuid.UUID,
    call: Call,
    starts_at: datetime,
    until: datetime | None,
    minutes: int,
    gap: int,
    place: str,
    panel: str,
) -> list[InterviewSlot]:
    """Offer interviews of `minutes` one after another, `gap` minutes apart, the last one over by
    `until`; without that, one. The same form sent twice offers them once. Raises Refused."""
    if starts_at <= clock.moment():
        raise Refused(GONE_BY, "day")
    length, step = timedelta(minutes=minutes), timedelta(minutes=minutes + gap)
    starts = [starts_at]
    while until is not None and starts[-1] + step + length <= until:
        starts.append(starts[-1] + step)
        if len(starts) > MOST_AT_ONCE:
            raise Refused(f"That would be more than {MOST_AT_ONCE} times at once", "until")
    if until is not None and starts_at + length > until:
        raise Refused("There is no time for one interview until then", "until")
    return [
        _offer(uuid.uuid5(id, str(number)), call, start, start + length, place, panel)
        for number, start in enumerate(starts)
    ]


def _offer(
    id: uuid.UUID, call: Call, starts_at: datetime, ends_at: datetime, place: str, panel: str
) -> InterviewSlot:
    there = {"workstream_id": call.workstream_id}
    words = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "panel": panel}
    return create_once(InterviewSlot, id, lambda: InterviewSlot(id=id, **there, **words), **there)[
        0
    ]


def edit_slot(
    *,
    slot: InterviewSlot,
    version: int,
    starts_at: datetime,
    minutes: int,
    place: str,
    panel: str,
) -> bool:
    """Change a time; whoever has picked it is told by mail. Returns whether somebody was concerned.
    Raises EditConflict, Refused."""
    lock_slot(slot)
    check_version(slot, version)
    before, was = (
        mail.when(slot.starts_at, slot.ends_at),
        (slot.starts_at, slot.ends_at, slot.place),
    )
    if starts_at != slot.starts_at and starts_at <= clock.moment():
        raise Refused(GONE_BY, "day")
    slot.starts_at, slot.ends_at = starts_at, starts_at + timedelta(minutes=minutes)
    slot.place, slot.panel = place, panel
    db.session.flush()
    if slot.interview is None or was == (slot.starts_at, slot.ends_at, slot.place):
        return False
    slot.interview.reminded_at = None
    move_version_on(slot.interview)
    db.session.flush()
    mail.tell_changed(slot.interview, before)
    return True


def remove_slot(*, slot: InterviewSlot, version: int) -> bool:
    """Remove a time; whoever has picked it is told by mail and can pick again. Returns whether
    somebody had. Raises EditConflict, and Refused once an interview has begun."""
    lock_slot(slot)
    check_version(slot, version)
    interview = slot.interview
    if interview is not None and slot.starts_at <= clock.moment():
        raise Refused("This interview has begun or is over, so it stays in the list")
    if interview is not None:
        interview.slot, interview.reminded_at = None, None
        db.session.flush()
        mail.tell_removed(interview, slot)
    db.session.delete(slot)
    db.session.flush()
    return interview is not None


def invite(*, call: Call, before: datetime) -> int:
    """Ask by mail everybody who has not picked a time to do so; whoever was asked since `before` (when
    the page was shown) is not asked again. Returns how many were asked."""
    db.session.refresh(call, with_for_update=True)  # two presses at once take turns
    people = queries.to_invite(call, before)
    for application in people:
        interview_for(application).invited_at = clock.now()
        mail.invite(application)
    db.session.flush()
    return len(people)


def note_outcome(
    *, application: Application, version: int, notes: str, score: int | None
) -> Interview:
    """Keep what the panel noted. `version` is the interview's, 0 where the page knew of none. Raises
    EditConflict."""
    interview = interview_for(application)
    if version or interview.has_outcome:
        check_version(interview, version)
    interview.notes, interview.score = notes, score
    db.session.flush()
    return interview
