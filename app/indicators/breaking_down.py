"""The groups of one value as a table, and as bars: small counts hidden where they must be.

Where an indicator is sensitive, a count from 1 to 4 is not shown, nor what would give it away
(`app.core.suppressing`): for a percentage both those counted and those not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from app.core.suppressing import SMALLEST_SHOWN, Cell, Mark, suppress
from app.delivery.timeline.lettering import width_of, wrapped
from app.indicators.models import Unit
from app.indicators.sentences import value_words
from app.indicators.values import Measure, Value, small

FEW = f"Fewer than {SMALLEST_SHOWN}"
HIDDEN = "Not shown"
NOT_GIVEN = "Not given"


class PartRow(NamedTuple):
    """A group. `number` is what is drawn: None where there is none to see."""

    name: str
    words: str
    number: Decimal | None


@dataclass(frozen=True)
class PartTable:
    """A breakdown of one value. `total` is the whole in words; None where a sum would mislead."""

    name: str
    rows: list[PartRow]
    total: str | None
    overlapping: bool

    @property
    def hides(self) -> bool:
        return any(row.words.startswith((FEW, HIDDEN)) for row in self.rows)


def table_of(
    measure: Measure,
    name: str,
    parts: Sequence[tuple[str, Value]],
    whole: Value,
    *,
    overlapping: bool,
) -> PartTable:
    """The table of one breakdown; `parts` are (group, its value), in order."""
    rows = [_row(measure, group, value) for group, value in parts]
    if measure.sensitive:
        rows = _safe(measure, parts, whole, rows, overlapping=overlapping)
    addable = not overlapping and measure.unit in (Unit.NUMBER, Unit.PERCENTAGE)
    return PartTable(name, rows, value_words(measure, whole) if addable else None, overlapping)


def _row(measure: Measure, group: str, value: Value) -> PartRow:
    if value == Value():
        return PartRow(group, NOT_GIVEN, None)
    hidden = small(measure, value) is not None
    return PartRow(group, value_words(measure, value), None if hidden else value.value)


def _safe(
    measure: Measure,
    parts: Sequence[tuple[str, Value]],
    whole: Value,
    rows: list[PartRow],
    *,
    overlapping: bool,
) -> list[PartRow]:
    if measure.unit is Unit.SCORE:
        return rows
    if overlapping:
        return [
            PartRow(row.name, HIDDEN, None) if _tells_the_rest(value, whole) else row
            for row, (_, value) in zip(rows, parts, strict=True)
        ]
    cells = suppress([_counts(measure, value) for _, value in parts]).rows
    return [_shown(row, hidden) for row, hidden in zip(rows, cells, strict=True)]


def _counts(measure: Measure, value: Value) -> list[int]:
    """What is protected: how many, and for a percentage also how many not."""
    if measure.unit is Unit.PERCENTAGE:
        counted = value.numerator or 0
        return [counted, (value.denominator or 0) - counted]
    return [int(value.value or 0)]


def _shown(row: PartRow, cells: Sequence[Cell]) -> PartRow:
    if not any(isinstance(cell, Mark) for cell in cells):
        return row
    few = cells[0] is Mark.FEW and len(cells) == 1
    return PartRow(row.name, FEW if few else HIDDEN, None)


def _tells_the_rest(value: Value, whole: Value) -> bool:
    """Whether all but a few are in a group: the others could be told from the whole."""
    if value.value is None or whole.value is None or value.denominator is not None:
        return False
    return 0 < whole.value - value.value < SMALLEST_SHOWN


# --- As bars ---

WIDTH, NAME_WIDTH, LETTERS = 720.0, 200.0, 14.0
_LEFT, _BAR, _LINE, _PAD, _GAP = 212.0, 20.0, 17.0, 8.0, 6.0


class Bar(NamedTuple):
    """A group: the lines of its name, the length of its bar (None: nothing to draw), its words."""

    y: float
    name: list[str]
    width: float | None
    words_x: float
    words: str


class Bars(NamedTuple):
    """Everything that the template prints."""

    width: float
    height: float
    left: float
    bars: list[Bar]


def bars_of(measure: Measure, table: PartTable) -> Bars:
    """A bar for each group, all of one scale: a percentage's goes to 100, a score's to its end."""
    longest_words = max((width_of(row.words, LETTERS, bold=True) for row in table.rows), default=0)
    room = WIDTH - _LEFT - _GAP - longest_words
    low, high = _scale(measure, [row.number for row in table.rows if row.number is not None])
    bars, y = [], 0.0
    for row in table.rows:
        name = wrapped(row.name, NAME_WIDTH, LETTERS, 2)
        share = (row.number - low) / (high - low) if row.number is not None and high > low else None
        width = None if share is None else round(room * max(0.0, float(share)), 1)
        words_x = round(_LEFT + (width + _GAP if width else 0), 1)
        bars.append(Bar(round(y, 1), name, width, words_x, row.words))
        y += max(_BAR, _LINE * len(name)) + _PAD
    return Bars(WIDTH, round(y, 1), _LEFT, bars)


def _scale(measure: Measure, numbers: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    if measure.unit is Unit.PERCENTAGE:
        return Decimal(0), Decimal(100)
    if measure.unit is Unit.SCORE and measure.lowest is not None and measure.highest is not None:
        return measure.lowest, measure.highest
    return Decimal(0), max(numbers, default=Decimal(0))
