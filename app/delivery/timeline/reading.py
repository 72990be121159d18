"""Reading a plan for its timeline: activities, milestones and links, three queries for any length.

Statements are built once for each shape of filter (docs/decisions/016).
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.core.database import Rows
from app.delivery.dependencies.graph import Links
from app.delivery.dependencies.reading import is_linked, links_of
from app.delivery.filters import PlanFilter, as_of
from app.delivery.models import Activity, DeliveryPlan, Milestone
from app.delivery.outside_dates import OutsideDate
from app.delivery.timeline import facts
from app.extensions import db

# As many activities as a page of the plan; a page of the drawing is some metres of paper by then.
PAGE_SIZE = 100


@cache
def _activities(shape: PlanFilter) -> Rows:
    return (
        sa.select(
            Activity.id,
            Activity.what,
            Activity.start_on,
            Activity.due_on,
            Activity.forecast_on,
            Activity.done_on,
            Activity.agreed_on,
            Activity.rag,
            sa.func.count().over().label("matching"),
        )
        .where(
            Activity.plan_id == sa.bindparam("plan_id"),
            Activity.archived_at.is_(None),
            *shape.conditions(),
        )
        .order_by(Activity.position, Activity.id)
        .limit(sa.bindparam("limit"))
        .offset(sa.bindparam("offset"))
    )


@cache
def _milestones() -> Rows:
    activity_ids: sa.BindParameter[Any] = sa.bindparam("activity_ids", expanding=True)
    return (
        sa.select(
            Milestone.activity_id,
            Milestone.id,
            Milestone.title,
            Milestone.promised_on,
            Milestone.forecast_on,
            Milestone.done_on,
            Milestone.agreed_on,
            is_linked().label("linked"),
        )
        .where(
            Milestone.plan_id == sa.bindparam("plan_id"),
            Milestone.archived_at.is_(None),
            sa.or_(Milestone.activity_id.is_(None), Milestone.activity_id.in_(activity_ids)),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    )


def read(
    plan: DeliveryPlan,
    reader_id: uuid.UUID,
    wanted: PlanFilter,
    today: date,
    *,
    page: int = 1,
    key_dates: Sequence[OutsideDate] = (),
) -> facts.Facts:
    """One page of the activities that the filter lets through, the plan's own milestones, and dates
    that it does not hold."""
    rows = db.session.execute(
        _activities(wanted.shape),
        {
            "plan_id": plan.id,
            "reader_id": reader_id,
            "limit": PAGE_SIZE,
            "offset": (page - 1) * PAGE_SIZE,
            **wanted.values,
            **as_of(today),
        },
    ).all()
    if not rows and page > 1:  # beyond the end: the first page, rather than nothing
        return read(plan, reader_id, wanted, today, key_dates=key_dates)
    grouped: dict[uuid.UUID | None, list[facts.Milestone]] = defaultdict(list)
    linked = False
    for row in db.session.execute(
        _milestones(), {"plan_id": plan.id, "activity_ids": [row.id for row in rows]}
    ):
        grouped[row.activity_id].append(_milestone(row))
        linked = linked or row.linked
    return facts.Facts(
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        today=today,
        key_dates=[
            facts.KeyDate(id=one.id, title=one.title, promised_on=one.on) for one in key_dates
        ],
        of_plan=grouped.get(None, []),
        activities=[_activity(row, grouped.get(row.id, [])) for row in rows],
        links=links_of([plan.id]) if linked else Links(),
        matching=rows[0].matching if rows else 0,
    )


def _milestone(row: Any) -> facts.Milestone:
    return facts.Milestone(
        id=row.id,
        title=row.title,
        promised_on=row.promised_on,
        forecast_on=row.forecast_on,
        done_on=row.done_on,
        agreed_on=row.agreed_on,
    )


def _activity(row: Any, milestones: list[facts.Milestone]) -> facts.Activity:
    return facts.Activity(
        id=row.id,
        title=row.what,
        start_on=row.start_on,
        promised_on=row.due_on,
        forecast_on=row.forecast_on,
        done_on=row.done_on,
        agreed_on=row.agreed_on,
        rag=row.rag,
        milestones=milestones,
    )
