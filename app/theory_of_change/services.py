"""Writes to the steps, links and assumptions of a map. Theories themselves are in `theories`."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from app.core import clock
from app.core.acting import actor_id
from app.core.database import new_id
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.core.history import ChangeAction, ChangeRecord
from app.delivery.models import Activity, Milestone
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.interchange import MOST_LINKS, MOST_NODES
from app.theory_of_change.models import (
    Assumption,
    AssumptionState,
    EvidenceStrength,
    Link,
    Node,
    NodeKind,
    Theory,
)
from app.workstreams.models import Aim

OnMap = Node | Link | Assumption


@dataclass(frozen=True)
class NodeWords:
    """What a step says, and what it is tied to."""

    kind: NodeKind
    text: str
    detail: str = ""
    owner_id: uuid.UUID | None = None
    activity_ids: Sequence[uuid.UUID] = ()
    milestone_ids: Sequence[uuid.UUID] = ()
    aim_ids: Sequence[uuid.UUID] = ()
    indicator_ids: Sequence[uuid.UUID] = ()


@dataclass(frozen=True)
class LinkWords:
    """Which steps a link joins, why, and how well that is known."""

    from_id: uuid.UUID
    to_id: uuid.UUID
    because: str = ""
    evidence: EvidenceStrength = EvidenceStrength.NONE
    owner_id: uuid.UUID | None = None


@dataclass(frozen=True)
class AssumptionWords:
    """What must be true, and whether it is."""

    text: str
    state: AssumptionState = AssumptionState.UNTESTED
    why: str = ""
    owner_id: uuid.UUID | None = None
    review_on: date | None = None


# --- Steps ---


def add_node(
    *, theory: Theory, node_id: uuid.UUID, words: NodeWords, after_id: uuid.UUID | None = None
) -> Node:
    """Add a step at the foot of its column; with `after_id`, linked from that step.

    Raises Refused when the map is full, or that step is no longer on it.
    """
    lock(theory)

    def make() -> Node:
        node = Node(
            id=node_id,
            theory_id=theory.id,
            workstream_id=theory.workstream_id,
            position=_next_position(Node, Node.theory_id == theory.id),
        )
        _apply(node, words)
        return node

    if db.session.get(Node, node_id) is None:
        _refuse_full(theory, Node, MOST_NODES, "steps")
    node, created = create_once(Node, node_id, make, theory_id=theory.id)
    if created and after_id is not None:
        add_link(theory=theory, link_id=new_id(), words=LinkWords(after_id, node.id))
    return node


def edit_node(*, node: Node, version: int, words: NodeWords) -> None:
    """Change a step; in another column it goes to the foot. Raises EditConflict."""
    check_version(node, version)
    if node.kind is not words.kind:
        node.position = _next_position(Node, Node.theory_id == node.theory_id)
    _apply(node, words)
    db.session.flush()


def _apply(node: Node, words: NodeWords) -> None:
    node.kind, node.text, node.detail = words.kind, words.text, words.detail
    node.owner_id = words.owner_id
    here = node.workstream_id
    node.activities = _tied(Activity, here, words.activity_ids)
    node.milestones = _tied(Milestone, here, words.milestone_ids)
    node.aims = _tied(Aim, here, words.aim_ids)
    node.indicators = _tied(Indicator, here, words.indicator_ids)


def _tied(model: Any, workstream_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> list[Any]:
    """The rows of these ids; never another workstream's."""
    if not ids:
        return []
    mine = sa.select(model).where(model.id.in_(ids), model.workstream_id == workstream_id)
    return list(db.session.scalars(mine))


def move_node(*, theory: Theory, node_id: uuid.UUID, places: int) -> None:
    """Move a step up (negative) or down within its column.

    The theory is locked, so that two people who move at once take turns. A place is not a word: it
    does not count as an edit, so nobody's open form is disturbed. The column's steps share out anew
    the places that they have. Raises Refused when the step is no longer on the map.
    """
    lock(theory)
    kind = db.session.scalar(
        sa.select(Node.kind).where(
            Node.id == node_id, Node.theory_id == theory.id, Node.removed_at.is_(None)
        )
    )
    if kind is None:
        raise Refused("That step is no longer on the map. Here is the map as it is now")
    column = db.session.execute(
        sa.select(Node.id, Node.position)
        .where(Node.theory_id == theory.id, Node.kind == kind, Node.removed_at.is_(None))
        .order_by(Node.position, Node.id)
    ).all()
    ids = [row.id for row in column]
    old = ids.index(node_id)
    new = min(max(old + places, 0), len(ids) - 1)
    if new == old:
        return
    ids.insert(new, ids.pop(old))
    shared = [row.position for row in column]
    if len(set(shared)) < len(shared):  # two steps on one place
        shared = list(range(len(shared)))
    table = cast(sa.Table, Node.__table__)
    db.session.execute(
        sa.update(table)
        .where(table.c.id == sa.bindparam("row_id"))
        .values(position=sa.bindparam("new")),
        [{"row_id": row_id, "new": position} for row_id, position in zip(ids, shared, strict=True)],
    )
    db.session.add(
        ChangeRecord(
            id=new_id(),
            actor_id=actor_id(db.session()),
            workstream_id=theory.workstream_id,
            subject_type=Node.__tablename__,
            subject_id=node_id,
            action=ChangeAction.UPDATED,
            changes={"position": [old + 1, new + 1]},
        )
    )
    db.session.flush()


# --- Links ---


def add_link(*, theory: Theory, link_id: uuid.UUID, words: LinkWords) -> Link:
    """Say that one step leads to another. Raises Refused when one is not on the map, when they are
    linked already, or when the map is full."""
    lock(theory)
    _refuse_ends(theory, words)

    def make() -> Link:
        return Link(
            id=link_id,
            theory_id=theory.id,
            workstream_id=theory.workstream_id,
            from_id=words.from_id,
            to_id=words.to_id,
            because=words.because,
            evidence=words.evidence,
            owner_id=words.owner_id,
        )

    if db.session.get(Link, link_id) is None:
        _refuse_full(theory, Link, MOST_LINKS, "links")
        _refuse_linked(words)
    return create_once(Link, link_id, make, theory_id=theory.id)[0]


def edit_link(*, theory: Theory, link: Link, version: int, words: LinkWords) -> None:
    """Change a link. Raises EditConflict, or Refused as `add_link` does."""
    check_version(link, version)
    _refuse_ends(theory, words)
    if (link.from_id, link.to_id) != (words.from_id, words.to_id):
        _refuse_linked(words)
    link.from_id, link.to_id = words.from_id, words.to_id
    link.because, link.evidence = words.because, words.evidence
    link.owner_id = words.owner_id
    db.session.flush()


def _refuse_ends(theory: Theory, words: LinkWords) -> None:
    if words.from_id == words.to_id:
        raise Refused("A step cannot lead to itself", "to_id")
    found = set(
        db.session.scalars(
            sa.select(Node.id).where(
                Node.id.in_([words.from_id, words.to_id]),
                Node.theory_id == theory.id,
                Node.removed_at.is_(None),
            )
        )
    )
    for field, end in (("from_id", words.from_id), ("to_id", words.to_id)):
        if end not in found:
            raise Refused("That step is no longer on the map. Choose another", field)


def _refuse_linked(words: LinkWords) -> None:
    """Said before the database does, which on a create form could only speak of the id."""
    there = db.session.scalar(
        sa.select(Link.id).where(
            Link.from_id == words.from_id, Link.to_id == words.to_id, Link.removed_at.is_(None)
        )
    )
    if there is not None:
        raise Refused("These two are linked already", "to_id")


# --- Assumptions ---


def add_assumption(*, link: Link, assumption_id: uuid.UUID, words: AssumptionWords) -> Assumption:
    """Add what must be true for a link to hold."""

    def make() -> Assumption:
        return Assumption(
            id=assumption_id,
            theory_id=link.theory_id,
            workstream_id=link.workstream_id,
            link_id=link.id,
            position=_next_position(Assumption, Assumption.link_id == link.id),
            **vars(words),
        )

    return create_once(Assumption, assumption_id, make, link_id=link.id)[0]


def edit_assumption(*, assumption: Assumption, version: int, words: AssumptionWords) -> None:
    """Change an assumption, or say whether it holds. Raises EditConflict."""
    check_version(assumption, version)
    for name, value in vars(words).items():
        setattr(assumption, name, value)
    db.session.flush()


# --- Taking away and bringing back ---


def remove(*, thing: OnMap, version: int) -> None:
    """Take a step, link or assumption off the map: kept, so that `bring_back` undoes it with all that
    hung on it. Twice changes nothing. Raises EditConflict."""
    if thing.removed_at is not None:
        return
    check_version(thing, version)
    thing.removed_at = clock.now()
    db.session.flush()


def bring_back(*, theory: Theory, thing: OnMap) -> None:
    """Undo a removal; what is back already stays. Raises Refused when the map is full, or when the
    two steps have been linked again meanwhile."""
    if thing.removed_at is None:
        return
    lock(theory)
    if isinstance(thing, Node):
        _refuse_full(theory, Node, MOST_NODES, "steps")
    if isinstance(thing, Link):
        _refuse_full(theory, Link, MOST_LINKS, "links")
    thing.removed_at = None
    db.session.flush()


# --- In common ---


def lock(theory: Theory) -> None:
    """Take turns with whoever else changes this map's size or order."""
    db.session.execute(sa.select(Theory.id).where(Theory.id == theory.id).with_for_update())


def _next_position(model: Any, *where: sa.ColumnElement[bool]) -> int:
    last = db.session.scalar(sa.select(sa.func.max(model.position)).where(*where))
    return 0 if last is None else last + 1


def _refuse_full(theory: Theory, model: Any, most: int, things: str) -> None:
    there = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(model)
        .where(model.theory_id == theory.id, model.removed_at.is_(None))
    )
    if (there or 0) >= most:
        raise Refused(f"This map has {most} {things}, the most that fit. Begin another map")
