"""A whole map as plain values: what the page, the drawing, the lenses, the gaps and the files work from.

`read_map` asks a handful of queries whatever the size of the map. Rights are the caller's: it has a
theory of a workstream that the reader may see.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.delivery.models import Activity, Milestone, Rag
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.models import (
    Assumption,
    AssumptionState,
    EvidenceStrength,
    Link,
    Node,
    NodeKind,
    Theory,
    TheoryStatus,
    node_activities,
    node_aims,
    node_indicators,
    node_milestones,
)
from app.workstreams.models import Aim


@dataclass(frozen=True)
class Tied:
    """Something of the workstream that a node is tied to: an activity, milestone, aim or indicator.

    `rag` and `done_on` are an activity's, `done_on` also a milestone's. A milestone has the day it
    is promised for, its `activity_id`, or where it is the plan's own its `plan_id`.
    """

    id: uuid.UUID
    text: str
    rag: Rag | None = None
    done_on: date | None = None
    promised_on: date | None = None
    activity_id: uuid.UUID | None = None
    plan_id: uuid.UUID | None = None


@dataclass(frozen=True)
class NodeRow:
    """A step of the map."""

    id: uuid.UUID
    kind: NodeKind
    text: str
    detail: str = ""
    owner: str = ""
    owner_id: uuid.UUID | None = None
    version: int = 1
    activities: tuple[Tied, ...] = ()
    milestones: tuple[Tied, ...] = ()
    aims: tuple[Tied, ...] = ()
    indicators: tuple[Tied, ...] = ()


@dataclass(frozen=True)
class AssumptionRow:
    """What must be true for a link to hold."""

    id: uuid.UUID
    link_id: uuid.UUID
    text: str
    state: AssumptionState = AssumptionState.UNTESTED
    why: str = ""
    owner: str = ""
    owner_id: uuid.UUID | None = None
    review_on: date | None = None
    version: int = 1


@dataclass(frozen=True)
class LinkRow:
    """That one step leads to another."""

    id: uuid.UUID
    from_id: uuid.UUID
    to_id: uuid.UUID
    because: str = ""
    evidence: EvidenceStrength = EvidenceStrength.NONE
    owner: str = ""
    owner_id: uuid.UUID | None = None
    version: int = 1
    assumptions: tuple[AssumptionRow, ...] = ()


@dataclass(frozen=True)
class TheMap:
    """A theory with all that is on its map. Nodes by column, then position; links by the order of the
    nodes that they join."""

    theory_id: uuid.UUID
    title: str
    situation: str = ""
    aim: str = ""
    who_for: str = ""
    status: TheoryStatus = TheoryStatus.DRAFT
    agreed_on: date | None = None
    version: int = 1
    nodes: tuple[NodeRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    by_id: Mapping[uuid.UUID, NodeRow] = field(default_factory=dict, compare=False)

    @property
    def assumptions(self) -> list[AssumptionRow]:
        """Those of every link, in the links' order."""
        return [assumption for link in self.links for assumption in link.assumptions]

    def column(self, kind: NodeKind) -> list[NodeRow]:
        """The nodes of one kind, from the top."""
        return [node for node in self.nodes if node.kind is kind]

    def into(self, node_id: uuid.UUID) -> list[LinkRow]:
        """The links that lead to a node."""
        return [link for link in self.links if link.to_id == node_id]

    def out_of(self, node_id: uuid.UUID) -> list[LinkRow]:
        """The links that lead on from a node."""
        return [link for link in self.links if link.from_id == node_id]


def read_map(theory: Theory) -> TheMap:
    """All of one theory that has not been removed. Seven queries."""
    tied = (  # in the order of a row's fields
        _tied(
            theory,
            node_activities,
            node_activities.c.activity_id,
            Activity,
            (Activity.id, Activity.what, Activity.rag, Activity.done_on),
        ),
        _tied(
            theory,
            node_milestones,
            node_milestones.c.milestone_id,
            Milestone,
            (
                Milestone.id,
                Milestone.title,
                sa.null(),
                Milestone.done_on,
                Milestone.promised_on,
                Milestone.activity_id,
                Milestone.plan_id,
            ),
        ),
        _tied(theory, node_aims, node_aims.c.aim_id, Aim, (Aim.id, Aim.text)),
        _tied(
            theory,
            node_indicators,
            node_indicators.c.indicator_id,
            Indicator,
            (Indicator.id, Indicator.name),
        ),
    )
    nodes = [
        NodeRow(
            *row,
            *(tuple(found.get(row.id, ())) for found in tied),
        )
        for row in db.session.execute(
            sa.select(
                Node.id,
                Node.kind,
                Node.text,
                Node.detail,
                sa.func.coalesce(User.name, ""),
                Node.owner_id,
                Node.version,
            )
            .outerjoin(User, User.id == Node.owner_id)
            .where(Node.theory_id == theory.id, Node.removed_at.is_(None))
            .order_by(Node.position, Node.id)
        )
    ]
    return assemble(theory, nodes, _links(theory))


def assemble(theory: Any, nodes: list[NodeRow], links: list[LinkRow]) -> TheMap:
    """A map of these nodes and links, put in order; `theory` has the fields of a `Theory`. Links whose
    ends are not there are left out."""
    columns = list(NodeKind)
    ordered = sorted(nodes, key=lambda node: columns.index(node.kind))  # stable: keeps positions
    place = {node.id: number for number, node in enumerate(ordered)}
    joined = sorted(
        (link for link in links if link.from_id in place and link.to_id in place),
        key=lambda link: (place[link.from_id], place[link.to_id]),
    )
    return TheMap(
        theory_id=theory.id,
        title=theory.title,
        situation=theory.situation,
        aim=theory.aim,
        who_for=theory.who_for,
        status=theory.status,
        agreed_on=theory.agreed_on,
        version=theory.version,
        nodes=tuple(ordered),
        links=tuple(joined),
        by_id={node.id: node for node in ordered},
    )


def _tied(
    theory: Theory, table: sa.Table, column: Any, model: Any, columns: tuple[Any, ...]
) -> dict[uuid.UUID, list[Tied]]:
    """What the nodes are tied to through `table`, without what has been archived."""
    rows = db.session.execute(
        sa.select(table.c.node_id, *columns)
        .join(model, model.id == column)
        .join(Node, Node.id == table.c.node_id)
        .where(Node.theory_id == theory.id, model.archived_at.is_(None))
        .order_by(columns[1], columns[0])
    )
    found: dict[uuid.UUID, list[Tied]] = defaultdict(list)
    for node_id, *values in rows:
        found[node_id].append(Tied(*values))
    return found


def _links(theory: Theory) -> list[LinkRow]:
    assumptions: dict[uuid.UUID, list[AssumptionRow]] = defaultdict(list)
    for row in db.session.execute(
        sa.select(
            Assumption.id,
            Assumption.link_id,
            Assumption.text,
            Assumption.state,
            Assumption.why,
            sa.func.coalesce(User.name, ""),
            Assumption.owner_id,
            Assumption.review_on,
            Assumption.version,
        )
        .outerjoin(User, User.id == Assumption.owner_id)
        .where(Assumption.theory_id == theory.id, Assumption.removed_at.is_(None))
        .order_by(Assumption.position, Assumption.id)
    ):
        assumptions[row.link_id].append(AssumptionRow(*row))
    return [
        LinkRow(*row, assumptions=tuple(assumptions.get(row.id, ())))
        for row in db.session.execute(
            sa.select(
                Link.id,
                Link.from_id,
                Link.to_id,
                Link.because,
                Link.evidence,
                sa.func.coalesce(User.name, ""),
                Link.owner_id,
                Link.version,
            )
            .outerjoin(User, User.id == Link.owner_id)
            .where(Link.theory_id == theory.id, Link.removed_at.is_(None))
            .order_by(Link.id)
        )
    ]
