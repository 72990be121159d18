"""The numbers as CSV or Excel: what the page shows, cell for cell, small numbers hidden alike."""

import csv
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.cohorts.figures.tables import Figure
from app.core.spreadsheet_text import escape_formula, to_workbook
from app.delivery.exports.plain_text import for_xml

MIMETYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NOTHING = "There is nothing to show yet."
_Row = list[int | str]
_NAME_WIDTH, _NUMBER_WIDTH = 44, 16  # characters


def as_csv(figures: Sequence[Figure]) -> bytes:
    """UTF-8 that Excel knows by its mark. Each row begins with the figure that it belongs to, so that
    one table holds them all; figures of other columns begin another one, after an empty line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    headings: list[str] = []
    if not figures:
        writer.writerow([NOTHING])
    for figure in figures:
        mine = ["Figure", figure.heading, *figure.columns]
        if mine != headings:
            if headings:
                writer.writerow([])
            headings = mine
            writer.writerow([escape_formula(heading) for heading in headings])
        for row in _rows(figure):
            writer.writerow([_csv_cell(value) for value in [figure.title, *row]])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def as_xlsx(figures: Sequence[Figure], *, title: str, notes: Sequence[str]) -> bytes:
    """A workbook: a sheet for each figure, its title in A1 and what it is below."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = for_xml(title)
    book.properties.creator = book.properties.lastModifiedBy = "Waymark"
    book.properties.language = "en-GB"
    if not figures:
        _put(book.create_sheet("Numbers"), 1, 1, f"{title}. {NOTHING}", bold=True)
    for number, figure in enumerate(figures, start=1):
        sheet: Worksheet = book.create_sheet(_sheet_name(number, figure.title))
        _put(sheet, 1, 1, f"{title}. {figure.title}", bold=True)
        for line, note in enumerate(notes, start=2):
            _put(sheet, line, 1, note)
        head = len(notes) + 3
        for column, heading in enumerate([figure.heading, *figure.columns], start=1):
            _put(sheet, head, column, heading, bold=True)
            width = _NAME_WIDTH if column == 1 else _NUMBER_WIDTH
            sheet.column_dimensions[get_column_letter(column)].width = width
        for line, row in enumerate(_rows(figure), start=head + 1):
            for column, value in enumerate(row, start=1):
                _put(sheet, line, column, value)
        sheet.freeze_panes = f"B{head + 1}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(figure: Figure) -> list[_Row]:
    return [[name, *(cell.value for cell in cells)] for name, cells in figure.lines]


def _csv_cell(value: int | str) -> str:
    return str(value) if isinstance(value, int) else escape_formula(value)


def _sheet_name(number: int, title: str) -> str:
    """At most 31 characters, none that Excel forbids, no two alike."""
    plain = re.sub(r"[^\w ]", "", title)
    return f"{number} {plain}"[:31].strip()


def _put(sheet: Worksheet, row: int, column: int, value: int | str, *, bold: bool = False) -> None:
    cell = sheet.cell(row, column)
    cell.font = Font(name="Arial", size=10, bold=bold)
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = to_workbook(for_xml(value))
    # Whatever it looks like, it is text.
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=bold and row > 1)
