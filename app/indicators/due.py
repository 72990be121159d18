"""What is due on a workstream: a row for each value that is asked for and not there."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core.rights import Right
from app.extensions import db
from app.indicators.models import Breakdown, Frequency, Indicator, Measurement
from app.indicators.periods import DAYS_OF_GRACE, MOST_ASKED, due_days, missing_days, period_words
from app.indicators.queries import current
from app.workstreams.queries import Place


@dataclass(frozen=True)
class Due:
    """A value that is due. `key` names it in the page and its fields."""

    indicator: Indicator
    on: date
    today: date

    @property
    def key(self) -> str:
        return f"v{self.indicator.id.hex}-{self.on.isoformat()}"

    @property
    def period(self) -> str:
        """What it is for: "January to March 2021"."""
        return period_words(self.on, self.indicator.frequency)

    @property
    def days_late(self) -> int:
        """0 while it is only due."""
        days = (self.today - self.on).days
        return days if days > DAYS_OF_GRACE else 0


def due_on(place: Place, today: date) -> list[Due]:
    """Every value that is due on a workstream and that the reader may enter, indicator by indicator,
    the oldest first; of one that was missed for long, the newest few. Four queries."""
    asked = sa.select(Indicator).where(
        Indicator.workstream_id == place.id,
        Indicator.archived_at.is_(None),
        Indicator.first_due_on <= today,
    )
    if not place.can(Right.MEASURE):
        asked = asked.where(Indicator.owner_id == place.user.id)
    indicators = db.session.scalars(
        asked.order_by(Indicator.position, Indicator.id).options(
            selectinload(Indicator.breakdowns).selectinload(Breakdown.parts)
        )
    ).all()
    known = _known_days(indicators, today)
    return [
        Due(indicator, on, today)
        for indicator in indicators
        for on in _asked_of(indicator, known[indicator.id], today)
    ]


def _asked_of(indicator: Indicator, known: list[date], today: date) -> list[date]:
    missing = missing_days(indicator.first_due_on, indicator.frequency, today, known)
    newest = due_days(indicator.first_due_on, indicator.frequency, today)[-MOST_ASKED:]
    return [on for on in missing if on in newest]


def _known_days(indicators: Sequence[Indicator], today: date) -> dict[uuid.UUID, list[date]]:
    """The days of the values that indicators have, as far back as anything is asked for."""
    known: dict[uuid.UUID, list[date]] = defaultdict(list)
    since: dict[Frequency, date] = {}
    ids: dict[Frequency, list[uuid.UUID]] = defaultdict(list)
    for indicator in indicators:
        days = due_days(indicator.first_due_on, indicator.frequency, today)
        start = days[-MOST_ASKED - 1] if len(days) > MOST_ASKED else date.min
        since[indicator.frequency] = min(start, since.get(indicator.frequency, start))
        ids[indicator.frequency].append(indicator.id)
    if not ids:
        return known
    wanted = [
        sa.and_(Measurement.indicator_id.in_(ids[frequency]), Measurement.on > start)
        for frequency, start in since.items()
    ]
    rows = db.session.execute(
        sa.select(Measurement.indicator_id, Measurement.on).where(sa.or_(*wanted), current())
    )
    for indicator_id, on in rows:
        known[indicator_id].append(on)
    return known
