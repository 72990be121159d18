"""What the cells of one row mean: a value of an indicator, or what is wrong with them, in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.core import clock
from app.core.dates_field import read_day
from app.delivery.importing.dates import serial_day
from app.importing.carrying_out import Problem
from app.importing.choosing import Choices
from app.importing.grids import EMPTY, Cell, Grid, Row, normalised
from app.indicators.models import Indicator, Unit
from app.indicators.number_fields import read_count, read_figure
from app.indicators.rules import completed, day_problems, value_problems
from app.indicators.values import Value, measure_of

_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
_COUNTS = re.compile(r"^([\d,]+)\s*(?:of|/|out of)\s*([\d,]+)$", re.IGNORECASE)
_LONGEST = 10_000
NOTHING = Value()


@dataclass
class Read:
    """What a row says. Complete only where there are no problems."""

    indicator: Indicator | None = None
    on: date | None = None
    value: Value = NOTHING
    commentary: str = ""
    problems: list[Problem] = field(default_factory=list)


class Reader:
    """Reads the rows of one table."""

    def __init__(
        self,
        grid: Grid,
        headings: Sequence[str],
        choices: Choices,
        indicators: Mapping[str, Indicator],
    ) -> None:
        self._grid, self._headings, self._choices = grid, headings, choices
        self._indicators = indicators

    def read(self, row: Row) -> Read:
        """What a row says."""
        read = Read()
        for key in self._choices.columns:
            if problem := self._cell(row, key).problem:
                self._wrong(row, key, read, f"this cell {problem}")
        if read.problems:
            return read
        read.indicator = self._indicator(row, read)
        read.on = self._day(row, read)
        read.commentary = self._cell(row, "commentary").text
        if len(read.commentary) > _LONGEST:
            self._wrong(row, "commentary", read, f"shorten this to {_LONGEST:,} characters")
        if read.indicator is not None:
            self._value(row, read.indicator, read)
        return read

    def _cell(self, row: Row, key: str) -> Cell:
        column = self._choices.columns.get(key)
        return EMPTY if column is None else row.cell(column)

    def _line(self, row: Row, key: str) -> str:
        return " ".join(self._cell(row, key).text.split())

    def _wrong(self, row: Row, key: str, read: Read, words: str) -> None:
        column = self._choices.columns.get(key)
        if column is None:
            where = f"{self._grid.name}, row {row.number}"
        else:
            heading = self._headings[column] if column < len(self._headings) else ""
            where = self._grid.place(row, column, heading)
        read.problems.append(Problem(where, words))

    def _indicator(self, row: Row, read: Read) -> Indicator | None:
        name = self._line(row, "indicator")
        found = self._indicators.get(normalised(name))
        if found is None:
            self._wrong(
                row,
                "indicator",
                read,
                f"there is no indicator called “{name[:80]}” here. Give its name as Waymark has it"
                if name
                else "there is no indicator. Say which one this is a value of",
            )
        return found

    def _day(self, row: Row, read: Read) -> date | None:
        cell = self._cell(row, "on")
        day = cell.day or serial_day(cell, from_1904=self._grid.dates_from_1904)
        if day is None:
            try:
                day = read_day(cell.text)
            except ValueError as error:
                self._wrong(row, "on", read, f"“{cell.text[:60]}” is no date. {error}")
                return None
        for _, words in day_problems(day, clock.today()):
            self._wrong(row, "on", read, words[:1].lower() + words[1:])
        return day

    def _value(self, row: Row, indicator: Indicator, read: Read) -> None:
        measure = measure_of(indicator, ())
        text = self._line(row, "value")
        try:
            if indicator.unit is Unit.NARRATIVE:
                value = Value(words=self._cell(row, "value").text[:_LONGEST])
            elif indicator.unit is Unit.YES_NO:
                value = Value(yes=_yes_or_no(text))
            elif indicator.unit is Unit.PERCENTAGE:
                value = self._percentage(row, text)
            else:
                value = Value(read_figure(text) if text else None)
        except ValueError as error:
            self._wrong(
                row, "value", read, f"“{text[:60]}”: {str(error)[:1].lower()}{str(error)[1:]}"
            )
            return
        for name, words in value_problems(measure, value):
            key = name if name in self._choices.columns else "value"
            self._wrong(row, key, read, words[:1].lower() + words[1:])
        if not read.problems:
            read.value = completed(measure, value)

    def _percentage(self, row: Row, text: str) -> Value:
        counts = _COUNTS.match(text)
        if counts:
            return Value(None, read_count(counts[1]), read_count(counts[2]))
        numerator, denominator = self._line(row, "numerator"), self._line(row, "denominator")
        return Value(
            read_figure(text) if text else None,
            read_count(numerator) if numerator else None,
            read_count(denominator) if denominator else None,
        )


def _yes_or_no(text: str) -> bool | None:
    plain = normalised(text)
    if plain in _YES or plain in _NO:
        return plain in _YES
    if not plain:
        return None
    raise ValueError("Write yes or no")
