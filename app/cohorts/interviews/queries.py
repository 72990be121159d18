"""Reads of interview times and of who has picked them; access loaders."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.call.queries import find_call
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.core import clock
from app.core.access import Loaded, User
from app.core.history import ChangeAction, ChangeRecord
from app.core.paging import Page, paged
from app.core.restoring import latest_change_id
from app.extensions import db
from app.workstreams.queries import Place

SLOTS_ON_A_PAGE = 50
# As many names as stand beside the times.
_LISTED = 50
# Until then before it begins, an applicant picks, changes and cancels by themselves.
NOTICE = timedelta(hours=24)


@dataclass(frozen=True)
class Overview:
    """How the interviews of a cohort stand, in numbers."""

    to_come: int
    free: int
    past: int
    asked: int  # at stage Interview
    not_picked: int


def slot_in_url(user: User, slug: str, slot_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives the view `place`, `call` and `slot`."""
    found = find_call(user, slug)
    slot = db.session.get(InterviewSlot, slot_id) if found else None
    if found is None or slot is None or slot.workstream_id != found[0].id:
        return None
    return Loaded({"place": found[0], "call": found[1], "slot": slot}, found[0].roles)


def overview(call: Call) -> Overview:
    """The numbers at the top of the page."""
    is_past = InterviewSlot.starts_at <= clock.moment()
    slots = db.session.execute(
        sa.select(
            sa.func.count().filter(~is_past),
            sa.func.count().filter(~is_past, Interview.id.is_(None)),
            sa.func.count().filter(is_past),
        )
        .select_from(InterviewSlot)
        .outerjoin(Interview, Interview.slot_id == InterviewSlot.id)
        .where(InterviewSlot.workstream_id == call.workstream_id)
    ).one()
    people = db.session.execute(
        sa.select(sa.func.count(), sa.func.count().filter(Interview.slot_id.is_(None)))
        .select_from(Application)
        .outerjoin(Interview, Interview.application_id == Application.id)
        .where(
            Application.workstream_id == call.workstream_id, Application.stage == Stage.INTERVIEW
        )
    ).one()
    return Overview(*slots, *people)


def slots(call: Call, *, past: bool, page: int) -> Page[InterviewSlot]:
    """The times to come, the next first, or those past, the last first; each with whoever has it."""
    is_past = InterviewSlot.starts_at <= clock.moment()
    query = (
        sa.select(InterviewSlot)
        .where(InterviewSlot.workstream_id == call.workstream_id, is_past if past else ~is_past)
        .options(joinedload(InterviewSlot.interview).joinedload(Interview.application))
    )
    by = InterviewSlot.starts_at
    order = (by.desc(), InterviewSlot.id.desc()) if past else (by, InterviewSlot.id)
    return paged(query.order_by(*order), page, SLOTS_ON_A_PAGE)


def by_day(rows: list[InterviewSlot]) -> list[tuple[date, list[InterviewSlot]]]:
    """Times under the days that they are on."""

    def day_of(slot: InterviewSlot) -> date:
        return slot.starts_at.astimezone(clock.LONDON).date()

    return [(day, list(those)) for day, those in groupby(rows, key=day_of)]


def not_picked(call: Call) -> list[tuple[Application, datetime | None]]:
    """Who is asked to an interview and has no time: with when they were last written to. The first 50
    by name."""
    rows = db.session.execute(
        sa.select(Application, Interview.invited_at)
        .outerjoin(Interview, Interview.application_id == Application.id)
        .where(*_has_not_picked(call))
        .order_by(sa.func.lower(Application.name), Application.id)
        .limit(_LISTED)
    )
    return [(application, invited_at) for application, invited_at in rows]


def _has_not_picked(call: Call) -> list[sa.ColumnElement[bool]]:
    return [
        Application.workstream_id == call.workstream_id,
        Application.stage == Stage.INTERVIEW,
        Interview.slot_id.is_(None),
    ]


def to_invite(call: Call, before: datetime) -> list[Application]:
    """Whom to ask to pick a time: with an address, without a time, and not asked since `before`."""
    return list(
        db.session.scalars(
            sa.select(Application)
            .outerjoin(Interview, Interview.application_id == Application.id)
            .where(
                *_has_not_picked(call),
                Application.email.is_not(None),
                sa.or_(Interview.invited_at.is_(None), Interview.invited_at < before),
            )
            .order_by(Application.id)
        )
    )


def free_slots(workstream_id: uuid.UUID, *, after: datetime) -> list[InterviewSlot]:
    """The times that nobody has, beginning later than `after`."""
    return list(
        db.session.scalars(
            sa.select(InterviewSlot)
            .outerjoin(Interview, Interview.slot_id == InterviewSlot.id)
            .where(
                InterviewSlot.workstream_id == workstream_id,
                InterviewSlot.starts_at > after,
                Interview.id.is_(None),
            )
            .order_by(InterviewSlot.starts_at, InterviewSlot.id)
            .limit(500)
        )
    )


def free_for_applicants(call: Call) -> list[InterviewSlot]:
    """The times that an applicant can still pick by themselves."""
    return free_slots(call.workstream_id, after=clock.moment() + NOTICE)


def removed(place: Place, change_id: uuid.UUID | None) -> uuid.UUID | None:
    """The change that has just removed a time here, so that Undo is offered."""
    change = db.session.get(ChangeRecord, change_id) if change_id else None
    if (
        change is None
        or change.workstream_id != place.id
        or change.subject_type != InterviewSlot.__tablename__
        or change.action is not ChangeAction.DELETED
        or latest_change_id(change.subject_id) != change.id
    ):
        return None
    return change.id


def interview_of(application: Application) -> Interview | None:
    """An applicant's interview, with its time; None when there has been nothing about one yet."""
    return db.session.scalar(
        sa.select(Interview)
        .outerjoin(Interview.slot)
        .options(contains_eager(Interview.slot))
        .where(Interview.application_id == application.id)
    )


def can_change(slot: InterviewSlot) -> bool:
    """Whether an applicant may still pick this time, or leave it."""
    return clock.moment() + NOTICE <= slot.starts_at
