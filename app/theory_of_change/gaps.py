"""What is missing on a map: named, explained, and where to mend it. Pure.

Loops are found by igraph, whose strongly connected components are exactly the sets of steps that lead
back to themselves.
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import igraph

from app.core.formatting import day
from app.theory_of_change.models import EvidenceStrength, NodeKind
from app.theory_of_change.reading import LinkRow, NodeRow, TheMap, Tied


class GapKind(StrEnum):
    """In the order in which they are told."""

    LOOP = "loop"
    UNREACHED = "unreached"
    NO_OUTCOME = "no_outcome"
    NO_IMPACT = "no_impact"
    NO_INDICATOR = "no_indicator"
    NO_EVIDENCE = "no_evidence"
    REVIEW = "review"
    NOT_ON_MAP = "not_on_map"
    NOT_IN_PLAN = "not_in_plan"

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def why(self) -> str:
        """Why it matters."""
        return _WORDS[self][1]


_WORDS = {
    GapKind.LOOP: (
        "Steps that lead back to themselves",
        "Something cannot be its own cause. Take out the link that does not hold, or add a later "
        "step for what happens the second time round.",
    ),
    GapKind.UNREACHED: (
        "Outcomes that nothing leads to",
        "Nothing on the map brings this about. Connect what does, or plan something that will.",
    ),
    GapKind.NO_OUTCOME: (
        "Activities that lead to no outcome",
        "The map does not say what this is for. Connect it to what it changes.",
    ),
    GapKind.NO_IMPACT: (
        "Steps with no way to an impact",
        "From here the map never reaches what the programme is for. Say what this leads to.",
    ),
    GapKind.NO_INDICATOR: (
        "Outcomes without an indicator",
        "Nobody will be able to tell whether it happened. Choose what shows it.",
    ),
    GapKind.NO_EVIDENCE: (
        "Links without evidence",
        "The map says that one leads to the other, but not how well that is known.",
    ),
    GapKind.REVIEW: (
        "Assumptions past their review",
        "It was to be looked at again by now. Say whether it holds, and when to look next.",
    ),
    GapKind.NOT_ON_MAP: (
        "Activities of the plan that are on no map",
        "It is being done, but no theory says what for. Add it as a step, or tie it to one.",
    ),
    GapKind.NOT_IN_PLAN: (
        "Activities of the map that are not in the plan",
        "The theory counts on it, but nobody has promised to do it. Tie it to a row of the plan, or "
        "add one.",
    ),
}


@dataclass(frozen=True)
class Gap:
    """One thing that is missing. `look_url` shows it, `mend_url` is the form that mends it."""

    kind: GapKind
    words: str
    why: str
    look_url: str
    mend_url: str
    mend: str  # the words of the link that mends it


def gaps_of(
    the_map: TheMap,
    plan_activities: Sequence[Tied],
    *,
    on_a_map: Collection[uuid.UUID],
    today: date,
    base: str,
) -> list[Gap]:
    """Every gap, by kind and then in the order of the map.

    `plan_activities` are the plan's open rows and `on_a_map` the ids of those that a step of any of
    the workstream's maps is tied to; `base` is the map's URL.
    """
    ways = _Ways(the_map)
    if not the_map.nodes:
        return []
    return [
        *_loops(the_map, ways, base),
        *_of_nodes(the_map, ways, base),
        *_of_links(the_map, today, base),
        *(
            Gap(
                GapKind.NOT_ON_MAP,
                activity.text,
                GapKind.NOT_ON_MAP.why,
                f"{base.partition('/map/')[0]}/plan/activities/{activity.id}",
                f"{base}/nodes/add?activity={activity.id}",
                "Add it to this map",
            )
            for activity in plan_activities
            if activity.id not in on_a_map
        ),
        *(
            Gap(
                GapKind.NOT_IN_PLAN,
                node.text,
                GapKind.NOT_IN_PLAN.why,
                f"{base}/nodes/{node.id}",
                f"{base}/nodes/{node.id}/edit",
                "Tie it to the plan",
            )
            for node in the_map.column(NodeKind.ACTIVITY)
            if not node.activities
        ),
    ]


class _Ways:
    """What can be reached from where."""

    def __init__(self, the_map: TheMap) -> None:
        self.nodes = the_map.nodes
        self.place = {node.id: number for number, node in enumerate(the_map.nodes)}
        edges = [(self.place[link.from_id], self.place[link.to_id]) for link in the_map.links]
        self.graph = igraph.Graph(n=len(the_map.nodes), edges=edges, directed=True)

    def reaches(self, wanted: Callable[[NodeRow], bool]) -> set[uuid.UUID]:
        """The steps from which there is a way to a step that is wanted, those among them."""
        found: set[uuid.UUID] = set()
        waiting = [number for number, node in enumerate(self.nodes) if wanted(node)]
        while waiting:
            number = waiting.pop()
            if self.nodes[number].id not in found:
                found.add(self.nodes[number].id)
                waiting += self.graph.predecessors(number)
        return found

    def loops(self) -> Iterator[list[NodeRow]]:
        """A shortest way round through the first step of each set that leads back to itself."""
        for component in self.graph.connected_components(mode="strong"):
            if len(component) < 2:
                continue
            start = min(component)
            ways = [
                self.graph.get_shortest_path(after, start)
                for after in self.graph.successors(start)
                if after in component
            ]
            yield [self.nodes[number] for number in (start, *min(ways, key=len)[:-1])]


def loops_of(the_map: TheMap) -> list[list[NodeRow]]:
    """The loops of a map, each as the steps on the way round."""
    return list(_Ways(the_map).loops())


def round_trip(steps: Sequence[NodeRow]) -> str:
    """A loop in words: “A” → “B” → “A”."""
    return " → ".join(f"“{node.text}”" for node in (*steps, steps[0]))


def _loops(the_map: TheMap, ways: _Ways, base: str) -> Iterator[Gap]:
    by_ends = {(link.from_id, link.to_id): link for link in the_map.links}
    for steps in ways.loops():
        last = by_ends[steps[-1].id, steps[0].id]  # the link that closes it
        url = f"{base}/links/{last.id}"
        yield Gap(
            GapKind.LOOP, round_trip(steps), GapKind.LOOP.why, url, url, "Look at the last link"
        )


def _of_nodes(the_map: TheMap, ways: _Ways, base: str) -> Iterator[Gap]:
    to_outcome = ways.reaches(lambda node: node.kind.is_outcome or node.kind is NodeKind.IMPACT)
    to_impact = ways.reaches(lambda node: node.kind is NodeKind.IMPACT)
    led_to = {link.to_id for link in the_map.links}

    def gap(kind: GapKind, node: NodeRow, path: str, mend: str) -> Gap:
        return Gap(kind, node.text, kind.why, f"{base}/nodes/{node.id}", f"{base}/{path}", mend)

    for node in the_map.nodes:
        if (node.kind.is_outcome or node.kind is NodeKind.IMPACT) and node.id not in led_to:
            yield gap(
                GapKind.UNREACHED, node, f"links/add?to={node.id}", "Connect what leads to it"
            )
    aimless = set()
    for node in the_map.column(NodeKind.ACTIVITY):
        if node.id not in to_outcome:
            aimless.add(node.id)
            yield gap(
                GapKind.NO_OUTCOME, node, f"links/add?from={node.id}", "Connect what it leads to"
            )
    for node in the_map.nodes:
        if node.id not in to_impact and node.id not in aimless:
            yield gap(
                GapKind.NO_IMPACT, node, f"links/add?from={node.id}", "Connect what it leads to"
            )
    for node in the_map.nodes:
        if node.kind.is_outcome and not node.indicators:
            yield gap(GapKind.NO_INDICATOR, node, f"nodes/{node.id}/edit", "Choose an indicator")


def _of_links(the_map: TheMap, today: date, base: str) -> Iterator[Gap]:
    for link in the_map.links:
        if link.evidence is EvidenceStrength.NONE:
            url = f"{base}/links/{link.id}"
            yield Gap(
                GapKind.NO_EVIDENCE,
                link_words(the_map, link),
                GapKind.NO_EVIDENCE.why,
                url,
                f"{url}/edit",
                "Say how strong it is",
            )
    for link in the_map.links:
        for one in link.assumptions:
            if one.review_on and one.review_on < today:
                yield Gap(
                    GapKind.REVIEW,
                    f"{one.text} (review was due on {day(one.review_on)})",
                    GapKind.REVIEW.why,
                    f"{base}/links/{link.id}",
                    f"{base}/assumptions/{one.id}/edit",
                    "Review it",
                )


def link_words(the_map: TheMap, link: LinkRow) -> str:
    """ "A” leads to “B”, in words."""
    return f"“{the_map.by_id[link.from_id].text}” leads to “{the_map.by_id[link.to_id].text}”"
