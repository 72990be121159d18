"""A cohort's own dates, for its plan, its timeline and calendars: they appear there by themselves."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.security_mail import absolute_url
from app.cohorts.call.models import Call
from app.cohorts.sessions.models import CohortSession, SessionKind
from app.cohorts.sessions.queries import MOST, is_run_by
from app.core import clock, time_field
from app.core.rights import Right
from app.delivery.exports.ics import LONG_AGO, Dated
from app.delivery.outside_dates import OutsideDate
from app.extensions import db
from app.workstreams.models import Workstream


def dates_of_cohorts(workstream_ids: Collection[uuid.UUID]) -> list[OutsideDate]:
    """When applications open and close, when the cohort starts, its sessions and showcase; one query."""
    rows = db.session.execute(
        sa.select(Workstream.id, Workstream.starts_on, Call, CohortSession)
        .outerjoin(Call, Call.workstream_id == Workstream.id)
        .outerjoin(
            CohortSession,
            sa.and_(
                CohortSession.workstream_id == Workstream.id, CohortSession.cancelled_at.is_(None)
            ),
        )
        .where(Workstream.id.in_(workstream_ids))
        .order_by(Workstream.id, CohortSession.on, CohortSession.starts)
    )
    found: dict[uuid.UUID, OutsideDate] = {}
    for workstream_id, starts_on, call, session in rows:
        ours = list(_of_call(call)) if call else []
        if starts_on:
            start_id = uuid.uuid5(workstream_id, "starts")
            ours.append(
                OutsideDate(
                    start_id, workstream_id, starts_on, "Cohort starts", "", Right.VIEW_WORKSTREAM
                )
            )
        if session:
            ours.append(_of_session(session))
        found.update({one.id: one for one in ours})
    return list(found.values())


def _of_call(call: Call) -> Iterator[OutsideDate]:
    for name, at, words in (
        ("opens", call.opens_at, "Applications open"),
        ("closes", call.closes_at, "Applications close"),
    ):
        if at is not None:
            yield OutsideDate(
                uuid.uuid5(call.id, name),
                call.workstream_id,
                at.astimezone(clock.LONDON).date(),
                words,
                "/call",
                Right.VIEW_WORKSTREAM,
                words=time_field.in_words(at),
                version=call.version,
            )


def _of_session(session: CohortSession) -> OutsideDate:
    is_showcase = session.kind is SessionKind.SHOWCASE
    return OutsideDate(
        session.id,
        session.workstream_id,
        session.on,
        session.title,
        "/participants/showcase" if is_showcase else "/sessions",
        Right.MANAGE_PARTICIPANTS,
        words=session.times,
        version=session.version,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )


def in_calendar(session: CohortSession, *, where: str, slug: str) -> Dated:
    """A session for the calendar of those who run it: with its place, and told when it is cancelled."""
    root = absolute_url("sessions.sessions", slug=slug)
    return Dated(
        uid=f"session-{session.id}",
        version=session.version,
        title=f"{session.title} ({where})",
        words=session.cancelled_reason and f"Cancelled. {session.cancelled_reason}",
        on=session.on,
        url=f"{root}/{session.id}/register",
        kind="Session",
        agreed=True,
        changed_at=LONG_AGO,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        cancelled=session.cancelled_at is not None,
    )


def sessions_run_by(
    user_id: uuid.UUID, *, since: date, within: sa.Select[tuple[uuid.UUID]]
) -> Sequence[CohortSession]:
    """The sessions since a day that somebody runs in these workstreams, each with its workstream; one
    query."""
    return db.session.scalars(
        sa.select(CohortSession)
        .join(Workstream, Workstream.id == CohortSession.workstream_id)
        .where(
            is_run_by(user_id),
            CohortSession.on >= since,
            CohortSession.workstream_id.in_(within),
            Workstream.archived_at.is_(None),
        )
        .order_by(CohortSession.on, CohortSession.starts, CohortSession.id)
        .limit(MOST)
        .options(joinedload(CohortSession.workstream))
    ).all()
