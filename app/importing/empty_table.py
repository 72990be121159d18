"""A workbook with the headings that an import knows and nothing else, for those who start from nothing."""

from collections.abc import Mapping
from io import BytesIO

import openpyxl
from flask import send_file
from flask.typing import ResponseReturnValue
from openpyxl.styles import Alignment, Font

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def empty_table(
    sheet_name: str, headings: Mapping[str, int], file_name: str
) -> ResponseReturnValue:
    """The workbook as a download; `headings` maps each to the width of its column in characters."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = sheet_name
    for number, (heading, width) in enumerate(headings.items(), start=1):
        cell = sheet.cell(1, number, heading)
        cell.data_type = "s"
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    written = BytesIO()
    book.save(written)
    written.seek(0)
    return send_file(written, mimetype=_TYPE, as_attachment=True, download_name=file_name)
