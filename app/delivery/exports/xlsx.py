"""A plan as an Excel workbook: the plan, its milestones, and what the file is.

Every sheet has its title in A1, what it is below, and one table whose headings are named as such, so
that a screen reader finds its way. Text is never a formula, days are days.
"""

import io
import re
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from app.core.formatting import day
from app.delivery.columns import COLUMNS
from app.delivery.exports.plain_text import for_xml
from app.delivery.exports.plan_file import PlanFile, Value

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DAY_FORMAT = "d mmmm yyyy"
_LONGEST = 32_767  # what a cell of Excel holds
_HEADINGS_ROW = 4
# In characters; others are as wide as a date.
_WIDTHS = {"what": 42, "how": 60, "lead": 22, "organisation": 26, "contributors": 26, "due": 24,
           "reports_to": 24, "reporting": 34, "aims": 34, "domains": 22, "rag": 9, "slippage": 13,
           "rag_reason": 34, "last_word": 50, "reference": 16}  # fmt: skip
_MILESTONE_HEADINGS = {"Milestone": 44, "Belongs to": 44, "Promised": 24, "Promised date": 18,
                       "Forecast": 18, "Done": 18, "Days later than agreed": 13,
                       "Evidence": 44}  # fmt: skip
# Excel reads _x0041_ as "A"; a text that really says so has its underscore spelt out.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write(file: PlanFile) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    for style in _styles():
        book.add_named_style(style)
    book.properties.title = for_xml(f"{file.title}. {file.status}")
    book.properties.creator = book.properties.lastModifiedBy = "Waymark"
    book.properties.language = "en-GB"
    plan: Worksheet = book.active
    plan.title = "Plan"
    headings = {c.heading: _WIDTHS.get(c.key, 18) for c in COLUMNS}
    rows: list[list[Value]] = [[row.values[c.key] for c in COLUMNS] for row in file.rows]
    _sheet(plan, file, headings, rows, "Plan")
    milestones: list[list[Value]] = [
        [m.title, m.activity or "The whole plan", m.promised, m.promised_on, m.forecast_on,
         m.done_on, m.slippage, m.evidence]
        for m in file.milestones
    ]  # fmt: skip
    _sheet(book.create_sheet("Milestones"), file, _MILESTONE_HEADINGS, milestones, "Milestones")
    _sheet(book.create_sheet("About"), file, {"About": 34, "Words": 100}, _about(file), "About")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _styles() -> list[NamedStyle]:
    wrapped = Alignment(wrap_text=True, vertical="top")
    line = Border(bottom=Side("medium", color="12372A"))
    fill = PatternFill("solid", fgColor="E3EAE6")
    return [
        NamedStyle("wm_title", font=Font(name="Arial", size=16, bold=True)),
        NamedStyle("wm_note", font=Font(name="Arial", size=10)),
        NamedStyle(
            "wm_heading",
            font=Font(name="Arial", size=10, bold=True),
            alignment=wrapped,
            border=line,
            fill=fill,
        ),
        NamedStyle("wm_text", font=Font(name="Arial", size=10), alignment=wrapped),
        NamedStyle(
            "wm_day",
            font=Font(name="Arial", size=10),
            alignment=Alignment(vertical="top", horizontal="left"),
            number_format=_DAY_FORMAT,
        ),
    ]


def _sheet(
    sheet: Worksheet,
    file: PlanFile,
    headings: dict[str, int],
    rows: Sequence[Sequence[Value]],
    name: str,
) -> None:
    """Title, what it is, and the table; and how it prints."""
    _put(sheet, 1, 1, file.title, "wm_title")
    _put(sheet, 2, 1, ". ".join(file.lines), "wm_note")
    for number, (heading, width) in enumerate(headings.items(), 1):
        _put(sheet, _HEADINGS_ROW, number, heading, "wm_heading")
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, values in enumerate(rows, _HEADINGS_ROW + 1):
        for column, value in enumerate(values, 1):
            _put(sheet, number, column, value, "wm_text")
    sheet.freeze_panes = f"{'C' if name == 'Plan' else 'A'}{_HEADINGS_ROW + 1}"
    last = f"{get_column_letter(len(headings))}{_HEADINGS_ROW + len(rows)}"
    if rows:  # Excel has no table without rows
        table = Table(displayName=f"{name}Table", ref=f"A{_HEADINGS_ROW}:{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(table)
    _print_setup(sheet, file)


def _print_setup(sheet: Worksheet, file: PlanFile) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADINGS_ROW}:{_HEADINGS_ROW}"
    # In a header & begins a code, and 255 characters are all there is.
    sheet.oddHeader.left.text = for_xml(file.title)[:100].replace("&", "&&")
    sheet.oddHeader.right.text = for_xml(file.status)[:100].replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P of &N"


def _put(sheet: Worksheet, row: int, column: int, value: Value, style: str) -> None:
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    cell.style = "wm_day" if isinstance(value, date) else style
    if not isinstance(value, str):
        cell.value = value
        return
    text = _LOOKS_ESCAPED.sub("_x005F_", for_xml(value))[:_LONGEST]
    cell.value = text
    # Whatever it looks like (=1+1, #N/A), it is text; the mark keeps it so when somebody edits it.
    cell.data_type = "s"
    if text[0] in "=+-@'":
        cell.quotePrefix = True


def _about(file: PlanFile) -> list[list[Value]]:
    imported = ", ".join(c.heading for c in COLUMNS if c.imported and c.key != "reference")
    meanings: list[list[Value]] = [[f"What {c.lower()} means", words] for c, words in file.meanings]
    return [
        ["Plan", file.title],
        ["Status", file.status],
        ["Period", file.period],
        ["In this file", file.shown],
        ["Filter", file.only or "None: the whole plan"],
        ["Made on", day(file.today)],
        *meanings,
        [
            "If you change this file",
            f"Import it into the plan again. Waymark then reads: {imported}. Keep the reference of "
            "each row, so that it is known again. Progress is not read: post an update instead.",
        ],
    ]
