"""How far a theory holds, at a glance: its links by their evidence, its assumptions by their state, and the
plan's activities behind it by how they stand. Each leads to the lens that shows where."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from app.core.formatting import count
from app.delivery.models import Rag
from app.theory_of_change.lenses.assumptions import WORST_FIRST
from app.theory_of_change.models import EvidenceStrength
from app.theory_of_change.reading import TheMap, Tied


class Part(NamedTuple):
    """One stretch of a bar: a level of `styles/_picture.css`, its words, how many of how many come before
    it, and how many it is."""

    level: str
    words: str
    start: int
    number: int


class Held(NamedTuple):
    """One question, answered for the whole map. `lens` is the key of the lens that shows where."""

    lens: str
    title: str
    total: str
    parts: list[Part]

    @property
    def of(self) -> int:
        """How many there are in all."""
        return sum(part.number for part in self.parts)


def how_far(the_map: TheMap) -> list[Held]:
    """What can be said; a question that nothing on the map answers yet has no parts."""
    activities = {tied.id: tied for node in the_map.nodes for tied in node.activities}.values()
    return [
        Held(
            "evidence",
            "Evidence",
            count(len(the_map.links), "link"),
            _parts(
                (each.evidence.value for each in the_map.links),
                [
                    (one.value, one.value if one is not EvidenceStrength.NONE else "none yet")
                    for one in reversed(EvidenceStrength)
                ],
            ),
        ),
        Held(
            "assumptions",
            "Assumptions",
            count(len(the_map.assumptions), "assumption"),
            _parts(
                (each.state.value for each in the_map.assumptions),
                [(state.value, state.value) for state in WORST_FIRST],
            ),
        ),
        Held(
            "progress",
            "Progress",
            count(len(activities), "activity", "activities"),
            _parts(map(_standing, activities), _STANDINGS),
        ),
    ]


_STANDINGS = [
    *((rag.value, rag.value) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)),
    ("done", "done"),
    ("unrated", "not rated"),
]


def _standing(activity: Tied) -> str:
    if activity.done_on:
        return "done"
    return activity.rag.value if activity.rag else "unrated"


def _parts(found: Iterable[str], levels: list[tuple[str, str]]) -> list[Part]:
    numbers = Counter(found)
    parts: list[Part] = []
    start = 0
    for level, words in levels:
        if number := numbers[level]:
            parts.append(Part(level, words, start, number))
            start += number
    return parts
