"""The portfolio as a page of the tree: chosen, ordered, grouped below their programmes.

Pure: takes rows, gives rows. A workstream that the filter leaves out, but that has a chosen one below
it, stays as a heading; so does the way down to the first row of a later page.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.paging import Page
from app.delivery.models import Rag
from app.portfolio.filters import NOT_RATED, PortfolioFilter
from app.portfolio.queries import NextMilestone, Progress

PAGE_SIZE = 100
_WORST_FIRST: dict[Rag | None, int] = {rag: place for place, rag in enumerate([*Rag, None])}


@dataclass
class Stream:
    """A workstream of the portfolio. `seen_parent_id` is its parent when that may be seen, else None:
    a zone whose programme is hidden stands at the top."""

    row: Any
    progress: Progress
    milestone: NextMilestone | None
    seen_parent_id: uuid.UUID | None = None
    chosen: bool = True  # else it is only there as the heading of others
    depth: int = 0
    closes: int = 0  # lists that end before this one
    # How many workstreams below it are of each colour; those not rated are left out.
    below: dict[Rag, int] = field(default_factory=dict)

    @property
    def rag(self) -> Rag | None:
        return self.progress.rag


@dataclass(frozen=True)
class Totals:
    """Of everything the user may see, whatever the filter and the page."""

    all: int
    by_rag: dict[str, int]


def streams_of(rows: Sequence[Any]) -> list[Stream]:
    """One stream for each row of `queries.visible_rows`."""
    seen = {row.id for row in rows}
    streams = [
        Stream(
            row,
            Progress.of(row),
            NextMilestone.of(row),
            row.parent_id if row.parent_id in seen else None,
        )
        for row in rows
    ]
    by_id = {stream.row.id: stream for stream in streams}
    for stream in streams:
        if stream.rag is None:
            continue
        above, met = stream.seen_parent_id, {stream.row.id}
        while above is not None and above not in met:
            met.add(above)
            parent = by_id[above]
            parent.below[stream.rag] = parent.below.get(stream.rag, 0) + 1
            above = parent.seen_parent_id
    return streams


def totals_of(streams: Iterable[Stream]) -> Totals:
    """How many there are, and of each colour."""
    by_rag: dict[str, int] = defaultdict(int)
    number = 0
    for stream in streams:
        number += 1
        by_rag[stream.rag.value if stream.rag else NOT_RATED] += 1
    return Totals(number, dict(by_rag))


def arrange(streams: Sequence[Stream], wanted: PortfolioFilter) -> list[Stream]:
    """The chosen streams and the headings above them, in the order in which they are read."""
    children: dict[uuid.UUID | None, list[Stream]] = defaultdict(list)
    for stream in streams:
        stream.chosen = _is_chosen(stream, wanted)
        children[stream.seen_parent_id].append(stream)
    keys: dict[uuid.UUID, Any] = {}
    kept: set[uuid.UUID] = set()

    # Children are met before their parents, so that a programme sorts by the worst below it.
    for stream in reversed(_downwards(children)):
        below = [child for child in children[stream.row.id] if child.row.id in kept]
        if not (stream.chosen or below):
            continue
        kept.add(stream.row.id)
        own = [_sort_key(stream, wanted.sort)] if stream.chosen else []
        keys[stream.row.id] = min([*own, *(keys[child.row.id] for child in below)])
    if wanted.sort:
        for siblings in children.values():
            siblings.sort(key=lambda s: keys.get(s.row.id, _LAST))
    return [stream for stream in _downwards(children) if stream.row.id in kept]


_LAST = (10**9,)


def _downwards(children: dict[uuid.UUID | None, list[Stream]]) -> list[Stream]:
    """Each stream before those below it; sets depths. Without recursion: a tree may be deep."""
    found: list[Stream] = []
    waiting = [(stream, 0) for stream in reversed(children[None])]
    while waiting:
        stream, depth = waiting.pop()
        stream.depth = depth
        found.append(stream)
        below = children.get(stream.row.id, ())
        waiting += [(child, depth + 1) for child in reversed(below)]
    return found


def _is_chosen(stream: Stream, wanted: PortfolioFilter) -> bool:
    row = stream.row
    rag = stream.rag.value if stream.rag else NOT_RATED
    return (
        (not wanted.kind or row.kind == wanted.kind)
        and (not wanted.status or row.status == wanted.status)
        and (not wanted.rag or rag == wanted.rag)
        and (not wanted.organisation or str(row.lead_organisation_id) == wanted.organisation)
    )


def _sort_key(stream: Stream, sort: str) -> tuple[int, ...]:
    if sort == "rag":
        return (_WORST_FIRST[stream.rag],)
    if sort == "milestone":
        return (stream.milestone.expected_on.toordinal(),) if stream.milestone else _LAST
    if sort == "word":
        said = stream.progress.last_word_on
        return (said.toordinal(),) if said else _LAST
    return (0,)


def page_of(streams: Sequence[Stream], wanted: PortfolioFilter, number: int) -> Page[Stream]:
    """One page. Its rows begin with the headings that lead down to its first stream, and are ready
    for nested lists; only the chosen streams count."""
    chosen = [place for place, stream in enumerate(streams) if stream.chosen]
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    first = (number - 1) * PAGE_SIZE
    places = chosen[first : first + PAGE_SIZE]
    by_id = {stream.row.id: stream for stream in streams}
    wanted_ids = {streams[place].row.id for place in places}
    for place in places:
        above = streams[place].seen_parent_id
        while above is not None and above not in wanted_ids:
            wanted_ids.add(above)
            above = by_id[above].seen_parent_id
    in_page = {streams[place].row.id for place in places}
    shown = [stream for stream in streams if stream.row.id in wanted_ids]
    before = 0
    for stream in shown:
        # A heading repeated from an earlier page is not counted twice.
        stream.chosen = stream.row.id in in_page
        stream.closes = max(0, before - stream.depth)
        before = stream.depth
    return Page(
        shown, number, len(chosen), PAGE_SIZE, lambda n: wanted.url(page=n if n > 1 else "")
    )
