"""A plan as an Excel workbook: the plan, its milestones, and what the file is.

Every sheet has its title in A1, what it is below, and one table whose headings are named as such, so
that a screen reader finds its way. Text is never a formula, days are days.
"""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from app.core.formatting import day
from app.core.spreadsheet_text import to_workbook
from app.delivery.columns import COLUMNS
from app.delivery.exports.plain_text import for_xml
from app.delivery.exports.plan_file import PlanFile, Value

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DAY_FORMAT = "d mmmm yyyy"
_LONGEST = 32_767  # what a cell of Excel holds
_HEADINGS_ROW = 4
# In characters; others are as wide as a date.
_WIDTHS = {"reference": 14, "what": 34, "how": 46, "lead": 17, "organisation": 19,
           "contributors": 17, "start": 14, "due": 20, "reports_to": 18, "reporting": 22,
           "aims": 24, "domains": 14, "slippage": 10, "rag": 9, "rag_reason": 24,
           "last_word": 34}  # fmt: skip
_DAY_WIDTH = 18
_MILESTONE_HEADINGS = {"Milestone": 44, "Belongs to": 44, "Promised": 24, "Promised date": 18,
                       "Forecast": 18, "Done": 18, "Days later than agreed": 10,
                       "Evidence": 44}  # fmt: skip


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
    headings = {c.heading: _WIDTHS.get(c.key, _DAY_WIDTH) for c in COLUMNS}
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
    widths = list(headings.values())
    for number, values in enumerate(rows, _HEADINGS_ROW + 1):
        height = _height(values, widths)
        sheet.row_dimensions[number] = _Fitted(sheet, index=number, ht=height)
        for column, value in enumerate(values, 1):
            _put(sheet, number, column, value, "wm_text")
    sheet.freeze_panes = f"{'C' if name == 'Plan' else 'A'}{_HEADINGS_ROW + 1}"
    last = f"{get_column_letter(len(headings))}{_HEADINGS_ROW + len(rows)}"
    if rows:  # Excel has no table without rows
        table = Table(displayName=f"{name}Table", ref=f"A{_HEADINGS_ROW}:{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(table)
    _print_setup(sheet, file)


class _Fitted(RowDimension):  # type: ignore[misc]
    """A row of a given height that grows when somebody types more into it."""

    customHeight = False  # noqa: N815 (the file format's name)


def _height(values: Sequence[Value], widths: Sequence[int]) -> float:
    """In points. Excel fits rows to wrapped text only when it is typed, not when a file is opened."""
    lines = max(
        sum(1 + int(len(line) / (1.1 * width)) for line in value.split("\n"))
        if isinstance(value, str)
        else 1
        for value, width in zip(values, widths, strict=True)
    )
    return min(409.0, 13.0 * lines + 3)


def _print_setup(sheet: Worksheet, file: PlanFile) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    # All columns on one page would be too small to read: the plan prints on two side by side, each
    # beginning with reference and activity.
    sheet.page_setup.fitToWidth = 2 if sheet.title == "Plan" else 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.title == "Plan":
        sheet.print_title_cols = "A:B"
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
    text = to_workbook(for_xml(value))[:_LONGEST]
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
