"""A workbook with the headings that an import knows, for those who start from nothing."""

from io import BytesIO

import openpyxl
from flask import send_file
from flask.typing import ResponseReturnValue
from openpyxl.styles import Alignment, Font

from app.delivery.columns import COLUMNS

_WIDE = {"what": 45, "how": 45, "due": 24}
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template_file(slug: str) -> ResponseReturnValue:
    """The workbook as a download."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    columns = [c for c in COLUMNS if c.imported and c.key != "reference"]
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number, column.heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = _WIDE.get(column.key, 18)
    sheet.freeze_panes = "A2"
    written = BytesIO()
    book.save(written)
    written.seek(0)
    return send_file(written, mimetype=_TYPE, as_attachment=True, download_name=f"{slug}-plan.xlsx")
