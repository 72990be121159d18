"""A plan as a Word document that reads well on A4 and comes back: a title, which version it is, one
table whose headings repeat on every page, the milestones, and what the colours mean.

Not every column fits a page. What is left out (start, contributors, what a row serves, and columns that
no row fills) the importer leaves alone, as it does with every column that a file has not.
"""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from app.delivery.columns import COLUMNS
from app.delivery.exports.plain_text import for_xml
from app.delivery.exports.plan_file import PlanFile, Row

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_PAGE_CM = (29.7, 21.0)
_MARGIN_CM = 1.5
_TEXT_CM = _PAGE_CM[0] - 2 * _MARGIN_CM
# A row that is longer than about half a page may break across two.
_KEPT_TOGETHER = 1_200
_FONT = "Arial"
_INK = RGBColor(0x12, 0x37, 0x2A)

# Key of columns.py, and its share of the width. The first four are there even when they are empty.
_SHARES = {"reference": 2, "what": 4, "how": 5.2, "due": 2.6, "lead": 2, "organisation": 2.5,
           "reports_to": 2.3, "reporting": 2.1, "rag": 2.6, "last_word": 3}  # fmt: skip
_ALWAYS = ("reference", "what", "how", "due")
_MILESTONE_SHARES = {"Milestone": 7, "Belongs to": 7, "Promised": 4, "Forecast": 4, "Done": 4}


def write(file: PlanFile) -> bytes:
    """The document's bytes."""
    document = Document()
    _set_up(document, file)
    document.add_heading(for_xml(file.title), level=1)
    for line in file.lines:
        document.add_paragraph(for_xml(line))
    document.add_heading("Activities", level=2)
    if file.rows:
        _activities(document, file)
    else:
        document.add_paragraph("There are none.")
    if file.milestones:
        document.add_heading("Milestones", level=2)
        _table(
            document,
            "Milestones",
            list(_MILESTONE_SHARES),
            list(_MILESTONE_SHARES.values()),
            [milestone.cells for milestone in file.milestones],
        )
    document.add_heading("What the colours mean", level=2)
    for colour, words in file.meanings:
        document.add_paragraph(for_xml(f"{colour}: {words}"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# Progress, which does not come back, may say more in a cell than its column.
_SAID: dict[str, Callable[[Row], str]] = {
    "rag": lambda row: row.standing,
    "last_word": lambda row: row.latest,
}


def _activities(document: DocumentObject, file: PlanFile) -> None:
    columns = [
        column
        for key in _SHARES
        for column in COLUMNS
        if column.key == key and (key in _ALWAYS or any(row.values[key] for row in file.rows))
    ]
    _table(
        document,
        "Activities",
        [column.heading for column in columns],
        [_SHARES[column.key] for column in columns],
        [
            [_SAID[c.key](row) if c.key in _SAID else row.text(c.key) for c in columns]
            for row in file.rows
        ],
    )


def _set_up(document: DocumentObject, file: PlanFile) -> None:
    """Page, language, type, properties, and the foot of each page."""
    about = document.core_properties
    about.title = for_xml(file.title)[:255]
    about.subject = for_xml(file.status)[:255]
    about.author = about.last_modified_by = "Waymark"
    about.comments, about.language = "", "en-GB"
    about.created = about.modified = datetime.combine(file.today, datetime.min.time())
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Cm(side) for side in _PAGE_CM)
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    for name, size in (("Normal", 10), ("Heading 1", 18), ("Heading 2", 14)):
        font = document.styles[name].font  # type: ignore[attr-defined]
        font.name, font.size = _FONT, Pt(size)
        font.color.rgb = _INK
        # The template's own fonts are by theme, and would win.
        fonts = font.element.rPr.rFonts
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    foot = section.footer.paragraphs[0]
    foot.add_run(for_xml(f"{file.title}. {file.status}. Page ")).font.size = Pt(8)
    for instruction, after in (("PAGE", " of "), ("NUMPAGES", "")):
        foot._p.append(
            parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}">'
                '<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
            )
        )
        foot.add_run(after).font.size = Pt(8)


def _table(
    document: DocumentObject,
    title: str,
    headings: Sequence[str],
    shares: Sequence[float],
    rows: Sequence[Sequence[str]],
) -> None:
    """A table with a heading row that repeats; each cell is one paragraph with line breaks, so that
    its text comes back as it went. (Rows are made as XML: python-docx looks the whole table through
    for each.)"""
    table = document.add_table(rows=0, cols=len(headings), style="Table Grid")
    table.autofit = False
    widths = [int(Cm(_TEXT_CM) * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="70" w:type="dxa"/>'
        '<w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    )
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins)
    look.addnext(caption)
    table._tbl.append(_row(headings, widths, heading=True))
    small = (
        headings.index("Reference") if "Reference" in headings else None
    )  # long, and read by few
    for cells in rows:
        table._tbl.append(_row(cells, widths, small=small))


def _row(
    cells: Sequence[str], widths: Sequence[int], *, heading: bool = False, small: int | None = None
) -> Any:
    together = heading or sum(len(cell) for cell in cells) < _KEPT_TOGETHER
    marks = ("<w:cantSplit/>" if together else "") + ("<w:tblHeader/>" if heading else "")
    row = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr>{marks}</w:trPr></w:tr>")
    for place, (text, width) in enumerate(zip(cells, widths, strict=True)):
        size = 14 if text and place == small else 16  # half points
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="E3EAE6"/>' if heading else ""
        bold = "<w:b/>" if heading else ""
        cell = parse_xml(
            f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{width // 635}" w:type="dxa"/>{shade}</w:tcPr>'
            '<w:p><w:pPr><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/></w:pPr>'
            f'<w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr></w:r></w:p></w:tc>'
        )
        cell.p_lst[0].r_lst[0].text = for_xml(text)
        row.append(cell)
    return row
