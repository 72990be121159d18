"""`search(user, wanted, number)`: the one way to find things, on either database.

What somebody may read is worked out from the tree at each search (`ids_where`) and is part of the
question that the index answers: rows that they may not see are never counted, ranked or quoted.
"""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup

from app.core.access import User
from app.core.formatting import count
from app.core.paging import Page
from app.core.rights import Right, decide
from app.core.searching import Source, source_of, sources
from app.extensions import db
from app.search import engines
from app.search.filters import Wanted
from app.search.keeping import DONE, NOT_DONE, mark_of, mark_of_kind, order_of
from app.search.models import SearchEntry
from app.search.snippets import marked, snippet
from app.workstreams.models import Workstream
from app.workstreams.queries import ids_where, visible_ids

PAGE_SIZE = 20
# Beyond this many nobody leafs: there they are counted no further, and asked for more words.
MOST = 1_000


@dataclass(frozen=True)
class Hit:
    """Something found, as the page shows it."""

    url: str
    title: Markup
    source: Source
    workstream: str
    workstream_url: str
    on: date | None
    done: bool | None
    snippet: Markup


@dataclass(frozen=True)
class Found:
    """A page of hits. `more`: there are more than are counted. `by_kind` is empty then."""

    page: Page[Hit]
    more: bool
    by_kind: list[tuple[Source, int]]
    wanted: Wanted  # without what means nothing to this reader
    workstreams: list[tuple[str, str]]  # (slug, name) to choose from

    @property
    def in_words(self) -> str:
        """How much was found."""
        if self.more:
            return f"More than {MOST:,} results"
        return count(self.page.total, "result") if self.page.total else "Nothing found"


@dataclass(frozen=True)
class _Seen:
    """A workstream that the reader sees."""

    id: uuid.UUID
    parent_id: uuid.UUID | None
    slug: str
    name: str
    archived: bool


def search(user: User, wanted: Wanted, number: int) -> Found:
    """Page `number` of what `user` may read and `wanted` asks for; the last when there are fewer."""
    seen = _seen(user)
    choices = [(stream.slug, stream.name) for stream in seen if not stream.archived]
    if wanted.workstream not in dict(choices):
        wanted = replace(wanted, workstream="")
    places = _places(user, wanted, seen)
    more = len(places) > MOST
    places = places[:MOST]
    number = min(number, max(1, -(-len(places) // PAGE_SIZE)))
    here = places[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    counted = Counter(place.order for place in places)
    return Found(
        page=Page(
            _hits(user, wanted, [place.id for place in here]), number, len(places), PAGE_SIZE
        ),
        more=more,
        by_kind=[
            (source, counted[order_of(source)])
            for source in sources()
            if not more and counted[order_of(source)]
        ],
        wanted=wanted,
        workstreams=choices,
    )


def _seen(user: User) -> list[_Seen]:
    """By name, archived ones too: what is below them is still seen."""
    rows = db.session.execute(
        sa.select(
            Workstream.id,
            Workstream.parent_id,
            Workstream.slug,
            Workstream.name,
            Workstream.archived_at.is_not(None),
        )
        .where(Workstream.id.in_(visible_ids(user)))
        .order_by(sa.func.lower(Workstream.name), Workstream.id)
    )
    return [_Seen(*row) for row in rows]


def _places(user: User, wanted: Wanted, seen: list[_Seen]) -> list[engines.Place]:
    if not wanted.sought:
        return []
    within = _below(wanted.workstream, seen) if wanted.workstream else None
    readable: list[str] | None = None
    if within is not None or not all(decide(right, user.global_roles) for right in _rights()):
        readable = [mark for right in _rights() for mark in _marks(user, right, seen, within)]
        if not readable:
            return []
    marks = [mark_of_kind(wanted.kind)] if wanted.kind else []
    if wanted.state:
        marks.append(DONE if wanted.state == "done" else NOT_DONE)
    question = engines.Question(wanted.sought, readable, marks, wanted.since_day, MOST + 1)
    return engines.places(db.session(), question)


def _rights() -> set[Right]:
    """Those that anything in the index asks for."""
    return {right for source in sources() for right in source.rights}


def _below(slug: str, seen: list[_Seen]) -> set[uuid.UUID]:
    """The ids of a workstream and of those below it."""
    children: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    for stream in seen:
        children.setdefault(stream.parent_id, []).append(stream.id)
    found: set[uuid.UUID] = set()
    waiting = [stream.id for stream in seen if stream.slug == slug]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children.get(one, [])
    return found


def _marks(
    user: User, right: Right, seen: list[_Seen], within: Collection[uuid.UUID] | None
) -> list[str]:
    """The marks of what `user` may read by `right`, within these workstreams (None: all)."""
    if within is None and decide(right, user.global_roles):
        return [mark_of(right.name)]
    if right is Right.VIEW_WORKSTREAM:
        ids = {stream.id for stream in seen}
    else:
        ids = set(db.session.scalars(ids_where(user, right)))
    return [
        mark_of(right.name, one) for one in sorted(ids if within is None else ids & set(within))
    ]


def _hits(user: User, wanted: Wanted, ids: list[int]) -> list[Hit]:
    """These entries, in this order. Rights are asked once more, of the tree itself."""
    if not ids:
        return []
    may_read = sa.or_(
        *(
            sa.and_(
                SearchEntry.right == right.name,
                SearchEntry.workstream_id.in_(ids_where(user, right)),
            )
            for right in _rights()
        )
    )
    rows = db.session.execute(
        sa.select(
            SearchEntry.id,
            SearchEntry.kind,
            SearchEntry.title,
            SearchEntry.body,
            SearchEntry.path,
            SearchEntry.on_date,
            SearchEntry.marks,
            Workstream.slug,
            Workstream.name,
        )
        .join(Workstream, Workstream.id == SearchEntry.workstream_id)
        .where(SearchEntry.id.in_(ids), may_read)
    )
    by_id = {row.id: _hit(row, wanted) for row in rows}
    return [by_id[one] for one in ids if one in by_id]


def _hit(row: Any, wanted: Wanted) -> Hit:
    source = source_of(row.kind)
    assert source is not None
    terms = wanted.sought.terms
    states = {DONE: True, NOT_DONE: False}
    base = f"/workstreams/{row.slug}"
    return Hit(
        url=base + row.path,
        title=marked(row.title, terms if source.titled else ()),
        source=source,
        workstream=row.name,
        workstream_url=base,
        on=row.on_date,
        done=next((states[mark] for mark in row.marks.split() if mark in states), None),
        snippet=snippet(row.body, terms),
    )
