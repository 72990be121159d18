"""Confidence along a way: a way from a step to an impact is as strong as its weakest link."""

import uuid
from enum import IntEnum

import igraph

from app.theory_of_change.lenses import Asked, Lens, Sign, View
from app.theory_of_change.models import AssumptionState, EvidenceStrength, NodeKind
from app.theory_of_change.reading import LinkRow, TheMap


class Confidence(IntEnum):
    """How far a link can be relied on."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def sign(self) -> Sign:
        """The line and the words of it."""
        level = ("none", "weak", "moderate", "strong")[self]
        words = ("No confidence", "Low confidence", "Medium confidence", "High confidence")[self]
        return Sign(level, words, "" if self is Confidence.NONE else self.name.capitalize())


_BY_EVIDENCE = dict(zip(EvidenceStrength, Confidence, strict=True))
_NO_WAY = Sign("no_way", "No way to an impact")


def confidence_in(link: LinkRow) -> Confidence:
    """By its evidence; with a failed assumption there is none, with a doubtful one it is low at most."""
    found = _BY_EVIDENCE[link.evidence]
    states = {assumption.state for assumption in link.assumptions}
    if AssumptionState.FAILED in states:
        return Confidence.NONE
    return min(found, Confidence.LOW) if AssumptionState.DOUBTFUL in states else found


def provide(the_map: TheMap, asked: Asked) -> View:
    """Of every step, the weakest link on its strongest way to an impact. With a step chosen, that way."""
    ways = _Ways(the_map)
    links = {link.id: ways.of_link[link.id].sign for link in the_map.links}
    nodes = {
        node.id: Sign(best.sign.level, best.sign.words)
        if (best := ways.best(node.id)) is not None
        else _NO_WAY
        for node in the_map.nodes
        if node.kind is not NodeKind.IMPACT
    }
    legend = tuple(level.sign for level in reversed(Confidence))
    if asked.chosen is None:
        return View(nodes, links, (*legend, _NO_WAY), legend, _WHOLE if ways.ends else _NO_IMPACT)
    way = ways.strongest(asked.chosen)
    on_it = {asked.chosen, *(link.id for link in way), *(link.to_id for link in way)}
    every = {node.id for node in the_map.nodes} | {link.id for link in the_map.links}
    return View(
        nodes,
        links,
        legend,
        legend,
        _way_in_words(the_map, asked.chosen, way, ways),
        frozenset(every - on_it),
    )


_NO_IMPACT = "There is no impact on the map yet, so no way can lead to one."
_WHOLE = (
    "A way is as strong as its weakest link. Confidence in a link is its evidence: none with an assumption "
    "that failed, low at most with a doubtful one. Choose a step to see its strongest way to an impact."
)


class _Ways:
    """Strongest ways: those that are left when weaker links are taken away."""

    def __init__(self, the_map: TheMap) -> None:
        self.of_link = {link.id: confidence_in(link) for link in the_map.links}
        self.ids = [node.id for node in the_map.nodes]
        self.number = {node_id: n for n, node_id in enumerate(self.ids)}
        self.ends = [self.number[node.id] for node in the_map.column(NodeKind.IMPACT)]
        self.links = {
            level: [link for link in the_map.links if self.of_link[link.id] >= level]
            for level in reversed(Confidence)
        }
        self.graphs = {
            level: igraph.Graph(
                len(self.ids),
                [(self.number[link.from_id], self.number[link.to_id]) for link in links],
                directed=True,
            )
            for level, links in self.links.items()
        }
        self._best: dict[int, Confidence] = {}
        for level, graph in self.graphs.items():
            for end in self.ends:
                for n in graph.subcomponent(end, mode="in"):
                    self._best.setdefault(n, level)

    def best(self, node_id: uuid.UUID) -> Confidence | None:
        """The weakest link of the strongest way from a step; None where no way leads to an impact."""
        return self._best.get(self.number[node_id])

    def strongest(self, node_id: uuid.UUID) -> list[LinkRow]:
        """The shortest of the strongest ways to an impact; empty where there is none."""
        level = self.best(node_id)
        if level is None:
            return []
        graph, at = self.graphs[level], self.number[node_id]
        if at in self.ends:
            return []
        there = {n for n in graph.subcomponent(at, mode="out") if n in self.ends}
        ways = graph.get_shortest_paths(at, sorted(there), output="epath")
        return [self.links[level][edge] for edge in min(ways, key=len)]


def _way_in_words(the_map: TheMap, chosen: uuid.UUID, way: list[LinkRow], ways: _Ways) -> str:
    text = the_map.by_id[chosen].text
    if the_map.by_id[chosen].kind is NodeKind.IMPACT:
        return f"“{text}” is an impact. Choose a step before it to see its strongest way there."
    if not way:
        return f"No way leads from “{text}” to an impact."
    steps = " → ".join(f"“{the_map.by_id[link.to_id].text}”" for link in way)
    weakest = min(way, key=lambda link: ways.of_link[link.id])
    level = ways.of_link[weakest.id].sign.words.lower()
    return (
        f"The strongest way from “{text}” to an impact: → {steps}. Its weakest link is from "
        f"“{the_map.by_id[weakest.from_id].text}” to “{the_map.by_id[weakest.to_id].text}”: {level}."
    )


LENS = Lens(
    "confidence",
    "Confidence",
    provide,
    order=60,
    about="How far can one rely on the way from each step to an impact?",
    chooses=True,
)
