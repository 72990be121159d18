"""The page of a map: the drawing, the list and the table of the same, and a panel beside them.

A GET swaps the panel alone; what was written swaps the whole map, because the drawing and the lists
change with it. Without JavaScript both are the page.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.core import clock, htmx
from app.core.database import SAFE_METHODS
from app.core.forms import Form
from app.core.rights import Right
from app.delivery.queries import members
from app.indicators.reading import standing_of
from app.theory_of_change.gaps import Gap, gaps_of
from app.theory_of_change.models import Assumption, Link, Node, NodeKind, Theory
from app.theory_of_change.outline import outline
from app.theory_of_change.panels import PANELS
from app.theory_of_change.queries import (
    Choices,
    activities_on_maps,
    map_url,
    plan_activities,
)
from app.theory_of_change.reading import TheMap, read_map
from app.workstreams.queries import Place

_PAGE, _MAP, _PANEL = (
    "theory_of_change/map.html",
    "theory_of_change/_map.html",
    "theory_of_change/_panel.html",
)


@dataclass(frozen=True)
class Undo:
    """What has just been taken away, and where to post to bring it back."""

    words: str
    url: str


def people_here(place: Place) -> Choices:
    """Who may own something on a map: people who have work to do here, by name alone."""
    return [(user_id, name.rpartition(", ")[0] or name) for user_id, name in members(place)]


def gaps_here(place: Place, the_map: TheMap) -> list[Gap]:
    """The gaps of a map, as the day and the plan stand."""
    return gaps_of(
        the_map,
        plan_activities(place.id),
        on_a_map=activities_on_maps(place.id),
        today=clock.today(),
        base=map_url(place, the_map.theory_id),
    )


def _context(place: Place, theory: Theory, **more: Any) -> dict[str, Any]:
    the_map = read_map(theory)
    chosen = more.get("chosen")
    node = the_map.by_id.get(chosen) if chosen else None
    link = next((link for link in the_map.links if link.id == chosen), None)
    shown = (node or link) if more["panel"] in ("node", "link") else None
    return {
        "place": place,
        "the_map": the_map,
        "base": map_url(place, theory.id),
        "lines": outline(the_map),
        "kinds": [kind for kind in NodeKind if the_map.column(kind)],
        "gaps": gaps_here(place, the_map),
        "may_edit": place.can(Right.EDIT_MAP),
        "linked": True,
        "assumption": None,
        "node": node,
        "link": link,
        "standings": standing_of(one.id for one in node.indicators) if node and shown else {},
        "panels": PANELS.shown(place, shown) if shown else [],
        **more,
    }


def show(
    place: Place,
    theory: Theory,
    panel: str = "about",
    *,
    chosen: uuid.UUID | None = None,
    form: Form | None = None,
    **more: Any,
) -> Response:
    """The page with one of its panels: `theory_of_change/_<panel>_panel.html`, or a form, whose status
    the answer has. `chosen` is the node or link that it is about."""
    context = _context(place, theory, panel=panel, chosen=chosen, form=form, **more)
    fragment = _PANEL if request.method in SAFE_METHODS else _MAP
    return htmx.render(_PAGE, fragment, status=form.status if form else 200, **context)


def saved(
    place: Place,
    theory: Theory,
    words: str,
    panel: str = "about",
    *,
    chosen: uuid.UUID | None = None,
    undo: Undo | None = None,
    after: str = "",
) -> ResponseReturnValue:
    """The answer to what was written: the map as it is now with the panel of `chosen`, or a visit to
    that panel's page; after a removal, `after` is the query that offers Undo there."""
    if not htmx.wants_fragment():
        base = map_url(place, theory.id)
        path = f"/{panel}s/{chosen}" if chosen else ""
        if after:
            return htmx.go_to(f"{base}{path}?{after}")  # that page says what was done
        return htmx.done(base + path, words)
    context = _context(place, theory, panel=panel, chosen=chosen, form=None, undo=undo)
    focus = "#map-done" if undo else "#map-panel"
    return htmx.done("", words, fragment=_MAP, focus=focus, **context)


def removed_words(thing: Node | Link | Assumption) -> str:
    """What is said when something was taken off the map."""
    if isinstance(thing, Link):
        return "Link removed"
    return f"{'Step' if isinstance(thing, Node) else 'Assumption'} removed: {thing.text}"
