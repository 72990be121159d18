"""A map as a Word document that tells it: each link is a sentence, with its evidence and what it assumes."""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from app.core.formatting import day
from app.delivery.exports.plain_text import for_xml
from app.theory_of_change.files.map_file import MapFile
from app.theory_of_change.models import AssumptionState, EvidenceStrength, NodeKind
from app.theory_of_change.reading import AssumptionRow, LinkRow, NodeRow, TheMap

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT, _INK = "Arial", RGBColor(0x12, 0x37, 0x2A)


def write(file: MapFile) -> bytes:
    """The document's bytes."""
    document = Document()
    _set_up(document, file)
    the_map = file.the_map
    document.add_heading(for_xml(file.title), level=1)
    for line in file.lines:
        document.add_paragraph(for_xml(line))
    for heading, words in (
        ("Situation", the_map.situation),
        ("Aim", the_map.aim),
        ("Who it is for", the_map.who_for),
    ):
        if words:
            document.add_heading(heading, level=2)
            document.add_paragraph(for_xml(words))
    if not the_map.nodes:
        document.add_paragraph("Nothing is on this map yet.")
    for kind in NodeKind:
        if nodes := the_map.column(kind):
            document.add_heading(kind.plural, level=2)
            for node in nodes:
                _tell(document, file, node)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sentence(the_map: TheMap, link: LinkRow) -> str:
    """ "If “Hold drop-ins”, then “Young people come”, because they have somewhere to go."."""
    a, b = the_map.by_id[link.from_id].text, the_map.by_id[link.to_id].text
    because = f", because {link.because.rstrip('.')}" if link.because else ""
    return f"If “{a}”, then “{b}”{because}."


def evidence_words(link: LinkRow) -> str:
    """ "There is weak evidence for this."."""
    if link.evidence is EvidenceStrength.NONE:
        return "There is no evidence for this yet."
    return f"There is {link.evidence.value} evidence for this."


def assumption_words(one: AssumptionRow) -> str:
    """ "It assumes: they come. This is doubtful: few did in May. To be looked at again by 1 July 2021."."""
    said = [f"It assumes: {one.text.rstrip('.')}."]
    state = {
        AssumptionState.UNTESTED: "This is untested",
        AssumptionState.HOLDS: "This holds",
        AssumptionState.DOUBTFUL: "This is doubtful",
        AssumptionState.FAILED: "This has failed",
    }[one.state]
    said.append(f"{state}{f': {one.why.rstrip(chr(46))}' if one.why else ''}.")
    if one.owner:
        said.append(f"Owner: {one.owner}.")
    if one.review_on:
        said.append(f"To be looked at again by {day(one.review_on)}.")
    return " ".join(said)


def _tell(document: DocumentObject, file: MapFile, node: NodeRow) -> None:
    the_map = file.the_map
    document.add_heading(for_xml(node.text), level=3)
    for words in (
        node.detail,
        f"Owner: {node.owner}." if node.owner else "",
        file.lens_on(node.id),
        *(
            f"{label}: {'; '.join(one.text for one in tied)}."
            for label, tied in (
                ("In the plan", node.activities),
                ("Milestones", node.milestones),
                ("Aims and ambition statements", node.aims),
                ("Indicators", node.indicators),
            )
            if tied
        ),
    ):
        if words:
            document.add_paragraph(for_xml(words))
    links = the_map.out_of(node.id)
    if not links and node.kind is not NodeKind.IMPACT:
        document.add_paragraph("Nothing follows from this on the map yet.")
    for link in links:
        told = document.add_paragraph()
        told.add_run(for_xml(sentence(the_map, link))).bold = True
        owner = f" Owner: {link.owner}." if link.owner else ""
        told.add_run(for_xml(f" {evidence_words(link)}{owner}"))
        if words := file.lens_on(link.id):
            told.add_run(for_xml(f" {words}"))
        for one in link.assumptions:
            document.add_paragraph(for_xml(assumption_words(one)), style="List Bullet")


def _set_up(document: DocumentObject, file: MapFile) -> None:
    """Language, type and properties."""
    about = document.core_properties
    about.title, about.subject = for_xml(file.title)[:255], for_xml(file.status)[:255]
    about.author = about.last_modified_by = "Waymark"
    about.comments, about.language = "", "en-GB"
    about.created = about.modified = datetime.combine(file.today, datetime.min.time())
    for name, size in (("Normal", 11), ("Heading 1", 18), ("Heading 2", 14), ("Heading 3", 12)):
        font: Any = document.styles[name].font  # type: ignore[attr-defined]
        font.name, font.size, font.color.rgb = _FONT, Pt(size), _INK
        # The template's own fonts are by theme, and would win.
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            font.element.rPr.rFonts.attrib.pop(qn(f"w:{attribute}"), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
