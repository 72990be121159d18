"""Dates of a workstream that its plan does not hold: a cohort's sessions, the window of its call.

A feature above this one says where they are,

    add_source(WorkstreamKind.COHORT, dates_of_cohorts)

and they stand beside the plan, on its timeline and in calendars by themselves. They are read each time
and never kept with what is read once for each revision of a plan (docs/decisions/017).
"""

import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.core.rights import Right
from app.workstreams.models import Workstream, WorkstreamKind
from app.workstreams.queries import Place


@dataclass(frozen=True)
class OutsideDate:
    """A day; `id` stays the same for as long as the thing is there. Names nobody: whoever sees the
    workstream sees it.

    `path` hangs below the workstream's URL, and is a link for those who hold `right`. `starts_at` and
    `ends_at` are of what takes some hours, `words` says more ("6pm to 8:30pm").
    """

    id: uuid.UUID
    workstream_id: uuid.UUID
    on: date
    title: str
    path: str
    right: Right
    words: str = ""
    version: int = 1
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def url(self, place: Place) -> str:
        """Where it is looked after; "" for readers who cannot go there."""
        return place.url + self.path if place.can(self.right) else ""


Source = Callable[[Collection[uuid.UUID]], list[OutsideDate]]
_SOURCES: dict[Source, WorkstreamKind] = {}


def add_source(kind: WorkstreamKind, source: Source) -> None:
    """Register `source(workstream_ids)`, which is asked about workstreams of one kind only."""
    _SOURCES[source] = kind


def outside_dates(workstreams: Iterable[tuple[uuid.UUID, WorkstreamKind]]) -> list[OutsideDate]:
    """The dates of these workstreams, given as (id, kind), by day; no query where none can have any."""
    of_kind: dict[WorkstreamKind, set[uuid.UUID]] = {}
    for workstream_id, kind in workstreams:
        of_kind.setdefault(kind, set()).add(workstream_id)
    found = [
        one for source, kind in _SOURCES.items() if kind in of_kind for one in source(of_kind[kind])
    ]
    return sorted(found, key=lambda one: (one.on, one.title, one.id))


def dates_beside(workstream: Workstream) -> list[OutsideDate]:
    """Those of one workstream."""
    return outside_dates([(workstream.id, workstream.kind)])
