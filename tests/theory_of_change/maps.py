"""Maps made of plain values, for what works from a `TheMap` alone."""

import uuid
from types import SimpleNamespace
from typing import Any

from app.theory_of_change.models import AssumptionState, EvidenceStrength, NodeKind, TheoryStatus
from app.theory_of_change.reading import AssumptionRow, LinkRow, NodeRow, TheMap, assemble

A, OUT, SHORT, MEDIUM, IMPACT = (
    NodeKind.ACTIVITY,
    NodeKind.OUTPUT,
    NodeKind.SHORT_OUTCOME,
    NodeKind.MEDIUM_OUTCOME,
    NodeKind.IMPACT,
)


def step(number: int) -> uuid.UUID:
    """The id of a step by its number."""
    return uuid.UUID(int=number)


def node(number: int, kind: NodeKind, text: str = "", **more: Any) -> NodeRow:
    return NodeRow(step(number), kind, text or f"Step {number}", **more)


def link(
    a: int,
    b: int,
    evidence: EvidenceStrength = EvidenceStrength.NONE,
    states: tuple[AssumptionState, ...] = (),
    **more: Any,
) -> LinkRow:
    link_id = uuid.UUID(int=1000 * a + b)
    assumptions = tuple(
        AssumptionRow(uuid.uuid4(), link_id, f"They come, {n}", state, "Seen")
        for n, state in enumerate(states)
    )
    return LinkRow(link_id, step(a), step(b), evidence=evidence, assumptions=assumptions, **more)


def a_map(nodes: list[NodeRow], links: list[LinkRow], **more: Any) -> TheMap:
    theory = {
        "id": uuid.UUID(int=9),
        "title": "A theory",
        "situation": "",
        "aim": "",
        "who_for": "",
        "status": TheoryStatus.DRAFT,
        "agreed_on": None,
        "version": 1,
    }
    return assemble(SimpleNamespace(**{**theory, **more}), nodes, links)
