"""A workstream's overview leads to its maps, indicators and findings."""

from typing import Any

import sqlalchemy as sa

from app.evaluation.models import Note
from app.evaluation.readable import readable
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.models import Theory
from app.workstreams.queries import Place


def panel(place: Place) -> dict[str, Any] | None:
    """How many there are of each, of notes only what the reader may read; one query. None where there is
    nothing yet: the tabs say how to begin."""
    of_theories = (Theory.workstream_id == place.id, Theory.archived_at.is_(None))
    of_indicators = (Indicator.workstream_id == place.id, Indicator.archived_at.is_(None))
    first = (
        sa.select(Theory.title).where(*of_theories).order_by(Theory.position, Theory.id).limit(1)
    )
    newest = readable(place.user, place)
    row = db.session.execute(
        sa.select(
            _count(Theory, *of_theories).label("theories"),
            first.scalar_subquery().label("theory"),
            _count(Indicator, *of_indicators).label("indicators"),
            _count(Note, newest).label("findings"),
            sa.select(sa.func.max(Note.on)).where(newest).scalar_subquery().label("newest"),
        )
    ).one()
    return {"row": row} if row.theories or row.indicators or row.findings else None


def _count(model: Any, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(model).where(*conditions).scalar_subquery()
