"""A value that is late, or that waits for approval, needs somebody."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.flags import Flag, Kind
from app.core.formatting import count, day
from app.core.rights import Right
from app.extensions import db
from app.indicators.models import Indicator, Measurement, MeasurementStatus
from app.indicators.periods import DAYS_OF_GRACE, late_day, period_words
from app.workstreams.models import Workstream, WorkstreamStatus
from app.workstreams.queries import ids_where

LATE_VALUE = Kind("late_value", "Values that are late", 55)
TO_APPROVE = Kind("value_to_approve", "Values to approve", 56)
KINDS = (LATE_VALUE, TO_APPROVE)

_LIVE = (WorkstreamStatus.ACTIVE, WorkstreamStatus.EMBEDDED)


def indicator_flags(user: Any, today: date) -> list[Flag]:
    """Late values, for whoever owns the indicator, or for the workstream's leads and evaluators where
    nobody does; and for the latter, values that somebody else entered. One query."""
    asked = ids_where(user, Right.APPROVE_MEASUREMENT, by_membership=True)
    able = ids_where(user, Right.MEASURE, assigned=True)
    approves = Workstream.id.in_(asked)
    newest, drafts, oldest_draft = _newest(), *_drafts(user)
    rows = db.session.execute(
        sa.select(
            Indicator.id,
            Indicator.name,
            Indicator.first_due_on,
            Indicator.frequency,
            Indicator.owner_id,
            Workstream.slug,
            Workstream.name.label("workstream"),
            newest.label("newest_on"),
            drafts.label("drafts"),
            oldest_draft.label("draft_on"),
            approves.label("approves"),
        )
        .join(Workstream, Workstream.id == Indicator.workstream_id)
        .where(
            Workstream.status.in_(_LIVE),
            Workstream.archived_at.is_(None),
            Indicator.archived_at.is_(None),
            sa.or_(approves, sa.and_(Indicator.owner_id == user.id, Workstream.id.in_(able))),
        )
        .order_by(Indicator.position, Indicator.id)
    ).all()
    flags = []
    for row in rows:
        late = late_day(row.first_due_on, row.frequency, today, row.newest_on)
        if late is not None and (row.owner_id in (None, user.id)):
            flags.append(_late(row, late, today))
        if row.drafts and row.approves:
            flags.append(_to_approve(row))
    return flags


def _newest() -> sa.ScalarSelect[date]:
    one = aliased(Measurement)
    return (
        sa.select(sa.func.max(one.on))
        .where(
            one.indicator_id == Indicator.id,
            sa.or_(
                sa.and_(one.status == MeasurementStatus.APPROVED, one.superseded_at.is_(None)),
                one.status == MeasurementStatus.DRAFT,
            ),
        )
        .correlate(Indicator)
        .scalar_subquery()
    )


def _drafts(user: Any) -> tuple[sa.ScalarSelect[int], sa.ScalarSelect[date]]:
    """How many values wait that somebody else entered, and the day of the oldest."""
    one = aliased(Measurement)
    theirs = (
        one.indicator_id == Indicator.id,
        one.status == MeasurementStatus.DRAFT,
        one.entered_by_id.is_distinct_from(user.id),
    )
    number = sa.select(sa.func.count(one.id)).where(*theirs).correlate(Indicator)
    oldest = sa.select(sa.func.min(one.on)).where(*theirs).correlate(Indicator)
    return number.scalar_subquery(), oldest.scalar_subquery()


def _late(row: Any, late: date, today: date) -> Flag:
    waited = (today - late).days
    return Flag(
        kind=LATE_VALUE,
        subject_id=row.id,
        title=row.name,
        why=f"Its value for {period_words(late, row.frequency)} has been due since {day(late)}, "
        f"{count(waited, 'day')} ago. Values are late {DAYS_OF_GRACE} days after their period.",
        url=f"/workstreams/{row.slug}/indicators/due",
        workstream=row.workstream,
        on=late,
    )


def _to_approve(row: Any) -> Flag:
    waits = count(row.drafts, "value waits", "values wait")
    return Flag(
        kind=TO_APPROVE,
        subject_id=row.id,
        title=row.name,
        why=f"{waits} for somebody other than who entered {'it' if row.drafts == 1 else 'them'} to "
        "approve.",
        url=f"/workstreams/{row.slug}/indicators/approvals",
        workstream=row.workstream,
        on=row.draft_on,
    )
