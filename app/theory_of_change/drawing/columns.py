"""Which step stands where in its column, so that few links cross: igraph's layered (Sugiyama) layout.

A link that passes over a column has a bend there, which takes part in the order like a step.
"""

import uuid
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import igraph

from app.theory_of_change.models import NodeKind
from app.theory_of_change.reading import LinkRow, TheMap

# More rounds cross hardly less, and take ten times as long.
_ROUNDS = 24


class Bend(NamedTuple):
    """Where a link passes over a column between those of its ends."""

    link_id: uuid.UUID
    column: int


Item = uuid.UUID | Bend  # a step by its id, or a bend


@dataclass(frozen=True)
class Columns:
    """The columns that have steps, from left to right, each from the top.

    `ways` holds for each link what it runs through, from left to right, its two ends included; a link
    between steps of one column has only these.
    """

    kinds: list[NodeKind]
    items: list[list[Item]]
    ways: dict[uuid.UUID, list[Item]]
    column_of: dict[uuid.UUID, int]

    def is_back(self, link: LinkRow) -> bool:
        """Whether a link leads to an earlier column."""
        return self.column_of[link.from_id] > self.column_of[link.to_id]


def columns_of(the_map: TheMap) -> Columns:
    """The order of every column. Empty columns are left out."""
    kinds = [kind for kind in NodeKind if the_map.column(kind)]
    column_of = {node.id: kinds.index(node.kind) for node in the_map.nodes}
    items: list[Item] = [node.id for node in the_map.nodes]
    levels = [column_of[node.id] for node in the_map.nodes]
    ways: dict[uuid.UUID, list[Item]] = {}
    for link in the_map.links:
        first, last = sorted((link.from_id, link.to_id), key=column_of.__getitem__)
        bends = [Bend(link.id, n) for n in range(column_of[first] + 1, column_of[last])]
        items += bends
        levels += [bend.column for bend in bends]
        ways[link.id] = [first, *bends, last]
    return Columns(kinds, _ordered(items, levels, ways), ways, column_of)


def _ordered(
    items: list[Item], levels: list[int], ways: dict[uuid.UUID, list[Item]]
) -> list[list[Item]]:
    number = {item: n for n, item in enumerate(items)}
    edges = [
        (number[a], number[b])
        for way in ways.values()
        for a, b in pairwise(way)
        if levels[number[a]] != levels[number[b]]
    ]
    found: list[list[Item]] = [[] for _ in range(max(levels, default=-1) + 1)]
    # Without a link there is nothing to order, and steps stay as they were put.
    across = (
        [x for x, _ in igraph.Graph(len(items), edges, directed=True)
         .layout_sugiyama(layers=levels, maxiter=_ROUNDS)]
        if edges
        else [0.0] * len(items)
    )  # fmt: skip
    for n in sorted(range(len(items)), key=lambda n: (across[n], n)):
        found[levels[n]].append(items[n])
    return found
