"""What the signs and lines of a drawing mean, in rows above it."""

from collections.abc import Sequence
from typing import NamedTuple

from app.delivery.timeline.lettering import shortened, width_of
from app.theory_of_change.drawing.layout import EDGE, SIGN, SMALL
from app.theory_of_change.lenses import Sign, View

ROW = 22.0
LINE_LENGTH = 34.0
_BETWEEN = 22.0
_PLAIN = (Sign("plain", "Leads to"), Sign("back", "Leads back to an earlier column"))

# Level -> a path in a box of 12 by 12, and whether it is filled.
SHAPES: dict[str, tuple[str, bool]] = {
    "red": ("M6 0l6 6-6 6-6-6z", True),
    "amber": ("M6 0l6 11h-12z", True),
    "green": ("M6 0a6 6 0 1 0 .01 0z", True),
    "done": ("M1 6l4 5 6-10", False),
    "unrated": ("M6 1a5 5 0 1 0 .01 0z", False),
    "untied": ("M1 6h10", False),
    "strong": ("M0 12v-4h3v4zM4.5 12v-8h3v8zM9 12v-12h3v12z", True),
    "moderate": ("M0 12v-4h3v4zM4.5 12v-8h3v8z", True),
    "weak": ("M0 12v-4h3v4zM4.5 12v-1h3v1zM9 12v-1h3v1z", True),
    "none": ("M6 1a5 5 0 1 0 .01 0z", False),
    "supports": ("M6 0v12M0 6h12", False),
    "mixed": ("M6 0v8M2 4h8M2 11h8", False),
    "contradicts": ("M1 4h10v4h-10z", True),
    "unclear": ("M2 4a4 4 0 1 1 4 4v1M6 11v1", False),
    "no_way": ("M1 1l10 10M11 1l-10 10", False),
    "chosen": ("M0 0h12v12h-12z", True),
    "leads": ("M0 6h10M6 2l4 4-4 4", False),
    "follows": ("M2 1v10M2 6h9M7 2l4 4-4 4", False),
    "owner": ("M6 0a3 3 0 1 0 .01 0zM0 12a6 5 0 0 1 12 0z", True),
    "nobody": ("M6 1a5 5 0 1 0 .01 0z", False),
}


class Entry(NamedTuple):
    """One sign with its meaning. `line`: a line of links, not a shape of steps."""

    level: str
    words: str
    x: float
    y: float
    line: bool


def legend(view: View | None, *, has_back: bool, width: float) -> tuple[list[Entry], float]:
    """The entries, only of what is on the map, and how high they are together."""
    signs: list[tuple[Sign, bool]] = []
    if view is None or not view.links:
        signs = [(sign, True) for sign in _PLAIN[: 2 if has_back else 1]]
    else:
        signs = [(sign, True) for sign in _present(view.link_legend, view.links.values())]
    if view is not None:
        signs = [(sign, False) for sign in _present(view.node_legend, view.nodes.values())] + signs
    entries = []
    x, y = EDGE, EDGE
    for sign, is_line in signs:
        mark = LINE_LENGTH + 8 if is_line else SIGN
        words = shortened(sign.words, width - 2 * EDGE - mark, SMALL)
        room = mark + width_of(words, SMALL)
        if x > EDGE and x + room > width - EDGE:
            x, y = EDGE, y + ROW
        entries.append(Entry(sign.level, words, round(x, 1), y, is_line))
        x += room + _BETWEEN
    return entries, y + ROW + 4 if entries else 0.0


def _present(meanings: Sequence[Sign], found: object) -> list[Sign]:
    levels = {sign.level for sign in found}  # type: ignore[attr-defined]
    return [sign for sign in meanings if sign.level in levels]
