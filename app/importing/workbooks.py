"""The sheets of an Excel workbook, read as they are shown: by openpyxl, row by row, within bounds."""

import math
import warnings
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.core.formatting import day as day_words
from app.core.spreadsheet_text import from_workbook
from app.importing.grids import EMPTY, Cell, Grid, Row, clean, of_day
from app.importing.limits import (
    LONGEST_CELL,
    MOST_GRIDS,
    Allowance,
    Unreadable,
    damaged,
    too_many_rows,
)
from app.importing.sheet_layout import Layout, layout_of

# Excel keeps fifteen digits; beyond this a number says nothing that somebody could have meant.
_LARGEST = 1e300


def read(data: bytes) -> list[Grid]:
    """Every worksheet with something in it, hidden ones marked. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that do not matter for reading
            return _sheets(data)
    except Unreadable:
        raise
    except Exception as error:  # whatever a library says of a file that is none
        raise damaged("workbook") from error


def _sheets(data: bytes) -> list[Grid]:
    # Values as Excel last worked them out; nothing is calculated here, and links are not followed.
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    allowance = Allowance()
    grids = []
    try:
        if len(book.worksheets) > MOST_GRIDS:
            raise too_many_rows()
        for sheet in book.worksheets:
            layout = layout_of(sheet)
            rows = _rows(sheet, layout, allowance)
            if not rows:
                continue
            grids.append(
                Grid(
                    f"Sheet “{sheet.title}”",
                    rows,
                    sheet.title,
                    hidden=sheet.sheet_state != "visible",
                    hidden_columns=frozenset(layout.hidden_columns),
                    dates_from_1904=book.epoch == CALENDAR_MAC_1904,
                    notes=_notes(layout),
                )
            )
    finally:
        book.close()
    return grids


def _notes(layout: Layout) -> tuple[str, ...]:
    if not layout.hidden_rows:
        return ()
    numbers = sorted(layout.hidden_rows)
    named = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return (f"Hidden rows were left out: {named}. Show them in Excel if they belong to it",)


def _rows(sheet: Any, layout: Layout, allowance: Allowance) -> list[Row]:
    if not layout.last_row:
        return []
    # What the sheet says of its own size may be a million rows, or a lie.
    sheet.reset_dimensions()
    rows = []
    starts = set(layout.continued.values())
    merged: dict[tuple[int, int], Cell] = {}
    shown = sheet.iter_rows(max_row=layout.last_row, max_col=layout.last_column)
    for number, found in enumerate(shown, start=1):
        if number not in layout.filled_rows:
            continue  # there may be a million of them before the last
        values = [_cell(cell, number, at, layout) for at, cell in enumerate(found)]
        filled = any(cell.text or cell.problem for cell in values)
        for column, cell in enumerate(values):
            if (number, column) in starts:
                merged[number, column] = cell
            if start := layout.continued.get((number, column)):
                values[column] = replace(merged.get(start, EMPTY), continues=True, span=1)
            elif cell.text:
                allowance.take(cell.text)
        if filled and number not in layout.hidden_rows:
            while values and not (values[-1].text or values[-1].problem):
                values.pop()
            rows.append(Row(number, tuple(values)))
    return rows


def _cell(found: Any, number: int, column: int, layout: Layout) -> Cell:
    """One cell as it is shown."""
    value = found.value
    span = layout.spans.get((number, column), 1)
    if value is None:
        if (number, column) in layout.uncalculated:
            return Cell(
                problem="holds a formula that has not been worked out. Open the file in Excel, save "
                "it and upload it again"
            )
        return EMPTY
    if found.data_type == "e":
        return Cell(str(value), problem=f"holds an Excel error, {value}. Mend it in Excel")
    if isinstance(value, bool):
        return Cell("Yes" if value else "No", span=span)
    if isinstance(value, datetime | date):
        return _of_date(value)
    if isinstance(value, time | timedelta):
        return Cell(str(value), span=span)
    if isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) > _LARGEST:
            return Cell(str(value), problem="holds a number that is out of range")
        return Cell(_number(value, str(found.number_format or "")), number=float(value), span=span)
    text = clean(from_workbook(str(value)))
    if len(text) > LONGEST_CELL:
        return Cell(f"{text[:100]} …", problem="holds more text than a cell can")
    return Cell(text, span=span)


def _of_date(value: date) -> Cell:
    """A date; the time of day is kept in the words only where there is one."""
    if not isinstance(value, datetime):
        return of_day(value)
    if value.time() == time():
        return of_day(value.date())
    return Cell(f"{day_words(value.date())} {value:%H:%M}", day=value.date())


def _number(value: float, shown_as: str) -> str:
    """A number as Excel shows it, near enough: percentages, pounds, no tails of noughts."""
    if "%" in shown_as:
        return f"{round(value * 100, 6):.15g}%"
    if "£" in shown_as:
        return f"£{value:,.2f}".removesuffix(".00")
    return f"{value:.15g}"
