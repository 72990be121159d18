"""Which notes are looked for, kept in the URL so that it can be sent to somebody."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from app.core.dates_field import read_day
from app.core.formatting import day
from app.evaluation.bearing import bears_on, read_key
from app.evaluation.models import Direction, Note, NoteKind
from app.evaluation.scales import LEVELS

LONGEST = 200
UNRATED = "none"
_SEARCHED = (Note.title, Note.text, Note.method, Note.sample, Note.shows, Note.so_what)
_MOST_WORDS = 12


@dataclass(frozen=True)
class NoteFilter:
    """Each field is as in the URL; empty means all. Values that mean nothing are dropped when read;
    of a date that cannot be read `errors` says what is wrong."""

    q: str = ""
    strength: str = ""  # a level, or "none" for what is not rated
    direction: str = ""
    kind: str = ""
    bears: str = ""  # as `Borne.key`
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, args: "MultiDict[str, str]") -> "NoteFilter":
        """From a query string."""
        typed = {f.name: " ".join(args.get(f.name, "")[:LONGEST].split()) for f in fields(cls)}
        typed["q"] = "".join(c for c in typed["q"] if c.isprintable())
        allowed = {
            "strength": {UNRATED, *map(str, LEVELS)},
            "direction": {one.value for one in Direction},
            "kind": {one.value for one in NoteKind},
        }
        for name, values in allowed.items():
            if typed[name] not in values:
                typed[name] = ""
        if read_key(typed["bears"]) is None:
            typed["bears"] = ""
        return cls(**typed)

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong with a date, by field."""
        found = {}
        for name in ("since", "until"):
            try:
                self._day(name)
            except ValueError as wrong:
                found[name] = str(wrong)
        return found

    def _day(self, name: str) -> date | None:
        text = getattr(self, name)
        return read_day(text) if text else None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """As SQL on Note."""
        found: list[sa.ColumnElement[bool]] = []
        for word in self.q.split()[:_MOST_WORDS]:
            found.append(sa.or_(*(text.icontains(word, autoescape=True) for text in _SEARCHED)))
        if self.strength:
            level = None if self.strength == UNRATED else int(self.strength)
            found.append(Note.strength.is_(None) if level is None else Note.strength == level)
        if self.direction:
            found.append(Note.direction == Direction(self.direction))
        if self.kind:
            found.append(Note.kind == NoteKind(self.kind))
        if named := read_key(self.bears):
            found.append(Note.id.in_(bears_on(*named)))
        wrong = self.errors
        for name in {"since", "until"} - wrong.keys():
            on = self._day(name)
            if on is not None:
                found.append(Note.on >= on if name == "since" else Note.on <= on)
        return found

    @property
    def query(self) -> str:
        """Its part of a URL, with the question mark; "" where nothing is asked."""
        return self._query({})

    def _query(self, changes: dict[str, str]) -> str:
        chosen = {f.name: getattr(self, f.name) for f in fields(self)} | changes
        given = {name: value for name, value in chosen.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def url(self, base: str, **changes: str) -> str:
        """Its URL, changed as said; "" takes a part away."""
        return base + self._query(changes)

    def chips(self, base: str, borne: dict[str, str]) -> list[tuple[str, str]]:
        """(words, URL without it) of each filter in force. `borne`: texts of what notes bear on."""
        found: dict[str, Any] = {
            "q": self.q and f"Words: {self.q}",
            "strength": self.strength
            and ("Not rated" if self.strength == UNRATED else f"Strength {self.strength} of 5"),
            "direction": self.direction and Direction(self.direction).label,
            "kind": self.kind and NoteKind(self.kind).label,
            "bears": self.bears and f"On: {borne.get(self.bears, 'something no longer there')}",
        }
        wrong = self.errors
        for name, word in (("since", "From"), ("until", "To")):
            if name not in wrong and (on := self._day(name)):
                found[name] = f"{word} {day(on)}"
        return [(words, self.url(base, **{name: ""})) for name, words in found.items() if words]
