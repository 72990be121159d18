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
from app.search.words import Sought, Term

_IDS = (1 << ID_BITS) - 1
_DAYS = (1 << DAY_BITS) - 1


@dataclass(frozen=True)
class Question:
    """What both are asked: words, marks of which one must be there, marks that all must be there,
    the first day, and how many places at most."""

    sought: Sought
    readable: Sequence[str]
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
    """The first places among the hits, in order. One statement."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    ask = _postgresql if on_postgresql else _sqlite
    return [Place(number) for number in session.scalars(*ask(question))]


def _sqlite(question: Question) -> tuple[sa.TextClause, dict[str, Any]]:
    words = " AND ".join(map(_fts5, question.sought.terms))
    readable = " OR ".join(f'"{mark}"' for mark in question.readable)
    marks = "".join(f' AND marks : "{mark}"' for mark in question.marks)
    allowed = f"marks : ({readable}){marks}"
    since = f" AND ((rowid >> {ID_BITS}) & {_DAYS}) >= :since" if question.since else ""
    one = (
        "SELECT rowid AS place FROM search_words WHERE search_words MATCH :{tier}"
        f"{since} ORDER BY rowid DESC LIMIT :most"
    )
    statement = (
        f"SELECT place FROM (SELECT * FROM ({one.format(tier='titles')}) "
        f"UNION ALL SELECT * FROM ({one.format(tier='texts')})) LIMIT :most"
    )
    return sa.text(statement), {
        "titles": f"(title : ({words})) AND {allowed}",
        "texts": f"(({{title body}} : ({words})) AND {allowed}) NOT (title : ({words}))",
        "since": question.since.toordinal() if question.since else 0,
        "most": question.most,
    }


def _fts5(term: Term) -> str:
    ways = ['"' + " ".join(f"s{stem}" for stem in phrase) + '"' for phrase in term.phrases]
    if term.beginning:
        ways.append(f'"r{term.beginning}" *')
    return f"({' OR '.join(ways)})"


def _postgresql(question: Question) -> tuple[sa.TextClause, dict[str, Any]]:
    since = f" AND (sort & {_DAYS}) >= :since" if question.since else ""
    allowed = (
        f"mark_list && CAST(:readable AS text[]) AND mark_list @> CAST(:marks AS text[]){since}"
    )
    one = (
        "SELECT {tier} AS tier, sort, id FROM search_entries WHERE {words} "
        f"AND {allowed} ORDER BY sort DESC, id DESC LIMIT :most"
    )
    titles = "title_vector @@ CAST(:words AS tsquery)"
    texts = f"text_vector @@ CAST(:words AS tsquery) AND NOT {titles}"
    statement = (
        f"SELECT (sort << {ID_BITS}) | id FROM (({one.format(tier=0, words=titles)}) "
        f"UNION ALL ({one.format(tier=1, words=texts)})) AS hits "
        "ORDER BY tier, sort DESC, id DESC LIMIT :most"
    )
    return sa.text(statement), {
        "words": " & ".join(map(_tsquery, question.sought.terms)),
        "readable": list(question.readable),
        "marks": list(question.marks),
        "since": question.since.toordinal() if question.since else 0,
        "most": question.most,
    }


def _tsquery(term: Term) -> str:
    ways = ["(" + " <-> ".join(f"'s{stem}'" for stem in phrase) + ")" for phrase in term.phrases]
    if term.beginning:
        ways.append(f"'r{term.beginning}':*")
    return f"({' | '.join(ways)})"
