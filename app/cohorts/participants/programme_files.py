"""The programme of a showcase as a file to hand out: Word, or a tagged PDF."""

import io
from datetime import date
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from app.cohorts.participants.programme import Showcase
from app.delivery.exports.pdf import typeset
from app.delivery.exports.plain_text import for_xml
from app.workstreams.queries import Place

_TEMPLATE = Path(__file__).with_name("programme.typ")


def as_pdf(place: Place, showcase: Showcase, today: date) -> bytes:
    """The PDF's bytes. Raises NotTypeset."""
    return typeset(
        _TEMPLATE,
        {
            "title": _title(place, showcase),
            "made": {"year": today.year, "month": today.month, "day": today.day},
            "lines": _lines(place, showcase),
            "items": [
                {"name": one.application.called, "title": one.project_title, "about": one.project}
                for one in showcase.programme
            ],
            "undrawn": False,
        },
    )


def as_word(place: Place, showcase: Showcase) -> bytes:
    """The document's bytes."""
    document = Document()
    about = document.core_properties
    about.title, about.author, about.language = _title(place, showcase)[:255], "Waymark", "en-GB"
    about.comments = ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    document.add_heading(for_xml(_title(place, showcase)), level=1)
    for line in _lines(place, showcase):
        document.add_paragraph(for_xml(line))
    document.add_heading("Programme", level=2)
    for one in showcase.programme:
        words = document.add_paragraph(style="List Number")
        words.add_run(for_xml(one.project_title or "Project to be named")).bold = True
        words.add_run(for_xml(f", {one.application.called}"))
        if one.project:
            words.add_run().add_break()
            words.add_run(for_xml(one.project))
    if not showcase.programme:
        document.add_paragraph("Nobody is in the programme yet.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _title(place: Place, showcase: Showcase) -> str:
    what = showcase.session.title if showcase.session else "Showcase"
    return f"{what}, {place.workstream.name}"


def _lines(place: Place, showcase: Showcase) -> list[str]:
    session = showcase.session
    if session is None:
        return []
    where = "" if session.is_link else session.place
    return [f"{session.weekday}, {session.times}", *([where] if where else [])]
