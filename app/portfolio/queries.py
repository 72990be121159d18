"""Reads of the portfolio: the same four queries for ten workstreams and for ten thousand.

Everything starts from `visible_ids`, so no row, count or choice tells of a workstream that is hidden.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Organisation, User
from app.delivery.models import Activity, DeliveryPlan, Milestone, PlanStatus, Rag
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import visible_ids


def _current_plans(visible: Any) -> sa.CTE:
    """The plan that each of these workstreams works to now: the newest that nothing has superseded
    (as `delivery.queries.current_plan`, for all at once). `visible` is what `visible_ids` gave."""
    newest_first = sa.func.row_number().over(
        partition_by=DeliveryPlan.workstream_id,
        order_by=(DeliveryPlan.starts_on.desc(), DeliveryPlan.id.desc()),
    )
    ranked = (
        sa.select(DeliveryPlan.id, DeliveryPlan.workstream_id, newest_first.label("place"))
        .where(
            DeliveryPlan.status != PlanStatus.SUPERSEDED,
            DeliveryPlan.workstream_id.in_(visible),
        )
        .subquery()
    )
    return (
        sa.select(ranked.c.id, ranked.c.workstream_id)
        .where(ranked.c.place == 1)
        .cte("current_plans")
    )


def visible_rows(user: User, *, archived: bool) -> list[Any]:
    """Every workstream that the user may see, by name, with the id of its current plan."""
    visible = visible_ids(user)
    plans = _current_plans(visible)
    query = (
        sa.select(
            Workstream.id,
            Workstream.parent_id,
            Workstream.slug,
            Workstream.name,
            Workstream.kind,
            Workstream.status,
            Workstream.archived_at,
            Workstream.lead_organisation_id,
            Organisation.name.label("organisation"),
            plans.c.id.label("plan_id"),
        )
        .outerjoin(Organisation, Organisation.id == Workstream.lead_organisation_id)
        .outerjoin(plans, plans.c.workstream_id == Workstream.id)
        .where(Workstream.id.in_(visible))
        .order_by(sa.func.lower(Workstream.name), Workstream.id)
    )
    if not archived:
        query = query.where(Workstream.archived_at.is_(None))
    return list(db.session.execute(query))


@dataclass
class Progress:
    """How a current plan stands. Counts are of open activities, but for `done`."""

    red: int = 0
    amber: int = 0
    green: int = 0
    unrated: int = 0
    done: int = 0
    last_word_on: date | None = None

    @property
    def rag(self) -> Rag | None:
        """Red if any is red, amber if any is amber, green if any is rated at all."""
        return next((rag for rag in Rag if getattr(self, rag.value)), None)

    @property
    def words(self) -> str:
        """The counts behind the colour: "1 red, 2 green, 1 done"; "no activities"."""
        counts = (
            (self.red, "red"),
            (self.amber, "amber"),
            (self.green, "green"),
            (self.unrated, "not rated"),
            (self.done, "done"),
        )
        return ", ".join(f"{number} {word}" for number, word in counts if number) or "no activities"


def progress_of_plans(user: User) -> dict[uuid.UUID, Progress]:
    """How each current plan stands, by its id. A plan with no activities is not among them."""
    plans = _current_plans(visible_ids(user))
    is_done = Activity.done_on.is_not(None)
    rows = db.session.execute(
        sa.select(
            Activity.plan_id,
            Activity.rag,
            is_done.label("done"),
            sa.func.count().label("number"),
            sa.func.max(Activity.last_word_on).label("last_word_on"),
        )
        .join(plans, plans.c.id == Activity.plan_id)
        .where(Activity.archived_at.is_(None))
        .group_by(Activity.plan_id, Activity.rag, is_done)
    )
    found: dict[uuid.UUID, Progress] = {}
    for plan_id, rag, done, number, last_word_on in rows:
        progress = found.setdefault(plan_id, Progress())
        name = "done" if done else rag.value if rag else "unrated"
        setattr(progress, name, getattr(progress, name) + number)
        if last_word_on and (progress.last_word_on is None or last_word_on > progress.last_word_on):
            progress.last_word_on = last_word_on
    return found


@dataclass(frozen=True)
class NextMilestone:
    """The first milestone of a plan that is not done."""

    title: str
    expected_on: date
    promised_on: date


def next_milestones(plan_ids: Collection[uuid.UUID] | sa.Select[Any]) -> dict[uuid.UUID, Any]:
    """The next milestone of each of these plans, by plan."""
    expected = sa.func.coalesce(Milestone.forecast_on, Milestone.promised_on)
    ranked = (
        sa.select(
            Milestone.plan_id,
            Milestone.title,
            expected.label("expected_on"),
            Milestone.promised_on,
            sa.func.row_number()
            .over(partition_by=Milestone.plan_id, order_by=(expected, Milestone.id))
            .label("place"),
        )
        .outerjoin(Activity, Activity.id == Milestone.activity_id)
        .where(
            Milestone.plan_id.in_(plan_ids),
            Milestone.done_on.is_(None),
            Milestone.archived_at.is_(None),
            Activity.archived_at.is_(None),
        )
        .subquery()
    )
    rows = db.session.execute(sa.select(ranked).where(ranked.c.place == 1))
    return {
        row.plan_id: NextMilestone(row.title, _day(row.expected_on), row.promised_on)
        for row in rows
    }


def next_milestones_of_all(user: User) -> dict[uuid.UUID, Any]:
    """As `next_milestones`, for every current plan that the user may see."""
    return next_milestones(sa.select(_current_plans(visible_ids(user)).c.id))


def newest_reasons(plan_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """For each of these plans that is red or amber, the newest reason of its worst colour."""
    worst_and_newest_first = sa.func.row_number().over(
        partition_by=Activity.plan_id,
        order_by=(
            sa.case((Activity.rag == Rag.RED, 0), else_=1),
            Activity.last_word_on.desc(),
            Activity.position,
            Activity.id,
        ),
    )
    ranked = (
        sa.select(Activity.plan_id, Activity.rag_reason, worst_and_newest_first.label("place"))
        .where(
            Activity.plan_id.in_(plan_ids),
            Activity.rag.in_([Rag.RED, Rag.AMBER]),
            Activity.done_on.is_(None),
            Activity.archived_at.is_(None),
        )
        .subquery()
    )
    rows = db.session.execute(
        sa.select(ranked.c.plan_id, ranked.c.rag_reason).where(ranked.c.place == 1)
    )
    return {plan_id: reason for plan_id, reason in rows}


def _day(value: date | str) -> date:
    """COALESCE loses the column's type on SQLite, which then gives dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
