"""Time as a line: which days it spans, where a day is on it, and what its quarters are called.

Quarters are those of the UK financial year: Q1 is April to June, and 2021/22 begins in April 2021.
"""

import calendar
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from app.delivery.timeline.lettering import width_of

# However far off a forecast is, the line ends a year outside the plan's period; beyond, an arrow.
MOST_OUTSIDE = timedelta(days=366)
LETTERS = 12.0
# Room that a label keeps to the next line.
_PAD = 4.0


class Label(NamedTuple):
    """Words in the head of the drawing; `x` is their left edge."""

    x: float
    text: str
    width: float


def quarter_of(day: date) -> tuple[int, int]:
    """(the year in which its financial year begins, 1 to 4)."""
    year = day.year if day.month >= 4 else day.year - 1
    return year, (day.month - 4) % 12 // 3 + 1


def year_label(year: int) -> str:
    """2021/22"""
    return f"{year}/{(year + 1) % 100:02d}"


def quarter_label(day: date) -> str:
    """Q1 2021/22"""
    year, quarter = quarter_of(day)
    return f"Q{quarter} {year_label(year)}"


def span(starts_on: date, ends_on: date, days: Iterable[date]) -> tuple[date, date]:
    """First and last day of the line, whole months: the period, and further for what leaves it."""
    known = [starts_on, ends_on, *days]
    first = max(min(known), _shifted(starts_on, -MOST_OUTSIDE))
    last = min(max(known), _shifted(ends_on, MOST_OUTSIDE))
    last_of_month = calendar.monthrange(last.year, last.month)[1]
    return first.replace(day=1), last.replace(day=last_of_month)


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min


@dataclass(frozen=True)
class Axis:
    """The days from `first` to `last`, inclusive, between x = `left` and x = `right`."""

    first: date
    last: date
    left: float
    right: float

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def day_width(self) -> float:
        return (self.right - self.left) / self.days

    def start(self, day: date) -> float:
        """Where a day begins, held within the line."""
        return self._at((day - self.first).days)

    def end(self, day: date) -> float:
        """Where a day ends."""
        return self._at((day - self.first).days + 1)

    def middle(self, day: date) -> float:
        """Where a point in time is drawn."""
        return self._at((day - self.first).days + 0.5)

    def _at(self, days: float) -> float:
        return round(self.left + min(max(days, 0), self.days) * self.day_width, 1)

    def shows(self, day: date) -> bool:
        """Whether a day is on the line."""
        return self.first <= day <= self.last

    # --- What its head says ---

    @property
    def is_fine(self) -> bool:
        """Whether there is room to name every quarter with its year."""
        return self.day_width * 90 >= width_of("Q4 2021/22", LETTERS) + 2 * _PAD

    def quarters(self) -> list[date]:
        """First days of the quarters on the line, where they can be told apart; else of years."""
        return self._begins((4, 7, 10, 1)) if self.day_width * 90 >= 5 else self._years()

    def months(self) -> list[date]:
        """First days of months, where there is room for a tick each."""
        return self._begins(tuple(range(1, 13))) if self.day_width * 28 >= 5 else []

    def upper_labels(self) -> list[Label]:
        """Quarters with their years; or, on a long line, only years, as many as there is room for."""
        if self.is_fine:
            quarters = self._begins((4, 7, 10, 1))
            return self._labels([(day, quarter_label(day)) for day in quarters])
        return self._labels([(day, year_label(quarter_of(day)[0])) for day in self._years()])

    def lower_labels(self) -> list[Label]:
        """Months below quarters, quarters below years."""
        if self.is_fine:
            return self._labels([(day, f"{day:%b}") for day in self._begins(tuple(range(1, 13)))])
        if self.day_width * 90 < width_of("Q4", LETTERS) + 2 * _PAD:
            return []
        quarters = self._begins((4, 7, 10, 1))
        return self._labels([(day, f"Q{quarter_of(day)[1]}") for day in quarters])

    def _years(self) -> list[date]:
        """Where financial years begin: every one, or as many as their names have room for."""
        widest = width_of(year_label(2020), LETTERS) + 2 * _PAD
        return self._begins((4,))[:: math.ceil(widest / (self.day_width * 365))]

    def _begins(self, months: Sequence[int]) -> list[date]:
        """The line's first day, and every first of these months on it."""
        return [self.first, *(day for day in self._firsts(months) if day > self.first)]

    def _firsts(self, months: Sequence[int]) -> Iterator[date]:
        for year in range(max(self.first.year, MINYEAR), min(self.last.year, MAXYEAR) + 1):
            for month in sorted(months):
                if self.first <= (day := date(year, month, 1)) <= self.last:
                    yield day

    def _labels(self, named: Sequence[tuple[date, str]]) -> list[Label]:
        """Each where its stretch begins; a stretch cut short at either end may be too short for one."""
        begins = [self.start(day) for day, _ in named]
        labels = []
        for (_, text), at, until in zip(named, begins, [*begins[1:], self.right], strict=True):
            width = width_of(text, LETTERS)
            if at + _PAD + width <= until:
                labels.append(Label(round(at + _PAD, 1), text, width))
        return labels
