"""What no write may break: both milestones are in one plan, and none waits for itself in the end.

Stands where every write passes, before the flush, because an undo or an import reaches dependencies too.
"""

import uuid
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.delivery.dependencies.graph import find_loop
from app.delivery.models import DeliveryPlan, Milestone, milestone_dependencies

FIELD = "waits_for"


@event.listens_for(Session, "before_flush")
def _keep_in_order(session: Session, _context: Any, _instances: Any) -> None:
    changed = [
        thing
        for thing in (*session.new, *session.dirty)
        if isinstance(thing, Milestone) and _history(thing).has_changes()
    ]
    if not any(_history(thing).added for thing in changed):
        return
    for thing in changed:
        if any(before.plan_id != thing.plan_id for before in thing.waits_for):
            raise Refused("A milestone can only wait for others of its own plan", FIELD)
    for plan_id in sorted({thing.plan_id for thing in changed}):
        _refuse_loop(session, plan_id, [m for m in changed if m.plan_id == plan_id])


def _history(milestone: Milestone) -> Any:
    state: Any = sa.inspect(milestone)
    return state.attrs.waits_for.history


def _refuse_loop(session: Session, plan_id: uuid.UUID, changed: list[Milestone]) -> None:
    """The plan is locked: of two people whose links would close a loop between them, the second
    sees the first's. Links of removed milestones count, because undo brings those back."""
    session.execute(sa.select(DeliveryPlan.id).where(DeliveryPlan.id == plan_id).with_for_update())
    link = milestone_dependencies.c
    waits_for: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for before, after in session.execute(
        sa.select(link.predecessor_id, link.successor_id).where(link.plan_id == plan_id)
    ):
        waits_for[after].append(before)
    for milestone in changed:
        waits_for[milestone.id] = [before.id for before in milestone.waits_for]
    for milestone in changed:
        if way := find_loop(waits_for, milestone.id):
            raise Refused(_told(session, way), FIELD)


def _told(session: Session, way: list[uuid.UUID]) -> str:
    """ "“A” would wait for itself: “A” waits for “B”, which waits for “A”"."""
    if len(way) == 1:
        return "A milestone cannot wait for itself"
    # Read without the session's own copies: those may be the very ones that are refused.
    rows = session.execute(
        sa.select(Milestone.id, Milestone.title, Milestone.archived_at).where(Milestone.id.in_(way))
    )
    names = {
        row.id: f"“{row.title}”{' (removed from the plan)' if row.archived_at else ''}"
        for row in rows
    }
    steps = [names.get(step, "a new milestone") for step in [*way[1:], way[0]]]
    return (
        f"{names.get(way[0], 'It')} would wait for itself: it waits for "
        + ", which waits for ".join(steps)
        + ". Untick one of them"
    )
