"""What is looked for, kept in the URL so that it can be sent to somebody."""

from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.core.dates_field import read_day
from app.core.formatting import day
from app.core.searching import source_of
from app.search.words import Sought, sought

LONGEST = 200
STATES = (("open", "Not done yet"), ("done", "Done"))


@dataclass(frozen=True)
class Wanted:
    """Each field is as in the URL; empty means all. Values that mean nothing are dropped when read.

    A workstream's slug is checked against those that the reader sees by `app.search.finding`.
    """

    q: str = ""
    kind: str = ""
    workstream: str = ""  # its slug; those below it count too
    since: str = ""
    state: str = ""
    error: str = field(default="", compare=False)  # what is wrong with `since`, in words
    cut: bool = field(default=False, compare=False)  # more was typed than is looked for

    @classmethod
    def read(cls, args: "MultiDict[str, str]") -> "Wanted":
        """From a query string."""
        typed = {name: args.get(name, "") for name in cls.names()}
        # What cannot be seen cannot be meant either: NULs and the like become spaces.
        plain = {
            name: " ".join("".join(c if c.isprintable() else " " for c in text).split())
            for name, text in typed.items()
        }
        error = ""
        try:
            read_day(plain["since"][:LONGEST]) if plain["since"] else None
        except ValueError as wrong:
            error = str(wrong)
        return cls(
            q=plain["q"][:LONGEST].rstrip(),
            kind=plain["kind"] if source_of(plain["kind"]) else "",
            workstream=plain["workstream"][:LONGEST],
            since=plain["since"][:LONGEST],
            state=plain["state"] if plain["state"] in dict(STATES) else "",
            error=error,
            cut=len(plain["q"]) > LONGEST,
        )

    @classmethod
    def names(cls) -> list[str]:
        """The URL's parameters."""
        return [f.name for f in fields(cls) if f.compare]

    @cached_property
    def sought(self) -> Sought:
        """The words of `q`."""
        return sought(self.q)

    @property
    def since_day(self) -> date | None:
        """The first day wanted; None for all, or when it could not be read."""
        return read_day(self.since) if self.since and not self.error else None

    def url(self, **changes: str) -> str:
        """Its URL, changed as said; "" takes a part away."""
        chosen = {name: getattr(self, name) for name in self.names()} | changes
        query = {name: value for name, value in chosen.items() if value}
        return "/search" + (f"?{urlencode(query)}" if query else "")

    @property
    def everywhere(self) -> str:
        """The same words without any filter."""
        return self.url(**{name: "" for name in self.names() if name != "q"})

    def chips(self, workstreams: dict[str, str]) -> list[tuple[str, str]]:
        """(words, URL without it) of each filter in force. `workstreams`: names by slug."""
        source: Any = source_of(self.kind)
        words = {
            "kind": source and f"Kind: {source.plural}",
            "workstream": self.workstream and f"In: {workstreams[self.workstream]}",
            "since": self.since_day and f"Since {day(self.since_day)}",
            "state": self.state and dict(STATES)[self.state],
        }
        return [(text, self.url(**{name: ""})) for name, text in words.items() if text]
