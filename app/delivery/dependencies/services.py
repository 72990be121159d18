"""Writes: what a milestone waits for, and the links that come along into the next plan."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core.editing import check_version
from app.core.errors import Refused
from app.delivery.dependencies.reading import others_in_plan
from app.delivery.dependencies.rules import FIELD
from app.delivery.models import DeliveryPlan, Milestone, milestone_dependencies
from app.extensions import db

# More than anybody can explain in a meeting, and the most lines that lead to one point of the drawing.
MOST = 20


def set_waits_for(*, milestone: Milestone, version: int, chosen: Collection[uuid.UUID]) -> None:
    """Say which milestones of its plan a milestone waits for. Those that are removed from the plan
    just now stay as they were, so that undo brings them back whole.

    Raises EditConflict; Refused (from `rules`) where it would come to wait for itself.
    """
    db.session.execute(
        sa.select(DeliveryPlan.id).where(DeliveryPlan.id == milestone.plan_id).with_for_update()
    )
    check_version(milestone, version)
    if len(chosen) > MOST:
        raise Refused(f"Choose {MOST} milestones or fewer", FIELD)
    in_view = {row.id for row in others_in_plan(milestone)}
    if not in_view >= set(chosen):
        raise Refused("Choose from the list: another milestone was removed meanwhile", FIELD)
    before = milestone.waits_for
    if {m.id for m in before} & in_view == set(chosen):
        return
    unseen = [m for m in before if m.id not in in_view]
    picked = db.session.scalars(sa.select(Milestone).where(Milestone.id.in_(chosen))).all()
    milestone.waits_for = [*unseen, *picked]
    db.session.flush()


def copy_dependencies(mapping: Mapping[uuid.UUID, uuid.UUID]) -> int:
    """Link milestones of one plan as those that they carry on are linked; gives how many links.

    `mapping` is from the old milestone's id to the new one's, flushed already; a link comes along when
    both its ends do. Done twice, it adds nothing.
    """
    link = milestone_dependencies.c
    old = list(mapping)
    wanted: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for before, after in db.session.execute(
        sa.select(link.predecessor_id, link.successor_id).where(
            link.predecessor_id.in_(old), link.successor_id.in_(old)
        )
    ):
        wanted[mapping[after]].add(mapping[before])
    named = {*wanted, *(before for some in wanted.values() for before in some)}
    carried = {
        milestone.id: milestone
        for milestone in db.session.scalars(
            sa.select(Milestone)
            .where(Milestone.id.in_(named))
            .options(selectinload(Milestone.waits_for))
        )
    }
    added = 0
    for after_id, befores in wanted.items():
        milestone = carried[after_id]
        there = {before.id for before in milestone.waits_for}
        new = [carried[before_id] for before_id in sorted(befores - there)]
        if new:
            milestone.waits_for = [*milestone.waits_for, *new]
            added += len(new)
    db.session.flush()
    return added
