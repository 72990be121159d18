"""The values of an indicator in order of time, as its table and its picture both show them."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.core.formatting import day
from app.indicators.models import Indicator, Measurement
from app.indicators.periods import missing_days, period_words
from app.indicators.sentences import per_cent, value_words
from app.indicators.values import Measure, small, value_of

NO_VALUE = "No value"


class Point(NamedTuple):
    """One day. `number` is what is drawn: None for a gap, for what is not shown, and for words.

    `low` and `high` are the ends of a survey's 95% confidence interval, in per cent.
    """

    on: date
    period: str
    words: str
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    is_gap: bool = False
    id: uuid.UUID | None = None
    commentary: str = ""
    is_corrected: bool = False

    @property
    def interval(self) -> str:
        """ "62.1% to 77.4%"; "" without one."""
        if self.low is None or self.high is None:
            return ""
        return f"{per_cent(self.low)} to {per_cent(self.high)}"

    @property
    def title(self) -> str:
        """As it is told in the picture."""
        return f"{day(self.on)}: {self.words}"


def points_of(
    indicator: Indicator,
    measure: Measure,
    values: Sequence[Measurement],
    until: date | None = None,
) -> list[Point]:
    """Values in force and the periods without one between them (and after them, up to `until`), the
    oldest first."""
    points = [_point(indicator, measure, value) for value in values]
    if values:
        first, last = min(value.on for value in values), max(value.on for value in values)
        missing = missing_days(
            indicator.first_due_on,
            indicator.frequency,
            max(until or last, last),
            [value.on for value in values],
        )
        points += [
            Point(on, period_words(on, indicator.frequency), NO_VALUE, is_gap=True)
            for on in missing
            if on > first
        ]
    return sorted(points, key=lambda point: (point.on, point.is_gap))


def _point(indicator: Indicator, measure: Measure, measurement: Measurement) -> Point:
    value = value_of(measurement)
    hidden = small(measure, value) is not None
    drawn = measure.unit.is_counted and not hidden
    return Point(
        on=measurement.on,
        period=period_words(measurement.on, indicator.frequency),
        words=value_words(measure, value),
        number=value.value if drawn else None,
        low=measurement.interval_low if drawn else None,
        high=measurement.interval_high if drawn else None,
        id=measurement.id,
        commentary=measurement.commentary,
        is_corrected=measurement.corrects_id is not None,
    )
