"""What stands beside the map of one step or link: features above add to it (`app/core/panels.py`), and it
adds the steps that an indicator measures to that indicator's page."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core.panels import Panels
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.models import Node, NodeKind, Theory, node_indicators
from app.theory_of_change.reading import LinkRow, NodeRow
from app.workstreams.queries import Place

PANELS: Panels[NodeRow | LinkRow] = Panels()


@dataclass(frozen=True)
class Measured:
    """A step that an indicator measures."""

    path: str
    text: str
    kind: NodeKind


def measured_by(place: Place, indicator: Indicator) -> dict[str, Any] | None:
    """The steps of maps that an indicator of this workstream measures, by map; one query."""
    found: dict[tuple[uuid.UUID, str], list[Measured]] = {}
    rows: Sequence[Any] = db.session.execute(
        sa.select(Theory.id, Theory.title, Node.id, Node.text, Node.kind)
        .join(node_indicators, node_indicators.c.node_id == Node.id)
        .join(Theory, Theory.id == Node.theory_id)
        .where(
            node_indicators.c.indicator_id == indicator.id,
            Node.workstream_id == place.id,
            Node.removed_at.is_(None),
            Theory.archived_at.is_(None),
        )
        .order_by(Theory.position, Theory.id, Node.position, Node.id)
    ).all()
    for theory_id, title, node_id, text, kind in rows:
        step = Measured(f"/map/{theory_id}/nodes/{node_id}", text, kind)
        found.setdefault((theory_id, title), []).append(step)
    return {"maps": found} if found else None
