"""What a file of findings says, for each format alike."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.formatting import count, day
from app.evaluation.bearing import borne_by
from app.evaluation.filters import NoteFilter
from app.evaluation.findings import notes_for_file
from app.evaluation.markdown import as_plain
from app.evaluation.models import Audience, Note
from app.evaluation.scales import in_words
from app.workstreams.queries import Place

MOST = 2_000  # of Excel
MOST_SET = 300  # of Word and PDF: about two hundred pages


@dataclass(frozen=True)
class NoteWords:
    """A note in words; `parts` are (heading, text) of what it has."""

    title: str
    on: date
    facts: dict[str, str]
    parts: list[tuple[str, str]]


@dataclass(frozen=True)
class FindingsFile:
    """The notes of a workstream. `lines` say what is in the file, and who must not be handed it."""

    title: str
    slug: str
    made: date
    lines: list[str]
    notes: list[NoteWords]

    def filename(self, ending: str) -> str:
        return f"{self.slug}-findings-{self.made.isoformat()}.{ending}"


def read(
    place: Place, wanted: NoteFilter, borne: dict[str, str], today: date, most: int
) -> FindingsFile:
    """Reads in two queries, however many notes there are. `borne`: texts of what the filter may name."""
    notes = list(notes_for_file(place, wanted, most + 1))
    cut = len(notes) > most
    notes = notes[:most]
    bears = borne_by([note.id for note in notes]) if notes else {}
    chips = [words for words, _ in wanted.chips("", borne)]
    lines = [f"{count(len(notes), 'finding')} on {day(today)}"]
    if cut:
        lines.append(f"Only the newest {most}: filter the findings to see others")
    if chips:
        lines.append("Filtered: " + "; ".join(chips))
    restricted = sum(note.audience is not Audience.EVERYONE for note in notes)
    if restricted:
        lines.append(
            f"{count(restricted, 'note is', 'notes are')} not for everybody: give this file only to "
            "people who may read them"
        )
    return FindingsFile(
        title=f"Findings, {place.workstream.name}",
        slug=place.slug,
        made=today,
        lines=lines,
        notes=[_words(note, [one.text for one in bears.get(note.id, [])]) for note in notes],
    )


def _words(note: Note, bears: list[str]) -> NoteWords:
    parts: list[tuple[str, Any]] = [
        ("What it shows", note.shows),
        ("So what", note.so_what),
        ("The note", as_plain(note.text)),
        ("Method", note.method),
        ("Sample", note.sample),
        ("What it bears on", "\n".join(bears)),
    ]
    return NoteWords(
        title=note.title,
        on=note.on,
        facts={
            "Kind": note.kind.label,
            "Direction": note.direction.label,
            "Strength": in_words(note.scale, note.strength),
            "By": note.author.name if note.author else "Somebody who has left",
            "Who may read it": note.audience.label,
        },
        parts=[(heading, text) for heading, text in parts if text],
    )
