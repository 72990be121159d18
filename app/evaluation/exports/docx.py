"""Findings as a Word document: a heading for each note, what it says below."""

import io
from datetime import datetime

from docx import Document
from docx.oxml.ns import qn

from app.core.formatting import day
from app.delivery.exports.plain_text import for_xml
from app.evaluation.exports.reading import FindingsFile

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(file: FindingsFile) -> bytes:
    """The document's bytes."""
    document = Document()
    about = document.core_properties
    about.title = for_xml(file.title)[:255]
    about.author = about.last_modified_by = "Waymark"
    about.comments, about.language = "", "en-GB"
    about.created = about.modified = datetime.combine(file.made, datetime.min.time())
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    document.add_heading(for_xml(file.title), level=1)
    for line in file.lines:
        document.add_paragraph(for_xml(line))
    for note in file.notes:
        document.add_heading(for_xml(note.title), level=2)
        facts = [day(note.on), *(f"{name}: {words}" for name, words in note.facts.items())]
        document.add_paragraph(for_xml(". ".join(facts)))
        for heading, text in note.parts:
            document.add_heading(heading, level=3)
            for paragraph in text.split("\n"):
                if paragraph.strip():
                    document.add_paragraph(for_xml(paragraph))
    if not file.notes:
        document.add_paragraph("There are none.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
