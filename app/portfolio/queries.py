"""Reads of the portfolio: the same three queries for ten workstreams and for ten thousand.

Everything starts from `visible_ids`, so no row, count or choice tells of a workstream that is hidden.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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


@dataclass(frozen=True)
class Progress:
    """How a current plan stands. Counts are of open activities, but for `done`. `reason` is the
    newest of the worst colour."""

    red: int = 0
    amber: int = 0
    green: int = 0
    unrated: int = 0
    done: int = 0
    last_word_on: date | None = None
    reason: str = ""

    @cached_property
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
            (self.unrated, "not\u00a0rated"),
            (self.done, "done"),
        )
        return ", ".join(f"{n}\u00a0{word}" for n, word in counts if n) or "no activities"


def progress_of_plans(user: User) -> dict[uuid.UUID, Progress]:
    """How each current plan stands, by its id. A plan with no activities is not among them.

    One pass over the activities in the order of their index. The newest reason comes along as the
    greatest "2021-06-18reason": on 10,000 activities a window function takes three times as long.
    """
    plans = _current_plans(visible_ids(user))
    is_open = Activity.done_on.is_(None)

    def number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    def newest_reason(rag: Rag) -> sa.ColumnElement[str | None]:
        dated = _text(Activity.last_word_on) + Activity.rag_reason
        return sa.func.max(sa.case((sa.and_(is_open, Activity.rag == rag), dated)))

    rows = db.session.execute(
        sa.select(
            Activity.plan_id,
            number(sa.and_(is_open, Activity.rag == Rag.RED)),
            number(sa.and_(is_open, Activity.rag == Rag.AMBER)),
            number(sa.and_(is_open, Activity.rag == Rag.GREEN)),
            number(sa.and_(is_open, Activity.rag.is_(None))),
            number(~is_open),
            sa.func.max(Activity.last_word_on),
            newest_reason(Rag.RED),
            newest_reason(Rag.AMBER),
        )
        .join(plans, plans.c.id == Activity.plan_id)
        .where(Activity.archived_at.is_(None))
        .group_by(Activity.plan_id)
    )
    return {
        plan_id: Progress(
            red, amber, green, unrated, done, said, (why_red or why_amber or "")[_DATE_LENGTH:]
        )
        for plan_id, red, amber, green, unrated, done, said, why_red, why_amber in rows
    }


_DATE_LENGTH = len("2021-06-18")


def _text(day: Any) -> sa.ColumnElement[str]:
    """A date as ISO text, on both engines; a missing one as if long ago."""
    return sa.func.coalesce(sa.cast(day, sa.Text), "0001-01-01")


@dataclass(frozen=True)
class NextMilestone:
    """The first milestone of a plan that is not done."""

    title: str
    expected_on: date
    promised_on: date


def next_milestones(
    plan_ids: Collection[uuid.UUID] | sa.Select[Any],
) -> dict[uuid.UUID, NextMilestone]:
    """The next milestone of each of these plans, by plan: the least "expected, promised, title"."""
    expected = sa.func.coalesce(Milestone.forecast_on, Milestone.promised_on)
    rows = db.session.execute(
        sa.select(
            Milestone.plan_id,
            sa.func.min(_text(expected) + _text(Milestone.promised_on) + Milestone.title),
        )
        .outerjoin(Activity, Activity.id == Milestone.activity_id)
        .where(
            Milestone.plan_id.in_(plan_ids),
            Milestone.done_on.is_(None),
            Milestone.archived_at.is_(None),
            Activity.archived_at.is_(None),
        )
        .group_by(Milestone.plan_id)
    )
    return {
        plan_id: NextMilestone(
            words[2 * _DATE_LENGTH :],
            date.fromisoformat(words[:_DATE_LENGTH]),
            date.fromisoformat(words[_DATE_LENGTH : 2 * _DATE_LENGTH]),
        )
        for plan_id, words in rows
    }


def next_milestones_of_all(user: User) -> dict[uuid.UUID, NextMilestone]:
    """As `next_milestones`, for every current plan that the user may see."""
    return next_milestones(sa.select(_current_plans(visible_ids(user)).c.id))
