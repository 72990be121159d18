"""The SVG of a map: for a page, whose style sheet has its colours, or as a file that brings them along."""

import uuid
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from markupsafe import Markup

from app.delivery.timeline.lettering import shortened, width_of
from app.theory_of_change.drawing.layout import GUTTER, LETTERS, SMALL, Layout, Line, lay_out
from app.theory_of_change.drawing.legend import SHAPES, legend
from app.theory_of_change.drawing.words import link_name, step_name
from app.theory_of_change.lenses import View
from app.theory_of_change.reading import TheMap

_STYLES = Path(__file__).parents[2] / "static/src/styles/_picture.css"
_APART = 6.0
_TITLE = 52.0


class Word(NamedTuple):
    """What a lens says on a line, about its middle."""

    text: str
    x: float
    y: float


def draw(
    the_map: TheMap,
    *,
    view: View | None = None,
    chosen: uuid.UUID | None = None,
    base_url: str | None = None,
    query: str = "",
    title: str = "",
    status: str = "",
) -> Markup:
    """The drawing of a map as a lens sees it.

    Steps and links lead to their pages below `base_url`, with `query` behind; with "" to `#step-<id>` and
    `#link-<id>` of the page itself. Without one it is a file, which has its colours in it, a `title`
    and a `status` at its head and nothing to press.
    """
    said = {node_id: sign.words for node_id, sign in view.nodes.items()} if view else {}
    layout = lay_out(the_map, said, on_paper=base_url is None)
    has_back = any(line.is_back for line in layout.lines)
    entries, height = legend(view, has_back=has_back, width=layout.width)
    head = _TITLE if title else 0.0
    out_of: dict[uuid.UUID, list[Line]] = defaultdict(list)
    for line in layout.lines:
        out_of[line.link.from_id].append(line)
    signs = dict(view.nodes) | dict(view.links) if view else {}
    names = {
        node.id: step_name(the_map, node, len(out_of[node.id]), signs.get(node.id))
        for node in the_map.nodes
    } | {
        line.link.id: link_name(the_map, line.link, signs.get(line.link.id), back=line.is_back)
        for line in layout.lines
    }
    return Markup(  # noqa: S704 (the template escapes what people wrote)
        current_app.jinja_env.get_template("theory_of_change/_map_drawing.svg").render(
            the_map=the_map,
            layout=layout,
            out_of=out_of,
            names=names,
            signs=signs,
            words=_words(layout, view) if view else {},
            faded=view.faded if view else frozenset(),
            chosen=chosen,
            shapes=SHAPES,
            entries=entries,
            head=head,
            top=head + height,
            title=shortened(title, layout.width - 20, 18, bold=True),
            status=shortened(status, layout.width - 20, LETTERS),
            href=_hrefs(base_url),
            query=query,
            styles=None if base_url is not None else Markup(_styles()),  # noqa: S704 (ours)
        )
    )


def _hrefs(base_url: str | None) -> tuple[str, str] | None:
    """What stands before the id of a step, and of a link."""
    if base_url is None:
        return None
    return (f"{base_url}/nodes/", f"{base_url}/links/") if base_url else ("#step-", "#link-")


@cache
def _styles() -> str:
    return _STYLES.read_text(encoding="utf-8")


def _words(layout: Layout, view: View) -> dict[uuid.UUID, Word]:
    """The short words of a lens on lines, but for those that would lie over others: the name of the link
    and the table have them all."""
    placed: dict[int, list[tuple[float, float]]] = defaultdict(list)  # by gutter
    found = {}
    for line in layout.lines:
        sign = view.links.get(line.link.id)
        if sign is None or not sign.short:
            continue
        x, y = line.middle
        half = width_of(sign.short, SMALL) / 2
        near = placed[int(x // (layout.heads[0].width + GUTTER))]
        if all(abs(x - ax) > 2 * half + _APART or abs(y - ay) > SMALL + 2 for ax, ay in near):
            near.append((x, y))
            found[line.link.id] = Word(sign.short, round(x - half, 1), round(y + 4, 1))
    return found
