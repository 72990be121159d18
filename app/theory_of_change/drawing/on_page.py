"""What a page shows of a map's drawing: the lens and the step that its address asks for."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from flask_login import current_user
from markupsafe import Markup

from app.core import clock, htmx
from app.theory_of_change.drawing.picture import draw
from app.theory_of_change.drawing.words import link_name
from app.theory_of_change.lenses import Asked, Lens, View, lens_called, lenses
from app.theory_of_change.reading import TheMap

# What somebody who has pressed a step wants to see next: its panel, or what the lens says of it.
_WHERE = {False: "#map-panel", True: "#lenses"}


class Said(NamedTuple):
    """A row of the lens in words: what it speaks of, of which kind, and what it says."""

    kind: str
    name: str
    words: str


@dataclass(frozen=True)
class Shown:
    """What `theory_of_change/_drawing.html` prints. `map_url` is the map's own page."""

    the_map: TheMap
    map_url: str
    lens: Lens | None
    view: View | None
    chosen: uuid.UUID | None
    public: bool
    here: str  # the address of this page

    @property
    def query(self) -> str:
        """What keeps the lens when one goes on from here."""
        return _query([f"lens={self.lens.key}" if self.lens else ""])

    @property
    def file_query(self) -> str:
        """The same for files, with the step that was chosen."""
        step = f"node={self.chosen}" if self.chosen in self.the_map.by_id else ""
        return _query([f"lens={self.lens.key}", step]) if self.lens else ""

    @property
    def lenses(self) -> list[tuple[str, str, bool]]:
        """(words, address, whether it is this one), the plain map first; what was chosen stays."""
        here = self.here
        asked = [("", f"node={self.chosen}")[here == self.map_url and self.chosen is not None]]
        found: list[Lens | None] = [None, *lenses(public=self.public)]
        return [
            (
                lens.label if lens else "Plain",
                here + _query([f"lens={lens.key}" if lens else "", *asked]) + "#lenses",
                lens is self.lens,
            )
            for lens in found
        ]

    @cached_property
    def picture(self) -> Markup:
        """The SVG."""
        return draw(
            self.the_map,
            view=self.view,
            chosen=self.chosen,
            base_url="" if self.public else self.map_url,
            query="" if self.public else self.query + _WHERE[bool(self.lens and self.lens.chooses)],
        )

    def said(self) -> Iterator[Said]:
        """The lens in words, steps before links; what stands back is left out."""
        if self.view is None:
            return
        for node in self.the_map.nodes:
            if node.id in self.view.nodes and node.id not in self.view.faded:
                yield Said(node.kind.label, node.text, self.view.nodes[node.id].words)
        for link in self.the_map.links:
            if link.id in self.view.links and link.id not in self.view.faded:
                name = link_name(self.the_map, link)
                yield Said("Link", name, self.view.links[link.id].words)


def shown(
    the_map: TheMap, map_url: str, *, chosen: uuid.UUID | None = None, public: bool = False
) -> Shown:
    """Reads `?lens=` and `?node=` of the page that is open; `chosen` is the step or link whose page this is."""
    here = map_url
    if chosen is not None:
        here += f"/{'nodes' if chosen in the_map.by_id else 'links'}/{chosen}"
    chosen = chosen or step_asked_for(the_map)
    lens = lens_called(htmx.page_args().get("lens"), public=public)
    view = view_of(the_map, lens, chosen, public)
    return Shown(the_map, map_url, lens, view, chosen, public, here)


def view_of(
    the_map: TheMap, lens: Lens | None, chosen: uuid.UUID | None, public: bool = False
) -> View | None:
    """What a lens says, to whoever is signed in; with `public`, to anybody."""
    if lens is None:
        return None
    reader = None if public else current_user._get_current_object()
    step = chosen if chosen in the_map.by_id else None
    return lens.provide(the_map, Asked(clock.today(), reader, step))


def step_asked_for(the_map: TheMap) -> uuid.UUID | None:
    """The step of `?node=`, if it is on the map."""
    try:
        asked = uuid.UUID(htmx.page_args().get("node", ""))
    except ValueError:
        return None
    return asked if asked in the_map.by_id else None


def _query(parts: list[str]) -> str:
    given = "&".join(part for part in parts if part)
    return f"?{given}" if given else ""
