"""What other features add to a workstream's overview page.

    add_panel(Panel(10, "delivery/_overview_panel.html", provide))

`provide(place)` reads what the template needs and gives it as a dict, or None where the panel has
no business on this workstream. The template opens with an `<h2 class="wm-h2">`, and has `place`
and the dict's keys as its variables. One query, please: the page has six in all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.workstreams.queries import Place


@dataclass(frozen=True)
class Panel:
    """A part of the overview. Panels stand in `order`: below 0 before the aims and key issues (how
    does it go?), the others after them."""

    order: int
    template: str
    provide: Callable[[Place], dict[str, Any] | None]


_PANELS: dict[str, Panel] = {}


def add_panel(panel: Panel) -> None:
    """Add a panel to the overview of every workstream that it provides something for."""
    _PANELS[panel.template] = panel


def panels(place: Place, *, first: bool) -> list[Markup]:
    """The panels of this workstream's overview, rendered, in order: those before the aims when
    `first`, else those after."""
    shown = []
    for panel in sorted(_PANELS.values(), key=lambda panel: (panel.order, panel.template)):
        if (panel.order < 0) != first:
            continue
        context = panel.provide(place)
        if context is not None:
            shown.append(Markup(render_template(panel.template, place=place, **context)))  # noqa: S704 (a template's own output)
    return shown
