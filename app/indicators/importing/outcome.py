"""What an import would do with each row, worked out anew whenever it is shown and once more when it is
carried out, so that what happens is what was shown."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from app.core.formatting import day
from app.extensions import db
from app.importing.carrying_out import Problem
from app.importing.choosing import Choices
from app.importing.grids import Grid, Row, normalised
from app.importing.headings import below, headings_of
from app.indicators.importing.values import Read, Reader
from app.indicators.models import Indicator, Measurement
from app.indicators.queries import current
from app.indicators.sentences import value_words
from app.indicators.values import Value, measure_of, value_of


class Action(StrEnum):
    """What happens to a row, in the order in which the preview shows them."""

    PROBLEM = "problem"
    ADD = "add"
    LEAVE = "leave"

    @property
    def label(self) -> str:
        return {"problem": "Problem", "add": "Add", "leave": "Leave out"}[self]


@dataclass
class RowOutcome:
    """What happens with one value of the file."""

    where: str
    called: str
    action: Action
    read: Read
    notes: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        return self.read.problems


@dataclass
class Outcome:
    """What an import would do."""

    rows: list[RowOutcome]

    def of(self, action: Action) -> list[RowOutcome]:
        return [row for row in self.rows if row.action is action]

    @property
    def counts(self) -> Counter[Action]:
        return Counter(row.action for row in self.rows)

    @property
    def problems(self) -> list[Problem]:
        return [problem for row in self.rows for problem in row.problems]

    @property
    def ready(self) -> bool:
        """Whether it can be carried out, and would do anything."""
        return not self.counts[Action.PROBLEM] and bool(self.counts[Action.ADD])

    @property
    def in_order(self) -> list[RowOutcome]:
        """As the preview shows them: what needs somebody first."""
        return sorted(self.rows, key=lambda row: list(Action).index(row.action))

    @property
    def digest(self) -> str:
        """Another whenever another thing would happen."""
        seen = hashlib.sha256()
        for row in self.rows:
            read = row.read
            told = (
                row.where,
                row.action,
                read.indicator and read.indicator.id,
                read.on,
                read.value,
                read.commentary,
            )
            seen.update(repr(told).encode())
        return seen.hexdigest()


def work_out(indicators: Sequence[Indicator], grid: Grid, choices: Choices) -> Outcome:
    """What importing this table would do; one query, whatever its length."""
    reader = Reader(
        grid,
        headings_of(grid, choices.headings),
        choices,
        {normalised(indicator.name): indicator for indicator in indicators},
    )
    reads = [
        (row, reader.read(row))
        for _, row in below(grid, choices.headings)
        if any(row.cell(column).text for column in choices.columns.values())
    ]
    there = _there([read for _, read in reads])
    seen: set[tuple[uuid.UUID, date]] = set()
    return Outcome([_outcome(row, read, there, seen) for row, read in reads])


def _there(reads: Sequence[Read]) -> dict[tuple[uuid.UUID, date], Value]:
    """The values that there are for the days that a file names."""
    ids = {read.indicator.id for read in reads if read.indicator}
    days = [read.on for read in reads if read.on]
    if not ids or not days:
        return {}
    rows = db.session.scalars(
        sa.select(Measurement).where(
            Measurement.indicator_id.in_(ids),
            Measurement.on.between(min(days), max(days)),
            current(),
        )
    )
    return {(row.indicator_id, row.on): value_of(row) for row in rows}


def _outcome(
    row: Row,
    read: Read,
    there: dict[tuple[uuid.UUID, date], Value],
    seen: set[tuple[uuid.UUID, date]],
) -> RowOutcome:
    where = f"{row.part + ', row' if row.part else 'Row'} {row.number}"
    called = read.indicator.name if read.indicator else where
    if read.problems or read.indicator is None or read.on is None:
        return RowOutcome(where, called, Action.PROBLEM, read)
    key = (read.indicator.id, read.on)
    words = value_words(measure_of(read.indicator, ()), read.value)
    called = f"{called}, {day(read.on)}: {words}"
    if key in seen:
        read.problems.append(
            Problem(where, "this day stands in the file twice. Take one of the rows out")
        )
        return RowOutcome(where, called, Action.PROBLEM, read)
    seen.add(key)
    known = there.get(key)
    if known is None:
        return RowOutcome(where, called, Action.ADD, read)
    if _same(known, read.value):
        return RowOutcome(where, called, Action.LEAVE, read, ["It is there already."])
    told = value_words(measure_of(read.indicator, ()), known)
    read.problems.append(
        Problem(where, f"there is another value for this day: {told}. Correct that one on its page")
    )
    return RowOutcome(where, called, Action.PROBLEM, read)


def _same(known: Value, read: Value) -> bool:
    """Whether two values are the same to four places, as they are kept."""
    if known.value is not None and read.value is not None:
        return round(known.value, 4) == round(read.value, 4) and known[1:3] == read[1:3]
    return known == read
