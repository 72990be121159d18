"""The ranking as a workbook or as CSV. Text is never a formula, numbers are numbers."""

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from app.cohorts.reviewing.models import Recommendation
from app.cohorts.reviewing.ranking import Ranked
from app.core import clock
from app.core.formatting import day
from app.core.spreadsheet_text import escape_formula, to_workbook
from app.delivery.exports.plain_text import for_xml

Value = str | int | Decimal | None

# Heading -> width in characters.
_HEADINGS = {
    "Rank": 8,
    "Tied": 8,
    "Reference": 14,
    "Name": 28,
    "Stage": 14,
    "Mean (1 to 5)": 14,
    "Lowest": 10,
    "Highest": 10,
    "Spread": 10,
    "Reviews": 10,
    "Yes": 8,
    "Maybe": 8,
    "No": 8,
    "Reviewers disagree": 18,
    "Note": 40,
}
_HEADINGS_ROW = 4


def _values(row: Ranked) -> list[Value]:
    return [
        row.rank,
        "Yes" if row.tied else "",
        row.reference,
        row.name,
        row.stage.label,
        row.mean,
        row.lowest,
        row.highest,
        row.spread,
        row.reviews,
        *(row.recommendations[r] for r in Recommendation),
        "Yes" if row.disagree else "No",
        "Left out until you have given your own scores" if row.withheld else "",
    ]


def _csv(title: str, rows: Sequence[Ranked]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for row in rows:
        writer.writerow(
            escape_formula(value) if isinstance(value, str) else value for value in _values(row)
        )
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _xlsx(title: str, rows: Sequence[Ranked]) -> bytes:
    book = Workbook()
    book.properties.title = for_xml(title)
    book.properties.creator = book.properties.lastModifiedBy = "Waymark"
    book.properties.language = "en-GB"
    sheet: Worksheet = book.active
    sheet.title = "Ranking"
    sheet["A1"], sheet["A1"].font = for_xml(title), Font(name="Arial", size=16, bold=True)
    sheet["A2"] = f"As of {day(clock.today())}. Holds personal data: keep it safe, and delete it."
    for number, (heading, width) in enumerate(_HEADINGS.items(), 1):
        sheet.cell(_HEADINGS_ROW, number, heading)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows, _HEADINGS_ROW + 1):
        for column, value in enumerate(_values(row), 1):
            _put(sheet, number, column, value)
    sheet.freeze_panes = f"D{_HEADINGS_ROW + 1}"
    if rows:  # Excel has no table without rows
        last = f"{get_column_letter(len(_HEADINGS))}{_HEADINGS_ROW + len(rows)}"
        table = Table(displayName="RankingTable", ref=f"A{_HEADINGS_ROW}:{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(table)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADINGS_ROW}:{_HEADINGS_ROW}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = to_workbook(for_xml(value))
    # Whatever it looks like, it is text.
    cell.data_type = "s"
    if value[0] in "=+-@'":
        cell.quotePrefix = True


# Ending -> what writes it (a title, the rows), its media type.
FORMATS: dict[str, tuple[Callable[[str, Sequence[Ranked]], bytes], str]] = {
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (_csv, "text/csv"),
}
