"""What features add to the page of one thing that a feature below them has.

    PANELS: Panels[Indicator] = Panels()                                     # beside the page
    PANELS.add(Panel(20, "evaluation/_indicator_panel.html", provide))       # in the other's `register`

`provide(place, thing)` reads what the template needs and gives it as a dict, or None where there is
nothing to show. The template opens with a heading, and has `place` and the dict's keys as its variables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import render_template
from markupsafe import Markup

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Panel(Generic[Thing]):
    """A part of the page, in `order`. The place is a workstream as somebody sees it."""

    order: int
    template: str
    provide: Callable[[Any, Thing], dict[str, Any] | None]


class Panels(Generic[Thing]):
    """The panels of one kind of page."""

    def __init__(self) -> None:
        self._panels: dict[str, Panel[Thing]] = {}

    def add(self, panel: Panel[Thing]) -> None:
        """Show it on every page that it provides something for."""
        self._panels[panel.template] = panel

    @property
    def templates(self) -> frozenset[str]:
        """What they are drawn with."""
        return frozenset(self._panels)

    def shown(self, place: Any, thing: Thing) -> list[Markup]:
        """Those of one thing, rendered, in order."""
        found = []
        for panel in sorted(self._panels.values(), key=lambda panel: (panel.order, panel.template)):
            context = panel.provide(place, thing)
            if context is not None:
                words = render_template(panel.template, place=place, **context)
                found.append(Markup(words))  # noqa: S704 (a template's own output)
        return found
