"""How each plan stands: kept up to date in the transaction of every change to its rows.

A derived table is a promise that can be broken, so the one hook below watches every flush, whoever
wrote it, and `tests/delivery/test_standing.py` compares what is kept with what would be worked out.
Writes past the session (bulk loads) call `refresh` themselves.
"""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.models import Organisation, User
from app.core.database import Rows, unique_id
from app.delivery.models import Activity, DeliveryPlan, Milestone, PlanStanding, Rag
from app.delivery.slippage import activity_slipped, leaves_period, milestone_slipped
from app.workstreams.models import Body

_NAMED = (User, Organisation, Body)
_TABLE = cast(sa.Table, PlanStanding.__table__)
_DATE_LENGTH = len("2021-06-18")


@event.listens_for(Session, "after_flush")
def _keep_up(session: Session, _context: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    plan_ids = {thing.plan_id for thing in changed if isinstance(thing, Activity | Milestone)}
    # A plan's period says which forecasts have left it, and its page shows its status.
    plan_ids |= {
        thing.id for thing in (*session.new, *session.dirty) if isinstance(thing, DeliveryPlan)
    }
    if plan_ids:
        refresh(session, plan_ids)
    if any(_renamed(thing) for thing in session.dirty):
        # Rows show the names of people, organisations and groups: every plan may look different now.
        session.execute(sa.update(_TABLE).values(revision=unique_id()))


def _renamed(thing: Any) -> bool:
    """Whether a person, organisation or group is now called something else; a new password is not
    a reason to lock every plan's row."""
    if not isinstance(thing, _NAMED):
        return False
    state: Any = sa.inspect(thing)
    attributes = state.attrs
    names = [name for name in ("name", "abbreviation") if name in attributes]
    return any(attributes[name].history.has_changes() for name in names)


def refresh(session: Session, plan_ids: Collection[uuid.UUID]) -> None:
    """Work the standing of these plans out anew.

    Each plan's row is locked first: of two people who change two rows of a plan at once, the second
    counts after the first has committed, and so counts both.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    ordered = sorted(plan_ids)
    rows = [{"plan_id": plan_id, "revision": unique_id(), **_NOTHING} for plan_id in ordered]
    session.execute(insert(PlanStanding).on_conflict_do_nothing(), rows)
    session.execute(
        sa.select(PlanStanding.plan_id)
        .where(PlanStanding.plan_id.in_(ordered))
        .order_by(PlanStanding.plan_id)
        .with_for_update()
    )
    standing = worked_out(session, ordered)
    session.execute(
        sa.update(_TABLE)
        .where(PlanStanding.plan_id == sa.bindparam("of_plan"))
        .values(revision=unique_id(), **{name: sa.bindparam(name) for name in _NOTHING}),
        [{"of_plan": plan_id, **standing[plan_id]} for plan_id in ordered],
    )


_NOTHING: dict[str, Any] = {
    "red": 0,
    "amber": 0,
    "green": 0,
    "unrated": 0,
    "done": 0,
    "last_word_on": None,
    "reason": "",
    "next_title": "",
    "next_expected_on": None,
    "next_promised_on": None,
    "slipped": 0,
    "slipped_most": 0,
    "left_period": 0,
}


def worked_out(
    session: Session, plan_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[str, Any]]:
    """The standing of each plan as its rows say it, by the columns of PlanStanding."""
    found = {plan_id: dict(_NOTHING) for plan_id in plan_ids}
    for plan_id, *counts, why_red, why_amber in session.execute(_progress(plan_ids)):
        red, amber, green, unrated, done, said = counts
        found[plan_id] |= {
            "red": red,
            "amber": amber,
            "green": green,
            "unrated": unrated,
            "done": done,
            "last_word_on": said,
            "reason": (why_red or why_amber or "")[_DATE_LENGTH:],
        }
    for plan_id, words in session.execute(_next_milestones(plan_ids)):
        found[plan_id] |= {
            "next_title": words[2 * _DATE_LENGTH :],
            "next_expected_on": date.fromisoformat(words[:_DATE_LENGTH]),
            "next_promised_on": date.fromisoformat(words[_DATE_LENGTH : 2 * _DATE_LENGTH]),
        }
    for plan_id, promised_on, forecast_on, ends_on in session.execute(_slipped(plan_ids)):
        plan = found[plan_id]
        plan["slipped"] += 1
        plan["slipped_most"] = max(plan["slipped_most"], (forecast_on - promised_on).days)
        plan["left_period"] += leaves_period(promised_on, forecast_on, ends_on)
    return found


def _slipped(plan_ids: Collection[uuid.UUID]) -> Rows:
    """(plan id, promised, forecast, the plan's last day) of every open date that has slipped."""
    activities = sa.select(
        Activity.plan_id, Activity.due_on.label("promised_on"), Activity.forecast_on
    ).where(Activity.plan_id.in_(plan_ids), Activity.archived_at.is_(None), activity_slipped())
    milestones = (
        sa.select(Milestone.plan_id, Milestone.promised_on, Milestone.forecast_on)
        .outerjoin(Activity, Activity.id == Milestone.activity_id)
        .where(
            Milestone.plan_id.in_(plan_ids),
            Milestone.archived_at.is_(None),
            Activity.archived_at.is_(None),
            milestone_slipped(),
        )
    )
    rows = sa.union_all(activities, milestones).subquery()
    return sa.select(
        rows.c.plan_id, rows.c.promised_on, rows.c.forecast_on, DeliveryPlan.ends_on
    ).join(DeliveryPlan, DeliveryPlan.id == rows.c.plan_id)


def _text(day: Any) -> sa.ColumnElement[str]:
    """A date as ISO text, on both engines; a missing one as if long ago."""
    return sa.func.coalesce(sa.cast(day, sa.Text), "0001-01-01")


def _progress(plan_ids: Collection[uuid.UUID]) -> Rows:
    """One pass over the activities. The newest reason comes as the greatest "2021-06-18reason"."""
    is_open = Activity.done_on.is_(None)

    def number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    def newest_reason(rag: Rag) -> sa.ColumnElement[str | None]:
        dated = _text(Activity.last_word_on) + Activity.rag_reason
        return sa.func.max(sa.case((sa.and_(is_open, Activity.rag == rag), dated)))

    return (
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
        .where(Activity.plan_id.in_(plan_ids), Activity.archived_at.is_(None))
        .group_by(Activity.plan_id)
    )


def _next_milestones(plan_ids: Collection[uuid.UUID]) -> Rows:
    """The next milestone of each plan: the least "expected, promised, title" that is not done."""
    expected = sa.func.coalesce(Milestone.forecast_on, Milestone.promised_on)
    return (
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
