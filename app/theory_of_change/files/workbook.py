"""A map as an Excel workbook: steps, links, assumptions, and what the file is."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from app.core.spreadsheet_text import to_workbook
from app.delivery.exports.plain_text import for_xml
from app.theory_of_change.files.map_file import MapFile
from app.theory_of_change.reading import Tied

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Value = str | date | None
_LONGEST = 32_767  # what a cell of Excel holds
_HEADINGS_ROW = 4
_STEPS = {"Number": 9, "Column": 22, "Step": 50, "Detail": 50, "Owner": 22, "Activities": 40,
          "Milestones": 40, "Aims and ambitions": 40, "Indicators": 40}  # fmt: skip
_LINKS = {"Number": 9, "From": 9, "From step": 44, "To": 9, "To step": 44, "Because": 50,
          "Evidence": 20, "Owner": 22}  # fmt: skip
_ASSUMPTIONS = {"Link": 9, "From step": 44, "To step": 44, "Assumption": 50, "State": 14,
                "Why": 50, "Owner": 22, "Review by": 18}  # fmt: skip


def write(file: MapFile) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = for_xml(f"{file.title}. {file.status}")
    book.properties.creator = book.properties.lastModifiedBy = "Waymark"
    book.properties.language = "en-GB"
    for name, (headings, rows) in _tables(file).items():
        _sheet(book.create_sheet(name), file, headings, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tables(file: MapFile) -> dict[str, tuple[dict[str, int], list[list[_Value]]]]:
    """Sheet -> its headings with their widths, and its rows. With a lens, steps and links have what it
    says in their last column."""
    the_map, view = file.the_map, file.view
    numbers = {node.id: f"S{n}" for n, node in enumerate(the_map.nodes, 1)}
    of_link = {link.id: f"L{n}" for n, link in enumerate(the_map.links, 1)}
    texts = {node.id: node.text for node in the_map.nodes}
    steps: list[list[_Value]] = [
        [numbers[n.id], n.kind.label, n.text, n.detail, n.owner,
         *(_tied(some) for some in (n.activities, n.milestones, n.aims, n.indicators))]
        for n in the_map.nodes
    ]  # fmt: skip
    links: list[list[_Value]] = [
        [of_link[one.id], numbers[one.from_id], texts[one.from_id], numbers[one.to_id],
         texts[one.to_id], one.because, one.evidence.label, one.owner]
        for one in the_map.links
    ]  # fmt: skip
    assumptions: list[list[_Value]] = [
        [of_link[link.id], texts[link.from_id], texts[link.to_id], one.text, one.state.label,
         one.why, one.owner, one.review_on]
        for link in the_map.links
        for one in link.assumptions
    ]  # fmt: skip
    lens = {file.lens.label: 30} if file.lens and file.view else {}
    if view is not None and lens:
        for node, row in zip(the_map.nodes, steps, strict=True):
            row.append(view.nodes[node.id].words if node.id in view.nodes else "")
        for link, row in zip(the_map.links, links, strict=True):
            row.append(view.links[link.id].words if link.id in view.links else "")
    about: list[list[_Value]] = [
        [label, words]
        for label, words in (
            ("Map", the_map.title),
            ("Status", file.status),
            ("Situation", the_map.situation),
            ("Aim", the_map.aim),
            ("Who it is for", the_map.who_for),
        )
        if words
    ]
    return {
        "Steps": (_STEPS | lens, steps),
        "Links": (_LINKS | lens, links),
        "Assumptions": (_ASSUMPTIONS, assumptions),
        "About": ({"About": 24, "Words": 100}, about),
    }


def _tied(some: Sequence[Tied]) -> str:
    return "; ".join(one.text for one in some)


def _sheet(
    sheet: Worksheet, file: MapFile, headings: dict[str, int], rows: list[list[_Value]]
) -> None:
    """Title in A1, what it is below, and one table whose headings are named as such."""
    _put(sheet, 1, 1, file.title, Font(name="Arial", size=16, bold=True))
    _put(sheet, 2, 1, ". ".join(line.rstrip(".") for line in file.lines), wraps=False)
    for number, (heading, width) in enumerate(headings.items(), 1):
        _put(sheet, _HEADINGS_ROW, number, heading, Font(name="Arial", size=10, bold=True))
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, values in enumerate(rows, _HEADINGS_ROW + 1):
        for column, value in enumerate(values, 1):
            _put(sheet, number, column, value)
    sheet.freeze_panes = f"A{_HEADINGS_ROW + 1}"
    if rows:  # Excel has no table without rows
        last = f"{get_column_letter(len(headings))}{_HEADINGS_ROW + len(rows)}"
        table = Table(displayName=f"{sheet.title}Table", ref=f"A{_HEADINGS_ROW}:{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(table)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADINGS_ROW}:{_HEADINGS_ROW}"


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: _Value,
    font: Font | None = None,
    *,
    wraps: bool = True,
) -> None:
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    cell.font = font or Font(name="Arial", size=10)
    cell.alignment = Alignment(vertical="top", wrap_text=wraps and row > 1)
    if isinstance(value, date):
        cell.value, cell.number_format = value, "d mmmm yyyy"
        return
    text = to_workbook(for_xml(value))[:_LONGEST]
    cell.value = text
    # Whatever it looks like (=1+1, #N/A), it is text; the mark keeps it so when somebody edits it.
    cell.data_type = "s"
    if text[0] in "=+-@'":
        cell.quotePrefix = True
