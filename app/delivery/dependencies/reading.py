"""Reads of dependencies: one query for a plan, or for as many plans as are asked for."""

import uuid
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.database import Rows, reading_only
from app.delivery.dependencies.graph import Links, Point
from app.delivery.models import Activity, Milestone, milestone_dependencies
from app.extensions import db

_link = milestone_dependencies.c


def is_linked() -> sa.ColumnElement[bool]:
    """SQL on Milestone: it waits for another, or another for it; whether those are in view or not.
    Most are not, and so cost nobody the query of `links_of`."""
    return sa.or_(
        sa.exists().where(_link.successor_id == Milestone.id),
        sa.exists().where(_link.predecessor_id == Milestone.id),
    )


@cache
def _links() -> Rows:
    before, after = aliased(Milestone), aliased(Milestone)
    before_of, after_of = aliased(Activity), aliased(Activity)
    plan_ids: sa.BindParameter[Any] = sa.bindparam("plan_ids", expanding=True)
    return (
        sa.select(
            before.id, before.title, before.promised_on, before.forecast_on, before.done_on,
            after.id, after.title, after.promised_on, after.forecast_on, after.done_on,
        )
        .select_from(milestone_dependencies)
        .join(before, before.id == _link.predecessor_id)
        .join(after, after.id == _link.successor_id)
        .outerjoin(before_of, before_of.id == before.activity_id)
        .outerjoin(after_of, after_of.id == after.activity_id)
        .where(
            _link.plan_id.in_(plan_ids),
            before.archived_at.is_(None),
            after.archived_at.is_(None),
            before_of.archived_at.is_(None),
            after_of.archived_at.is_(None),
        )
        .order_by(_link.predecessor_id, _link.successor_id)
    )  # fmt: skip


def links_of(plan_ids: Collection[uuid.UUID]) -> Links:
    """The dependencies of these plans. A milestone that was removed, or is of an activity that was,
    is not in view; its links come back with it."""
    if not plan_ids:
        return Links()
    rows = db.session.execute(_links(), {"plan_ids": list(plan_ids)})
    return Links((Point(*row[:5]), Point(*row[5:])) for row in rows)


def links_at(revisions: Collection[tuple[uuid.UUID, uuid.UUID | None]]) -> Links:
    """`links_of` the plans in these (plan id, revision), kept until a revision moves on: the front
    page has no query to spare (docs/decisions/017)."""
    if not reading_only() or any(revision is None for _, revision in revisions):
        return links_of({plan_id for plan_id, _ in revisions})
    return _links_at(frozenset(revisions))


@lru_cache(maxsize=64)
def _links_at(revisions: frozenset[tuple[uuid.UUID, uuid.UUID | None]]) -> Links:
    return links_of({plan_id for plan_id, _ in revisions})


def others_in_plan(milestone: Milestone) -> Sequence[Any]:
    """(id, title, promised_on, of: what activity or None) of the plan's other milestones, those of the
    plan itself first, then by activity in plan order."""
    return db.session.execute(
        sa.select(
            Milestone.id,
            Milestone.title,
            Milestone.promised_on,
            Milestone.activity_id,
            Activity.what.label("of"),
        )
        .outerjoin(Activity, Activity.id == Milestone.activity_id)
        .where(
            Milestone.plan_id == milestone.plan_id,
            Milestone.id != milestone.id,
            Milestone.archived_at.is_(None),
            Activity.archived_at.is_(None),
        )
        .order_by(
            Milestone.activity_id.is_not(None),
            Activity.position,
            Activity.id,
            Milestone.promised_on,
            Milestone.id,
        )
    ).all()
