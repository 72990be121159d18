"""Findings as an Excel workbook: a row for each note. No cell is run as a formula, days are days."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.core.spreadsheet_text import to_workbook
from app.delivery.exports.plain_text import for_xml
from app.evaluation.exports.reading import FindingsFile

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_PARTS = ("What it shows", "So what", "The note", "Method", "Sample", "What it bears on")
_FACTS = ("Kind", "Direction", "Strength", "By", "Who may read it")
_WIDTHS = {"Title": 40, "Date": 16, **dict.fromkeys(_FACTS, 20), **dict.fromkeys(_PARTS, 44)}
_LONGEST = 32_767  # what a cell of Excel holds


def write(file: FindingsFile) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    book.properties.title = for_xml(file.title)
    book.properties.creator = book.properties.lastModifiedBy = "Waymark"
    book.properties.language = "en-GB"
    sheet: Worksheet = book.active
    sheet.title = "Findings"
    _put(sheet, 1, 1, file.title, bold=True)
    for number, line in enumerate(file.lines, 2):
        _put(sheet, number, 1, line)
    head = len(file.lines) + 3
    for column, (heading, width) in enumerate(_WIDTHS.items(), 1):
        _put(sheet, head, column, heading, bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, note in enumerate(file.notes, head + 1):
        parts = dict(note.parts)
        _put(sheet, row, 1, note.title)
        day = sheet.cell(row, 2, note.on)
        day.number_format, day.alignment = "d mmmm yyyy", Alignment(vertical="top")
        words = [*(note.facts[name] for name in _FACTS), *(parts.get(name, "") for name in _PARTS)]
        for column, text in enumerate(words, 3):
            _put(sheet, row, column, text)
    sheet.freeze_panes = f"B{head + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head}:{head}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Worksheet, row: int, column: int, text: str, *, bold: bool = False) -> None:
    if not text:
        return
    cell = sheet.cell(row, column)
    plain = to_workbook(for_xml(text))[:_LONGEST]
    cell.value = plain
    cell.font = Font(name="Arial", size=10, bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=row > 3)
    # Whatever it looks like, it is text.
    cell.data_type = "s"
    if plain[:1] in ("=", "+", "-", "@", "'"):
        cell.quotePrefix = True
