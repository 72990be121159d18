"""Findings as a tagged PDF (PDF/UA-1), set by Typst (docs/decisions/020)."""

from pathlib import Path

from app.core.formatting import day
from app.delivery.exports.pdf import typeset
from app.evaluation.exports.reading import FindingsFile

MIMETYPE = "application/pdf"

_TEMPLATE = Path(__file__).with_name("findings.typ")


def write(file: FindingsFile) -> bytes:
    """The PDF's bytes. Raises NotTypeset."""
    made = file.made
    return typeset(
        _TEMPLATE,
        {
            "title": file.title,
            "made": {"year": made.year, "month": made.month, "day": made.day},
            "lines": file.lines,
            "notes": [
                {
                    "title": note.title,
                    "on": day(note.on),
                    "facts": list(note.facts.items()),
                    "parts": [
                        [heading, [p for p in text.split("\n") if p.strip()]]
                        for heading, text in note.parts
                    ],
                }
                for note in file.notes
            ],
            "undrawn": False,
        },
    )
