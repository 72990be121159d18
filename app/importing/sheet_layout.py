"""What openpyxl's row-by-row reader leaves out: merged cells, hidden rows, formulas without a value.

The sheet's XML is streamed once, before its values are read, and stops at the limits: so a sheet that
claims a million rows, or really has them, costs no more than one that fits.
"""

from dataclasses import dataclass, field
from typing import Any

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from app.importing.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, too_many_rows

Place = tuple[int, int]  # row from 1, column from 0


@dataclass
class Layout:
    """Where things are in a sheet. `last_row` and `last_column` bound what has a value."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: set[Place] = field(default_factory=set)
    filled_rows: set[int] = field(default_factory=set)
    # Merged cells: the places below where they go on, with where they start; the columns they span.
    continued: dict[Place, Place] = field(default_factory=dict)
    spans: dict[Place, int] = field(default_factory=dict)


class _Reader:
    """Takes the events of one sheet."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.merged: list[str] = []
        self._row = self._column = 0
        self._cells = 0

    def start(self, name: str, element: Any) -> None:
        if name == "row":
            self._row = int(element.get("r") or self._row + 1)
            self._column = 0
            if element.get("hidden") in ("1", "true"):
                self.layout.hidden_rows.add(self._row)
                if len(self.layout.hidden_rows) > MOST_CELLS:
                    raise too_many_rows()

    def end(self, name: str, element: Any) -> None:
        if name == "c":
            self._cell(element)
        elif name == "col" and element.get("hidden") in ("1", "true"):
            last = min(int(element.get("max", 1)), MOST_COLUMNS)
            self.layout.hidden_columns |= set(range(int(element.get("min", 1)) - 1, last))
        elif name == "mergeCell":
            self.merged.append(element.get("ref", ""))
            if len(self.merged) > MOST_CELLS:
                raise too_many_rows()

    def _cell(self, element: Any) -> None:
        if reference := element.get("r"):
            letters, self._row = coordinate_from_string(reference)
            self._column = column_index_from_string(letters)
        else:
            self._column += 1
        parts = {_local(child.tag): child for child in element}
        if not parts:
            return
        formula, value = parts.get("f"), parts.get("v")
        nothing = value is None or not value.text
        # An empty text is a value that a formula may have; Excel marks it so.
        if formula is not None and nothing and element.get("t") != "str":
            self.layout.uncalculated.add((self._row, self._column - 1))
        elif nothing and "is" not in parts:
            return
        self._cells += 1
        self.layout.filled_rows.add(self._row)
        layout = self.layout
        layout.last_row = max(layout.last_row, self._row)
        layout.last_column = max(layout.last_column, self._column)
        if (
            self._cells > MOST_CELLS
            or self._column > MOST_COLUMNS
            or len(layout.filled_rows) > MOST_ROWS
        ):
            raise too_many_rows()

    def place_merged(self) -> None:
        """Spread the merged ranges over what has a value."""
        layout = self.layout
        left = MOST_CELLS
        for reference in self.merged:
            try:
                first_column, first_row, last_column, last_row = range_boundaries(reference)
            except ValueError:
                continue
            if None in (first_column, first_row, last_column, last_row):
                continue
            start = (first_row, first_column - 1)
            if last_column > first_column:
                layout.spans[start] = last_column - first_column + 1
            last_row = min(last_row, layout.last_row)
            left -= max(last_row - first_row, 0)
            if left < 0:
                raise too_many_rows()
            for row in range(first_row + 1, last_row + 1):
                layout.continued[row, start[1]] = start
        layout.hidden_rows = {row for row in layout.hidden_rows if row in layout.filled_rows}


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def layout_of(sheet: Any) -> Layout:
    """The layout of one of openpyxl's read-only worksheets. Raises Unreadable above the limits."""
    reader = _Reader()
    rows: Any = None
    # The library keeps the name of the sheet's part, and its open zip file, to itself.
    with sheet.parent._archive.open(sheet._worksheet_path) as part:
        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            name = _local(element.tag)
            if event == "start":
                if name == "sheetData":
                    rows = element
                reader.start(name, element)
                continue
            reader.end(name, element)
            if name == "row" and rows is not None:
                rows.clear()  # read and done with: memory does not grow with the sheet
    reader.place_merged()
    return reader.layout
