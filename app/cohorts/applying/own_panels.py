"""What other parts add to an applicant's own page, `/apply/<slug>/your-application`.

    add_panel(Panel(20, "cohorts/interviews/_own_panel.html", provide))

`provide(call, application)` reads what the template needs and gives it as a dict, or None where there is
nothing to show (yet). The template opens with an `<h2 class="wm-h2">`, and has `call`, `application`,
`apply_url` ("/apply/<slug>") and the dict's keys as its variables. Forms in it post to routes of that
part, below `/apply/<slug>`, whose rule is `access.by_link(application_at_hand)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call


@dataclass(frozen=True)
class Panel:
    """A part of the page, in `order`."""

    order: int
    template: str
    provide: Callable[[Call, Application], dict[str, Any] | None]


_PANELS: dict[str, Panel] = {}


def add_panel(panel: Panel) -> None:
    """Add a panel to the page of every applicant that it provides something for."""
    _PANELS[panel.template] = panel


def panels(call: Call, application: Application, *, apply_url: str) -> list[Markup]:
    """The panels of this applicant, rendered, in order."""
    shown = []
    for panel in sorted(_PANELS.values(), key=lambda panel: (panel.order, panel.template)):
        context = panel.provide(call, application)
        if context is not None:
            words = render_template(
                panel.template, call=call, application=application, apply_url=apply_url, **context
            )
            shown.append(Markup(words))  # noqa: S704 (a template's own output)
    return shown
