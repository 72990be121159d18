"""Where everything of a map stands: plain numbers, which `theory_of_change/_map_drawing.svg` prints.

Units are about a CSS pixel on a desk, and a third of a millimetre on A3.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from app.delivery.timeline.lettering import wrapped
from app.theory_of_change.drawing.columns import Bend, Columns, Item, columns_of
from app.theory_of_change.models import NodeKind
from app.theory_of_change.reading import LinkRow, NodeRow, TheMap

WIDTH = 1240.0
NARROWEST, WIDEST = 150.0, 250.0  # of a step
MANY = 60  # steps, from which on a sheet of paper they had better be wide than many lines high
GUTTER = 72.0  # between two columns
EDGE = 10.0
HEAD = 44.0
LETTERS, LINE = 13.0, 17.0
SMALL, SMALL_LINE = 12.0, 16.0
PAD = 10.0
# A text that is longer is cut; its whole is in the name of the step and in the list.
MOST_LINES = 9
SIGN = 18.0  # the shape before what a lens says of a step
BEND, NEAR, APART, MOST_APART = 4.0, 6.0, 16.0, 60.0
ARROW = 7.0

Point = tuple[float, float]


class Head(NamedTuple):
    """The heading of a column."""

    kind: NodeKind
    lines: list[str]
    x: float
    width: float


class Box(NamedTuple):
    """A step. `lines` are its text, `said` what the lens says of it."""

    node: NodeRow
    x: float
    y: float
    width: float
    height: float
    lines: list[str]
    said: list[str]


class Line(NamedTuple):
    """A link: its path, its arrow head, and the middle of its first stretch."""

    link: LinkRow
    path: str
    arrow: str
    middle: Point
    is_back: bool  # to an earlier column


@dataclass(frozen=True)
class Layout:
    """The whole drawing. `lines` are in the order of the map's links."""

    width: float
    height: float
    heads: list[Head]
    boxes: list[Box]
    lines: list[Line]


def lay_out(
    the_map: TheMap, said: Mapping[uuid.UUID, str] | None = None, *, on_paper: bool = False
) -> Layout:
    """The layout of a map; `said` is what a lens says of steps, for which they get room. `on_paper` it
    need not fit the width of a screen."""
    columns = columns_of(the_map)
    number = len(columns.kinds)
    spare = WIDTH - 2 * EDGE - GUTTER * max(number - 1, 0)
    narrowest = WIDEST if on_paper and len(the_map.nodes) > MANY else NARROWEST
    width = round(min(max(spare / max(number, 1), narrowest), WIDEST))
    lefts = [EDGE + n * (width + GUTTER) for n in range(number)]
    sizes = {node.id: _sized(node, width, (said or {}).get(node.id, "")) for node in the_map.nodes}
    tallest = max((_stacked(items, sizes) for items in columns.items), default=0.0)
    tops: dict[Item, float] = {}
    for items in columns.items:
        tops |= _spread(items, sizes, tallest)
    boxes = {
        node.id: sizes[node.id]._replace(
            x=lefts[columns.column_of[node.id]], y=round(tops[node.id], 1)
        )
        for node in the_map.nodes
    }
    return Layout(
        width=2 * EDGE + number * width + GUTTER * max(number - 1, 0),
        height=round(HEAD + tallest + EDGE),
        heads=[
            Head(kind, wrapped(kind.plural, width, LETTERS, 2), left, width)
            for kind, left in zip(columns.kinds, lefts, strict=True)
        ],
        boxes=list(boxes.values()),
        lines=_lines(the_map, columns, boxes, tops, lefts),
    )


# --- Steps ---


def _sized(node: NodeRow, width: float, said: str) -> Box:
    room = width - 2 * PAD
    lines = wrapped(node.text, room, LETTERS, MOST_LINES)
    words = wrapped(said, room - SIGN, SMALL, 3) if said else []
    height = 2 * PAD + LINE * len(lines) + (SMALL_LINE * len(words) + 5 if words else 0)
    return Box(node, 0.0, 0.0, width, height, lines, words)


def _height(item: Item, sizes: Mapping[uuid.UUID, Box]) -> float:
    return BEND if isinstance(item, Bend) else sizes[item].height


def _gap(above: Item, below: Item) -> float:
    return NEAR if isinstance(above, Bend) and isinstance(below, Bend) else APART


def _stacked(items: list[Item], sizes: Mapping[uuid.UUID, Box]) -> float:
    """How high a column is at the least."""
    heights = sum(_height(item, sizes) for item in items)
    return heights + sum(_gap(*pair) for pair in pairwise(items))


def _spread(items: list[Item], sizes: Mapping[uuid.UUID, Box], tallest: float) -> dict[Item, float]:
    """The top of each item: a column lower than the tallest has its steps further apart, and stands in
    the middle."""
    spare = tallest - _stacked(items, sizes)
    more = min(spare / (len(items) + 1), MOST_APART)
    y = HEAD + (spare - more * (len(items) - 1)) / 2
    tops = {}
    for item, below in pairwise([*items, None]):
        tops[item] = y
        y += _height(item, sizes) + (_gap(item, below) + more if below else 0)  # type: ignore[arg-type]
    return tops  # type: ignore[return-value]


# --- Links ---


def _lines(
    the_map: TheMap,
    columns: Columns,
    boxes: Mapping[uuid.UUID, Box],
    tops: Mapping[Item, float],
    lefts: list[float],
) -> list[Line]:
    ports = _ports(the_map, columns, boxes, tops)
    lines = []
    for link in the_map.links:
        start, end = ports[link.id]
        way = columns.ways[link.id]
        if columns.column_of[link.from_id] == columns.column_of[link.to_id]:
            lines.append(_beside(link, boxes[link.from_id], start, end))
            continue
        width = boxes[link.from_id].width
        points: list[Point] = [(lefts[columns.column_of[way[0]]] + width, start)]  # type: ignore[index]
        for bend in way[1:-1]:
            left = lefts[bend.column]  # type: ignore[union-attr]
            points += [(left, tops[bend] + BEND / 2), (left + width, tops[bend] + BEND / 2)]
        points.append((lefts[columns.column_of[way[-1]]], end))  # type: ignore[index]
        lines.append(_across(link, points, is_back=columns.is_back(link)))
    return lines


def _ports(
    the_map: TheMap,
    columns: Columns,
    boxes: Mapping[uuid.UUID, Box],
    tops: Mapping[Item, float],
) -> dict[uuid.UUID, tuple[float, float]]:
    """The y at which each link leaves its left and enters its right end (its first and second, in one
    column): spread along the side, in the order of where they come from, so that they do not cross."""

    def middle(item: Item) -> float:
        return tops[item] + _height(item, boxes) / 2

    sides: dict[tuple[uuid.UUID, bool], list[tuple[float, uuid.UUID, int]]] = {}
    for link in the_map.links:
        way = columns.ways[link.id]
        beside = columns.column_of[link.from_id] == columns.column_of[link.to_id]
        ends = (link.from_id, link.to_id) if beside else (way[0], way[-1])
        neighbours = (way[1], way[-2])
        if beside:
            neighbours = (link.to_id, link.from_id)
        sides.setdefault((ends[0], True), []).append((middle(neighbours[0]), link.id, 0))  # type: ignore[arg-type]
        sides.setdefault((ends[1], beside), []).append((middle(neighbours[1]), link.id, 1))  # type: ignore[arg-type]
    found: dict[uuid.UUID, list[float]] = {link.id: [0.0, 0.0] for link in the_map.links}
    for (node_id, _), ends_here in sides.items():
        box = boxes[node_id]
        step = box.height / (len(ends_here) + 1)
        for n, (_, link_id, end) in enumerate(sorted(ends_here), start=1):
            found[link_id][end] = round(box.y + n * step, 1)
    return {link_id: (start, end) for link_id, (start, end) in found.items()}


def _across(link: LinkRow, points: list[Point], *, is_back: bool) -> Line:
    """From the left to the right; what leads back has its arrow at the left."""
    (x, y), (x2, y2) = points[0], points[1]
    middle = ((x + x2) / 2, (y + y2) / 2)
    if is_back:
        points = [(x + ARROW, y), *points[1:]]
    else:
        points = [*points[:-1], (points[-1][0] - ARROW, points[-1][1])]
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for n, ((ax, ay), (bx, by)) in enumerate(pairwise(points)):
        if n % 2:  # over a column
            path += f"H{bx:g}"
        else:
            half = (ax + bx) / 2
            path += f"C{half:g} {ay:g} {half:g} {by:g} {bx:g} {by:g}"
    tip = (x, y) if is_back else (points[-1][0] + ARROW, points[-1][1])
    return Line(link, path, _arrow(tip, to_right=not is_back), middle, is_back)


def _beside(link: LinkRow, box: Box, start: float, end: float) -> Line:
    """Out of the right side of one step and into that of another in its column."""
    x = box.x + box.width
    out = x + min(18 + abs(end - start) / 12, GUTTER * 0.7)
    path = f"M{x:g} {start:g}C{out:g} {start:g} {out:g} {end:g} {x + ARROW:g} {end:g}"
    middle = (x + (out - x) * 0.75, (start + end) / 2)
    return Line(link, path, _arrow((x, end), to_right=False), middle, False)


def _arrow(tip: Point, *, to_right: bool) -> str:
    x, y = tip
    base = x - ARROW if to_right else x + ARROW
    return f"M{x:g} {y:g}L{base:g} {y - 4:g}V{y + 4:g}Z"
