"""What other parts add to the page of one application, for those who choose.

    add_panel(Panel(20, "cohorts/reviewing/_application_panel.html", provide))

`provide(place, call, application)` reads what the template needs and gives it as a dict, or None where
there is nothing to show. The template opens with an `<h2 class="wm-h2">`, and has `place`, `call`,
`application` and the dict's keys as its variables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call
from app.workstreams.queries import Place


@dataclass(frozen=True)
class Panel:
    """A part of the page, in `order`."""

    order: int
    template: str
    provide: Callable[[Place, Call, Application], dict[str, Any] | None]


_PANELS: dict[str, Panel] = {}


def add_panel(panel: Panel) -> None:
    """Add a panel to the page of every application that it provides something for."""
    _PANELS[panel.template] = panel


def panels(place: Place, call: Call, application: Application) -> list[Markup]:
    """The panels of this application, rendered, in order."""
    shown = []
    for panel in sorted(_PANELS.values(), key=lambda panel: (panel.order, panel.template)):
        context = panel.provide(place, call, application)
        if context is not None:
            words = render_template(
                panel.template, place=place, call=call, application=application, **context
            )
            shown.append(Markup(words))  # noqa: S704 (a template's own output)
    return shown
