"""Reads of a cohort's sessions, and the access loaders of their pages.

A facilitator sees the sessions that they run and nothing else of the cohort.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.accounts.models import User as Account
from app.cohorts.applications.models import Outcome, Participant
from app.cohorts.call.queries import find_call
from app.cohorts.sessions.models import (
    AttendanceMark,
    CohortSession,
    session_facilitators,
)
from app.core import clock
from app.core.access import Loaded, User
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import MemberRole, Membership, in_force
from app.workstreams.queries import Place, ids_above

PAGE_SIZE = 50
# In a calendar file.
MOST = 500


def has_not_left(on: Any) -> sa.ColumnElement[bool]:
    """SQL on Participant: still one of the cohort on a day. Whoever has graduated stays one."""
    return sa.or_(
        Participant.outcome.is_(None),
        Participant.outcome == Outcome.GRADUATED,
        Participant.outcome_on > on,
    )


def is_expected(on: Any) -> sa.ColumnElement[bool]:
    """SQL on Participant: somebody who should have come on a day."""
    return sa.and_(Participant.enrolled_on <= on, has_not_left(on))


def is_run_by(user_id: uuid.UUID) -> sa.ColumnElement[bool]:
    """SQL on CohortSession: one that this person facilitates."""
    link = session_facilitators.c
    return sa.exists().where(link.session_id == CohortSession.id, link.user_id == user_id)


def count_marked() -> sa.ScalarSelect[int]:
    """SQL on CohortSession: how many of those expected have been marked."""
    return (
        sa.select(sa.func.count())
        .select_from(AttendanceMark)
        .join(Participant, Participant.id == AttendanceMark.participant_id)
        .where(AttendanceMark.session_id == CohortSession.id, is_expected(CohortSession.on))
        .correlate(CohortSession)
        .scalar_subquery()
    )


def count_expected() -> sa.ScalarSelect[int]:
    """SQL on CohortSession: how many should come."""
    return (
        sa.select(sa.func.count())
        .select_from(Participant)
        .where(
            Participant.workstream_id == CohortSession.workstream_id, is_expected(CohortSession.on)
        )
        .correlate(CohortSession)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class Listed:
    """A session in the list, and how far its register has come."""

    session: CohortSession
    marked: int
    expected: int
    is_past: bool


def sessions_page(place: Place, today: date) -> Page[Listed]:
    """The sessions that the reader may see: what comes, the next first, then what has been, the latest
    first."""
    past = CohortSession.on < today
    ordered = _of(place).order_by(
        sa.case((past, 1), else_=0),
        sa.case((past, None), else_=CohortSession.on),
        CohortSession.on.desc(),
        sa.case((past, None), else_=CohortSession.starts),
        CohortSession.starts.desc(),
        CohortSession.id,
    )
    total = db.session.scalar(_of(place).with_only_columns(sa.func.count())) or 0
    number = min(asked_page(), max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(
        ordered.add_columns(count_marked(), count_expected())
        .options(selectinload(CohortSession.facilitators))
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    listed = [Listed(session, marked, of, session.on < today) for session, marked, of in rows]
    return Page(listed, number, total, PAGE_SIZE)


def sessions_for_calendar(place: Place) -> Sequence[CohortSession]:
    """Every session that the reader may see, cancelled ones too, so that calendars hear of it."""
    return db.session.scalars(
        _of(place).order_by(CohortSession.on, CohortSession.starts).limit(MOST)
    ).all()


def _of(place: Place) -> sa.Select[Any]:
    found = sa.select(CohortSession).where(CohortSession.workstream_id == place.id)
    if not place.can(Right.MANAGE_PARTICIPANTS):
        found = found.where(is_run_by(place.user.id))
    return found


def facilitator_choices(place: Place, also: Sequence[Account] = ()) -> list[Account]:
    """Who can run a session: those who facilitate or lead here or above, by name; and `also`."""
    able = (
        sa.select(Membership.user_id)
        .where(
            Membership.workstream_id.in_(ids_above(place.id)),
            Membership.role.in_([MemberRole.FACILITATOR, MemberRole.LEAD]),
            in_force(clock.today()),
        )
        .scalar_subquery()
    )
    known = [person.id for person in also]
    return list(
        db.session.scalars(
            sa.select(Account)
            .where(sa.or_(sa.and_(Account.active, Account.id.in_(able)), Account.id.in_(known)))
            .order_by(Account.name, Account.id)
        )
    )


def has_marks(session: CohortSession) -> bool:
    """Whether anybody has been marked: then the session was held."""
    there = sa.select(AttendanceMark.id).where(AttendanceMark.session_id == session.id).limit(1)
    return db.session.scalar(there) is not None


# --- Access loaders ---


def sessions_in_url(user: User, slug: str) -> Loaded | None:
    """`/workstreams/<slug>/sessions`, which shows whoever may take registers the sessions that they run."""
    found = find_call(user, slug, admits=Right.TAKE_REGISTER)
    if found is None:
        return None
    return Loaded({"place": found[0]}, found[0].roles)


def register_in_url(user: User, slug: str, session_id: uuid.UUID) -> Loaded | None:
    """`…/sessions/<id>/register`: assigned to those who run this session."""
    found = find_call(user, slug, admits=Right.TAKE_REGISTER)
    session = _session_of(found[0], session_id) if found else None
    if found is None or session is None:
        return None
    assigned = any(person.id == user.id for person in session.facilitators)
    there = {"place": found[0], "session": session}
    return _as_far_as_seen(found[0], there, assigned=assigned)


def cohort_in_url(user: User, slug: str) -> Loaded | None:
    """Pages of a whole cohort, for those who run it: gives `place`."""
    found = find_call(user, slug)
    return Loaded({"place": found[0]}, found[0].roles) if found else None


def session_in_url(user: User, slug: str, session_id: uuid.UUID) -> Loaded | None:
    """`…/sessions/<id>/…`, for those who run the cohort: gives `place` and `session`."""
    found = find_call(user, slug)
    session = _session_of(found[0], session_id) if found else None
    if found is None or session is None:
        return None
    return Loaded({"place": found[0], "session": session}, found[0].roles)


def _session_of(place: Place, session_id: uuid.UUID) -> CohortSession | None:
    return db.session.scalar(
        sa.select(CohortSession)
        .where(CohortSession.id == session_id, CohortSession.workstream_id == place.id)
        .options(selectinload(CohortSession.facilitators))
    )


def _as_far_as_seen(place: Place, view_args: dict[str, Any], *, assigned: bool) -> Loaded:
    """Whoever does not see the cohort does not learn of a session that is not theirs."""
    hidden = not place.can(Right.VIEW_WORKSTREAM)
    return Loaded(view_args, place.roles, assigned=assigned, hidden=hidden)
