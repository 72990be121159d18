"""What stands of notes beside the things that they bear on: a step or link of a map, an indicator."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.core.rights import Right
from app.evaluation.bearing import bears_on
from app.evaluation.models import Bearing, Judgement, Note
from app.evaluation.readable import readable
from app.evaluation.scales import in_words
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.reading import LinkRow, NodeRow
from app.workstreams.models import Aim, AimKind
from app.workstreams.queries import Place

SHOWN = 10  # the findings page has the others


def step_or_link(place: Place, thing: NodeRow | LinkRow) -> dict[str, Any]:
    """The notes on a step with how far its ambition statements are judged to be realised, or those on a
    link and on what it assumes; two queries."""
    if isinstance(thing, NodeRow):
        return _notes("node", place, thing.id) | {"ambitions": _ambitions(thing)}
    assumed = [one.id for one in thing.assumptions]
    return _notes("link", place, thing.id, Bearing.assumption_id.in_(assumed) if assumed else None)


def indicator(place: Place, thing: Indicator) -> dict[str, Any]:
    """The notes on an indicator; one query."""
    return _notes("indicator", place, thing.id) | {"level": 2}


def _notes(
    kind: str, place: Place, thing_id: uuid.UUID, also: sa.ColumnElement[bool] | None = None
) -> dict[str, Any]:
    """What the panel shows of the notes that the reader may read, the newest first. `also`: those that
    bear on something of the thing."""
    on_it = Note.id.in_(bears_on(kind, thing_id))
    either = on_it if also is None else on_it | Note.id.in_(sa.select(Bearing.note_id).where(also))
    rows = db.session.execute(
        sa.select(
            Note.id,
            Note.title,
            Note.on,
            Note.direction,
            Note.scale,
            Note.strength,
            on_it.label("on_it"),
        )
        .where(readable(place.user, place), either)
        .order_by(Note.on.desc(), Note.id.desc())
        .limit(SHOWN + 1)
    ).all()
    return {
        "notes": [(row, in_words(row.scale, row.strength)) for row in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "key": f"{kind}:{thing_id}",
        "what": {"node": "step"}.get(kind, kind),
        "may_write": place.can(Right.WRITE_NOTES),
        "ambitions": (),
        "level": 3,
    }


def _ambitions(step: NodeRow) -> Sequence[Any]:
    """(id, text, the level of the newest judgement and its day) of the ambition statements of a step."""
    if not step.aims:
        return ()
    latest = (
        sa.select(Judgement.id)
        .where(Judgement.aim_id == Aim.id)
        .order_by(Judgement.on.desc(), Judgement.id.desc())
        .limit(1)
        .correlate(Aim)
        .scalar_subquery()
    )
    return db.session.execute(
        sa.select(Aim.id, Aim.text, Judgement.level, Judgement.on)
        .outerjoin(Judgement, Judgement.id == latest)
        .where(Aim.id.in_([aim.id for aim in step.aims]), Aim.kind == AimKind.AMBITION_STATEMENT)
        .order_by(Aim.position, Aim.id)
    ).all()
