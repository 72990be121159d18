"""Dependencies in sentences: on a milestone, on the timeline, in "What needs you"."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from app.core import clock
from app.core.formatting import count, day
from app.delivery.dependencies.graph import Links, Point
from app.delivery.dependencies.reading import links_of

# Named in one sentence; the rest are counted.
MOST_NAMED = 5


class Note(NamedTuple):
    """One sentence about a milestone; `matters` when somebody should act on it."""

    words: str
    matters: bool


def dependency_notes(plan_id: uuid.UUID, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Note]]:
    """`notes` of some milestones of a plan; one query, and none where there are no milestones."""
    return notes(links_of([plan_id]), ids, clock.today()) if ids else {}


def notes(links: Links, ids: Iterable[uuid.UUID], today: date) -> dict[uuid.UUID, list[Note]]:
    """What there is to say of each milestone's dependencies; nothing of one that has none."""
    found = {}
    for milestone_id in ids:
        if said := _notes(links, milestone_id, today):
            found[milestone_id] = said
    return found


def _notes(links: Links, milestone_id: uuid.UUID, today: date) -> list[Note]:
    point = links.points.get(milestone_id)
    if point is None or point.done_on is not None:
        return []
    said = []
    if waits := [before for before in links.waits_for(milestone_id) if before.done_on is None]:
        said.append(Note(f"It waits for: {_named(waits)}.", matters=False))
    if held := holds_up(links, point, today):
        said.append(Note(held, matters=True))
    said += [Note(clash(*pair), matters=True) for pair in links.clashes(milestone_id)]
    return said


def holds_up(links: Links, point: Point, today: date) -> str:
    """ "It holds up: …" of a late milestone; "" when it is on time or nothing waits for it."""
    held = links.holds_up(point.id) if point.is_late(today) else []
    if not held:
        return ""
    more = links.further(point.id)
    then = f", and {count(more, 'more that waits', 'more that wait')} for those" if more else ""
    return f"It holds up: {_named(held)}{then}."


def clash(after: Point, before: Point) -> str:
    """What waits is expected before what it waits for."""
    return (
        f"“{after.title}” is expected on {day(after.expected_on)}, before “{before.title}” "
        f"({day(before.expected_on)}), which it waits for."
    )


def _named(points: list[Point]) -> str:
    names = [f"{point.title} ({_when(point)})" for point in points[:MOST_NAMED]]
    if len(points) > MOST_NAMED:
        names.append(f"{len(points) - MOST_NAMED} more")
    return ", ".join(names)


def _when(point: Point) -> str:
    if point.forecast_on and point.forecast_on != point.promised_on:
        return f"promised {day(point.promised_on)}, forecast {day(point.forecast_on)}"
    return f"promised {day(point.promised_on)}"
