"""Milestones and what they wait for, as plain values: who waits, who is held up, where a loop would be."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from app.delivery.filters import counts_as_overdue


class Point(NamedTuple):
    """A milestone as its dependencies see it."""

    id: uuid.UUID
    title: str
    promised_on: date
    forecast_on: date | None
    done_on: date | None

    @property
    def expected_on(self) -> date:
        """The day it was done, else the day it is now expected."""
        return self.done_on or self.forecast_on or self.promised_on

    def is_late(self, today: date) -> bool:
        """Not done, and overdue or forecast to be missed."""
        return self.done_on is None and (
            counts_as_overdue(self.promised_on, today) or self.expected_on > self.promised_on
        )


# (the one that is waited for, the one that waits)
Edge = tuple[uuid.UUID, uuid.UUID]


class Links:
    """The dependencies of one or more plans."""

    def __init__(self, edges: Iterable[tuple[Point, Point]] = ()) -> None:
        self.edges: list[Edge] = []
        self.points: dict[uuid.UUID, Point] = {}
        self._before: dict[uuid.UUID, list[Point]] = defaultdict(list)
        self._after: dict[uuid.UUID, list[Point]] = defaultdict(list)
        for before, after in edges:
            self.edges.append((before.id, after.id))
            self.points |= {before.id: before, after.id: after}
            self._before[after.id].append(before)
            self._after[before.id].append(after)

    def waits_for(self, milestone_id: uuid.UUID) -> list[Point]:
        """What this one waits for directly, first expected first."""
        return sorted(self._before.get(milestone_id, ()), key=_by_date)

    def holds_up(self, milestone_id: uuid.UUID) -> list[Point]:
        """What waits for this one directly and is not done, first expected first."""
        waiting = self._after.get(milestone_id, ())
        return sorted((point for point in waiting if point.done_on is None), key=_by_date)

    def further(self, milestone_id: uuid.UUID) -> int:
        """How many more, not done, wait in turn for those that `holds_up` gives."""
        direct = {point.id for point in self.holds_up(milestone_id)}
        seen, ahead = set(direct), list(direct)
        while ahead:
            for point in self._after.get(ahead.pop(), ()):
                if point.done_on is None and point.id not in seen:
                    seen.add(point.id)
                    ahead.append(point.id)
        return len(seen - direct - {milestone_id})

    def clashes(self, milestone_id: uuid.UUID) -> list[tuple[Point, Point]]:
        """(waits, is waited for) about this one, where what waits is expected first; neither done."""
        point = self.points.get(milestone_id)
        if point is None:
            return []
        pairs = [(point, before) for before in self.waits_for(milestone_id)]
        pairs += [(after, point) for after in self.holds_up(milestone_id)]
        return [
            (after, before)
            for after, before in pairs
            if after.done_on is None
            and before.done_on is None
            and after.expected_on < before.expected_on
        ]


def _by_date(point: Point) -> tuple[date, uuid.UUID]:
    return point.expected_on, point.id


def find_loop(
    waits_for: Mapping[uuid.UUID, Collection[uuid.UUID]], start: uuid.UUID
) -> list[uuid.UUID]:
    """The way from `start` to what it waits for, and on, back to itself: the ids passed, `start`
    first; empty when no way leads back."""
    came_from: dict[uuid.UUID, uuid.UUID] = {}
    ahead = [start]
    while ahead:
        at = ahead.pop(0)
        for before in waits_for.get(at, ()):
            if before == start:
                way = [at]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if before not in came_from:
                came_from[before] = at
                ahead.append(before)
    return []
