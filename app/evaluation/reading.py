"""What notes say of a map, for whoever draws it: counted, and only what its reader may read."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core.access import User
from app.evaluation.models import Bearing, Direction, Note
from app.evaluation.readable import readable
from app.extensions import db
from app.theory_of_change.models import Assumption, Link, Node


@dataclass(frozen=True)
class Evidence:
    """How many notes speak for a thing, against it, and both; and the highest level that any of these
    is rated, 1 to 5 (0: none is)."""

    supports: int
    contradicts: int
    mixed: int
    unclear: int
    strongest: int

    @property
    def in_words(self) -> str:
        """ "2 for, 1 against; strongest 3 of 5" or "no notes"."""
        counted = [
            f"{number} {word}"
            for number, word in (
                (self.supports, "for"),
                (self.contradicts, "against"),
                (self.mixed, "mixed"),
                (self.unclear, "unclear"),
            )
            if number
        ]
        rated = f"; strongest {self.strongest} of 5" if self.strongest else "; not rated"
        return ", ".join(counted) + rated if counted else "no notes"


def evidence_on(theory_id: uuid.UUID, reader: User) -> dict[uuid.UUID, Evidence]:
    """By the id of a node, link or assumption of a map: the evidence on it; one query."""
    things = {
        Bearing.node_id: sa.select(Node.id).where(Node.theory_id == theory_id),
        Bearing.link_id: sa.select(Link.id).where(Link.theory_id == theory_id),
        Bearing.assumption_id: sa.select(Assumption.id).where(Assumption.theory_id == theory_id),
    }
    thing = sa.func.coalesce(*things)
    return _counted(thing, sa.or_(*(column.in_(ids) for column, ids in things.items())), reader)


def evidence_on_aims(workstream_id: uuid.UUID, reader: User) -> dict[uuid.UUID, Evidence]:
    """By the id of a priority or ambition statement: the evidence on it; one query."""
    mine = sa.and_(Bearing.aim_id.is_not(None), Note.workstream_id == workstream_id)
    return _counted(Bearing.aim_id, mine, reader)


def _counted(thing: Any, which: sa.ColumnElement[bool], reader: User) -> dict[uuid.UUID, Evidence]:
    counts: dict[uuid.UUID, Counter[Direction]] = defaultdict(Counter)
    strongest: Counter[uuid.UUID] = Counter()
    for thing_id, direction, number, highest in db.session.execute(
        sa.select(thing, Note.direction, sa.func.count(), sa.func.max(Note.strength))
        .select_from(Bearing)
        .join(Note, Note.id == Bearing.note_id)
        .where(which, readable(reader))
        .group_by(thing, Note.direction)
    ):
        counts[thing_id][direction] = number
        strongest[thing_id] = max(strongest[thing_id], highest or 0)
    return {
        thing_id: Evidence(
            supports=some[Direction.SUPPORTS],
            contradicts=some[Direction.CONTRADICTS],
            mixed=some[Direction.MIXED],
            unclear=some[Direction.UNCLEAR],
            strongest=strongest[thing_id],
        )
        for thing_id, some in counts.items()
    }
