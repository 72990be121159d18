"""A map as a nested list: each step with those that it leads to beneath it. Pure.

A step that several lead to stands with all beneath it where it comes first, and is only named after
that; so a loop ends, and the list is never longer than the map's steps and links.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from app.theory_of_change.reading import LinkRow, NodeRow, TheMap


@dataclass
class Line:
    """A line of the list. `link` is what led to it; `again`: what follows stands further up. `opens`: a
    list of its own begins beneath it; `closes`: so many end after it."""

    node: NodeRow
    link: LinkRow | None
    depth: int
    again: bool = False
    opens: bool = False
    closes: int = 0


def outline(the_map: TheMap) -> list[Line]:
    """The lines, from the first column's steps on that nothing leads to."""
    follows: dict[uuid.UUID, list[LinkRow]] = defaultdict(list)
    for each in the_map.links:
        follows[each.from_id].append(each)
    led_to = {link.to_id for link in the_map.links}
    seen: set[uuid.UUID] = set()
    lines: list[Line] = []
    # What nothing leads to comes first; then what is only in a loop.
    starts = sorted(the_map.nodes, key=lambda node: node.id in led_to)
    for start in starts:
        waiting: list[tuple[NodeRow, LinkRow | None, int]] = []
        if start.id not in seen:
            waiting.append((start, None, 0))
        while waiting:
            node, link, depth = waiting.pop()
            again = node.id in seen
            seen.add(node.id)
            lines.append(Line(node, link, depth, again and bool(follows[node.id])))
            if not again:
                waiting += [
                    (the_map.by_id[each.to_id], each, depth + 1)
                    for each in reversed(follows[node.id])
                ]
    for place, line in enumerate(lines, 1):
        deeper = lines[place].depth if place < len(lines) else 0
        line.opens = deeper > line.depth
        line.closes = max(line.depth - deeper, 0)
    return lines
