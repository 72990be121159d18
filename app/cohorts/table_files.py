"""A table as a file to take away: CSV or an Excel workbook. No cell is run as a formula."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from app.core.spreadsheet_text import escape_formula, to_workbook
from app.delivery.exports.plain_text import for_xml

Value = str | int | Decimal | date | None

_LONGEST = 32_767  # what a cell of Excel holds


@dataclass(frozen=True)
class TableFile:
    """`name` is that of the sheet, `title` what the file is about; `columns` maps each heading to its
    width in characters."""

    name: str
    title: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Value]]


def as_csv(file: TableFile) -> bytes:
    """UTF-8 that Excel knows by its mark, every cell quoted; days are written as 2021-06-18."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(file.columns)
    for row in file.rows:
        writer.writerow([_said(value) for value in row])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _said(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    # A number is our own: -3 stays one.
    return str(value) if isinstance(value, int | Decimal) else escape_formula(value)


def as_workbook(file: TableFile) -> bytes:
    """One sheet whose first row has the headings; days are days."""
    book = Workbook(write_only=True)
    book.properties.title = for_xml(file.title)
    book.properties.creator = book.properties.lastModifiedBy = "Waymark"
    book.properties.language = "en-GB"
    sheet = book.create_sheet(file.name)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(file.columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    bold = Font(bold=True)
    sheet.append([_cell(sheet, heading, font=bold) for heading in file.columns])
    for row in file.rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Value, *, font: Font | None = None) -> Any:
    """Plain values as they are, which is quick; a text that looks like a formula as the text it is."""
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "d mmmm yyyy"
        return cell
    if not isinstance(value, str):
        return value
    text = to_workbook(for_xml(value))[:_LONGEST]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@", "'"):
        cell.quotePrefix = True
    if font is not None:
        cell.font = font
    return cell


FORMATS: dict[str, tuple[Callable[[TableFile], bytes], str]] = {
    "csv": (as_csv, "text/csv"),
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
