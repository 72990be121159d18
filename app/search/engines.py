"""The words of a search in each database's own language: the one place that knows them.

Both are given only letters and digits (app/search/words.py), in quotes, and as a parameter: nothing
that anybody typed can be an operator of theirs. Both answer alike, in the same order: hits in titles
before hits in texts, then by kind, then the newest. Neither weighs words by how often they occur
(BM25 does), because it would count rows that the reader may not see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.search.models import DAY_BITS, ID_BITS
from app.search.words import STEM, WHOLE, Sought, Term

_IDS = (1 << ID_BITS) - 1
_DAYS = (1 << DAY_BITS) - 1


@dataclass(frozen=True)
class Question:
    """What both are asked: words, marks of which one must be there (None: whoever asks may read all),
    marks that all must be there, the first day, and how many places at most."""

    sought: Sought
    readable: Sequence[str] | None
    marks: Sequence[str]
    since: date | None
    most: int


@dataclass(frozen=True)
class Place:
    """Where a hit stands in the order of hits; `id` is its entry's."""

    number: int

    @property
    def id(self) -> int:
        return self.number & _IDS

    @property
    def order(self) -> int:
        """Its kind's, counted from the last."""
        return self.number >> (ID_BITS + DAY_BITS)


def places(session: Session, question: Question) -> list[Place]:
    """The first places among the hits, in order: those in titles, then the others while there is
    room. Two statements at most, three on PostgreSQL."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    ask = _postgresql if on_postgresql else _sqlite
    if on_postgresql:
        session.execute(_BY_THE_INDEX)
    found: list[Place] = []
    for in_titles in (True, False):
        room = question.most - len(found)
        if room:
            found += map(Place, session.scalars(*ask(question, in_titles, room)))
    return found


def _sqlite(question: Question, in_titles: bool, room: int) -> tuple[sa.TextClause, dict[str, Any]]:
    words = " AND ".join(map(_fts5, question.sought.terms))
    marks = [f'marks : "{mark}"' for mark in question.marks]
    if question.readable is not None:
        readable = " OR ".join(f'"{mark}"' for mark in question.readable)
        marks.append(f"marks : ({readable})")
    allowed = "".join(f" AND ({mark})" for mark in marks)
    titles = f"title : ({words})"
    match = f"({titles}){allowed}"
    if not in_titles:
        match = f"(({{title body}} : ({words})){allowed}) NOT ({titles})"
    # FTS5 gives its rows by number, the last first: no sorting, and it stops when there are enough.
    since = f"AND ((rowid >> {ID_BITS}) & {_DAYS}) >= :since" if question.since else ""
    statement = sa.text(
        "SELECT rowid FROM search_words WHERE search_words MATCH :match "  # noqa: S608 (constants)
        f"{since} ORDER BY rowid DESC LIMIT :room"
    )
    return statement, {"match": match, "room": room, **_since(question)}


def _since(question: Question) -> dict[str, int]:
    return {"since": question.since.toordinal()} if question.since else {}


def _fts5(term: Term) -> str:
    ways = ['"' + " ".join(STEM + stem for stem in phrase) + '"' for phrase in term.phrases]
    if term.beginning:
        ways += [f'"{letter}{term.beginning}" *' for letter in (STEM, WHOLE)]
    return f"({' OR '.join(ways)})"


# Until the transaction ends. For a limit PostgreSQL likes to read the table from its beginning, which
# is slow where the hits are at its end; and helpers start slower than such a search runs.
_BY_THE_INDEX = sa.text(
    "SELECT set_config('enable_seqscan', 'off', true), "
    "set_config('max_parallel_workers_per_gather', '0', true)"
)


def _postgresql(
    question: Question, in_titles: bool, room: int
) -> tuple[sa.TextClause, dict[str, Any]]:
    titles = "title_vector @@ CAST(:words AS tsquery)"
    texts = f"text_vector @@ CAST(:words AS tsquery) AND NOT {titles}"
    conditions = [titles if in_titles else texts]
    values: dict[str, Any] = {
        "words": " & ".join(map(_tsquery, question.sought.terms)),
        "room": room,
        **_since(question),
    }
    if question.readable is not None:
        conditions.append("mark_list && CAST(:readable AS text[])")
        values["readable"] = list(question.readable)
    if question.marks:
        conditions.append("mark_list @> CAST(:marks AS text[])")
        values["marks"] = list(question.marks)
    if question.since:
        conditions.append(f"(sort & {_DAYS}) >= :since")
    statement = sa.text(
        f"SELECT (sort << {ID_BITS}) | id FROM search_entries "  # noqa: S608 (constants)
        f"WHERE {' AND '.join(conditions)} ORDER BY sort DESC, id DESC LIMIT :room"
    )
    return statement, values


def _tsquery(term: Term) -> str:
    ways = [
        "(" + " <-> ".join(f"'{STEM}{stem}'" for stem in phrase) + ")" for phrase in term.phrases
    ]
    if term.beginning:
        ways += [f"'{letter}{term.beginning}':*" for letter in (STEM, WHOLE)]
    return f"({' | '.join(ways)})"
