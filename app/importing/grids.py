"""A table as it was read from a file: rows of cells that still know where they stand.

Kept as JSON between the steps of an import (`as_json`, `from_json`), where most cells are plain text.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from app.core.formatting import day as day_words

# As `app.core.forms` does for what is typed: what no keyboard means, and PostgreSQL will not keep.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF])
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000))  # halves of characters: no text holds them
_CONTROLS |= {0xA0: " ", 0x202F: " ", 0x2028: "\n", 0x2029: "\n"}


def clean(text: str) -> str:
    """Text without control characters and with one kind of space and line end."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip()


def normalised(text: str) -> str:
    """For comparing words: without regard to case, spaces, kinds of quotation marks and final stops."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = plain.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-"})
    return re.sub(r"\s+", " ", plain).strip(" .:*")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says.

    `day` is set where the file itself holds a date and `number` where it holds a number (which may be
    a date in disguise). `problem` is why it cannot be read, in words. `continues`: part of a merged
    cell that began in the row above, whose text it repeats. `span`: columns that it is merged across.
    """

    text: str = ""
    day: date | None = None
    number: float | None = None
    problem: str = ""
    continues: bool = False
    span: int = 1

    def as_json(self) -> Any:
        """Plain text, or a mapping of what is not as usual."""
        odd: dict[str, Any] = {}
        if self.day:
            odd["d"] = self.day.isoformat()
        if self.number is not None:
            odd["n"] = self.number
        if self.problem:
            odd["p"] = self.problem
        if self.continues:
            odd["c"] = 1
        if self.span > 1:
            odd["s"] = self.span
        return {"t": self.text, **odd} if odd else self.text

    @classmethod
    def from_json(cls, kept: Any) -> "Cell":
        """As `as_json` wrote it."""
        if isinstance(kept, str):
            return cls(kept)
        return cls(
            kept["t"],
            date.fromisoformat(kept["d"]) if "d" in kept else None,
            kept.get("n"),
            kept.get("p", ""),
            "c" in kept,
            kept.get("s", 1),
        )


EMPTY = Cell()


def of_day(value: date) -> Cell:
    """A cell that holds a date."""
    return Cell(day_words(value), day=value)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, counted from 1. `part` names the table that it comes from,
    where a grid was put together from several."""

    number: int
    cells: tuple[Cell, ...]
    part: str = ""

    def cell(self, column: int) -> Cell:
        """The cell of a column; a short row ends in empty ones."""
        return self.cells[column] if 0 <= column < len(self.cells) else EMPTY

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]


@dataclass(frozen=True)
class Grid:
    """One table, sheet or text file. `rows` leaves out blank ones.

    `name` says in words which: “Sheet “Plan””, "Table 2". `lettered` columns are called by letter, as
    Excel does; others by number. `notes` say what was left out in reading.
    """

    name: str
    rows: list[Row]
    title: str = ""  # the sheet's own name, or the words above a table
    lettered: bool = True
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    dates_from_1904: bool = False
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    def column_name(self, column: int) -> str:
        """ "C" or "3"."""
        return get_column_letter(column + 1) if self.lettered else str(column + 1)

    def place(self, row: Row, column: int, heading: str = "") -> str:
        """Where a cell is: "Sheet “Plan”, row 14, column C (Timeline)"."""
        words = f"{row.part or self.name}, row {row.number}, column {self.column_name(column)}"
        return f"{words} ({heading})" if heading else words

    def as_json(self) -> dict[str, Any]:
        """For keeping."""
        return {
            "name": self.name,
            "title": self.title,
            "lettered": self.lettered,
            "hidden": self.hidden,
            "hidden_columns": sorted(self.hidden_columns),
            "dates_from_1904": self.dates_from_1904,
            "notes": list(self.notes),
            "rows": [
                [row.number, row.part, [cell.as_json() for cell in row.cells]] for row in self.rows
            ],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Grid":
        """As `as_json` wrote it."""
        rows = [
            Row(number, tuple(Cell.from_json(cell) for cell in cells), part)
            for number, part, cells in kept["rows"]
        ]
        return cls(
            **{name: kept[name] for name in ("name", "title", "lettered", "hidden")},
            rows=rows,
            hidden_columns=frozenset(kept["hidden_columns"]),
            dates_from_1904=kept["dates_from_1904"],
            notes=tuple(kept["notes"]),
        )
