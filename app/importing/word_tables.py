"""The tables of a Word document, in the order in which they stand.

python-docx opens the document; the text is then taken from the XML, because what has been tracked,
hidden or nested is not told apart by the library's own `cell.text`.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from app.importing.grids import EMPTY, Cell, Grid, Row, clean, normalised
from app.importing.limits import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_GRIDS,
    MOST_ROWS,
    Allowance,
    damaged,
    too_many_rows,
)

_LONGEST_TITLE = 120
# What has been struck out, or is only there for older readers.
_NOT_READ = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:pict", "w:object")))
_TEXT, _RUN, _PARAGRAPH, _TABLE = qn("w:t"), qn("w:r"), qn("w:p"), qn("w:tbl")
_ROW, _CELL = qn("w:tr"), qn("w:tc")
_AROUND = (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"))
_INSTEAD = {
    qn("w:tab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:ptab"): "\t",
}


def read(data: bytes) -> list[Grid]:
    """Every table with something in it; tables under the same headings as one. Raises Unreadable."""
    try:
        body = docx.Document(BytesIO(data)).element.body
    except Exception as error:  # whatever a library says of a file that is none
        raise damaged("Word document") from error
    allowance = Allowance()
    grids: list[Grid] = []
    title = ""
    for number, (words, table) in enumerate(_tables(body), start=1):
        title = words or title
        rows, hidden = _rows(table, allowance)
        if rows:
            name = f"Table {number}"
            notes = (_hidden_note(hidden),) if hidden else ()
            grids.append(Grid(name, rows, title, lettered=False, notes=notes))
        if len(grids) > MOST_GRIDS:
            raise too_many_rows()
    return _joined(grids)


def _hidden_note(numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return f"Hidden rows were left out: {named}"


def _tables(body: Any) -> Iterator[tuple[str, Any]]:
    """(the heading or caption above it, table)."""
    words = ""
    for block in _inside(body):
        if block.tag == _PARAGRAPH:
            text = " ".join(clean(_paragraph(block)).split())
            if text:
                words = text if len(text) <= _LONGEST_TITLE else ""
        elif block.tag == _TABLE:
            yield words, block
            words = ""


def _inside(element: Any) -> Iterator[Any]:
    """Its children, through content controls and tracked insertions around them."""
    for child in element:
        if child.tag in _AROUND:
            yield from _inside(child)
        else:
            yield child


def _rows(table: Any, allowance: Allowance) -> tuple[list[Row], list[int]]:
    """The rows that say something, and the numbers of hidden ones."""
    rows: list[Row] = []
    hidden: list[int] = []
    above: dict[int, Cell] = {}
    number = 0
    for row in (child for child in _inside(table) if child.tag == _ROW):
        properties = row.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        number += 1
        cells = _cells(row, properties, above, allowance)
        if properties is not None and _on(properties.find(qn("w:hidden"))):
            hidden.append(number)
        elif any(cell.text and not cell.continues for cell in cells):
            rows.append(Row(number, tuple(cells)))
        if len(rows) > MOST_ROWS:
            raise too_many_rows()
    return rows, hidden


def _cells(row: Any, properties: Any, above: dict[int, Cell], allowance: Allowance) -> list[Cell]:
    """One row's cells, one for each column of the table's grid. `above` holds, and is given, the
    cells that may go on in the next row."""
    cells = [EMPTY] * _number(properties, "w:gridBefore", 0)
    for found in (child for child in _inside(row) if child.tag == _CELL):
        about = found.find(qn("w:tcPr"))
        span = _number(about, "w:gridSpan", 1)
        merge = about.find(qn("w:vMerge")) if about is not None else None
        column = len(cells)
        if merge is not None and merge.get(qn("w:val")) != "restart" and column in above:
            cell = replace(above[column], continues=True)
        else:
            text = clean(_blocks(found))
            if text:
                allowance.take(text)
            cell = Cell(text, span=span)
            if len(text) > LONGEST_CELL:
                short = f"{text[:100]} …"
                cell = Cell(short, problem="holds more text than a cell can", span=span)
        if merge is not None:
            above[column] = cell
        else:
            above.pop(column, None)
        cells += [cell] + [EMPTY] * (span - 1)
        if len(cells) > MOST_COLUMNS:
            raise too_many_rows()
    return cells


def _number(properties: Any, name: str, default: int) -> int:
    """The value of a counting property, within reason."""
    found = properties.find(qn(name)) if properties is not None else None
    value = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(value), MOST_COLUMNS + 1) if value.isdigit() else default


def _on(found: Any) -> bool:
    """Whether a switch is there and not turned off."""
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")


def _blocks(cell: Any) -> str:
    """Paragraphs as lines; a table within the cell as lines of its own."""
    lines = []
    for block in _inside(cell):
        if block.tag == _PARAGRAPH:
            lines.append(_paragraph(block))
        elif block.tag == _TABLE:
            for row in (child for child in _inside(block) if child.tag == _ROW):
                parts = [_blocks(inner) for inner in _inside(row) if inner.tag == _CELL]
                lines.append(" ".join(part for part in parts if part))
    return "\n".join(lines)


def _paragraph(element: Any) -> str:
    """Text as it would be printed: insertions kept, deletions and hidden text not."""
    parts: list[str] = []
    for child in element:
        if child.tag in _NOT_READ:
            continue
        if child.tag == _RUN:
            parts.append(_run(child))
        elif child.tag != qn("w:pPr") and isinstance(child.tag, str):
            parts.append(_paragraph(child))  # a link, a field, an insertion: runs are inside
    return "".join(parts)


def _run(run: Any) -> str:
    about = run.find(qn("w:rPr"))
    if about is not None and _on(about.find(qn("w:vanish"))):
        return ""
    parts = []
    for child in run:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == qn("w:br"):
            parts.append("" if child.get(qn("w:type")) == "page" else "\n")
        else:
            parts.append(_INSTEAD.get(child.tag, ""))
    return "".join(parts)


def _joined(grids: list[Grid]) -> list[Grid]:
    """Tables whose first rows say the same are one table that was cut, by a page or by its writer."""
    kept: list[Grid] = []
    by_headings: dict[tuple[str, ...], int] = {}
    for grid in grids:
        headings = tuple(normalised(text) for text in grid.rows[0].texts)
        at = by_headings.setdefault(headings, len(kept))
        if at == len(kept) or sum(map(bool, headings)) < 2:
            kept.append(grid)
            continue
        first = kept[at]
        rows = [row if row.part else replace(row, part=first.name) for row in first.rows]
        rows += [replace(row, part=grid.name) for row in grid.rows[1:]]
        if len(rows) > MOST_ROWS:
            raise too_many_rows()
        kept[at] = replace(
            first,
            name=_both(first.name, grid.name),
            rows=rows,
            notes=(*first.notes, *(f"{grid.name}: {note}" for note in grid.notes)),
        )
    return kept


def _both(first: str, second: str) -> str:
    """ "Table 1" and "Table 3" as "Tables 1 and 3"; then "Tables 1, 3 and 4"."""
    number = second.removeprefix("Table ")
    names = first.removeprefix("Tables ").removeprefix("Table ")
    return f"Tables {names.replace(' and ', ', ')} and {number}"
