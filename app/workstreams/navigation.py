"""The one sub-navigation of every workstream. A feature adds its tab when it registers."""

from collections.abc import Callable
from dataclasses import dataclass

from app.workstreams.queries import Place


@dataclass(frozen=True)
class Tab:
    """`path` hangs below the workstream's URL; `shown` says for which workstreams."""

    order: int
    label: str
    path: str
    shown: Callable[[Place], bool] = lambda place: True


_TABS: set[Tab] = set()


def add_tab(tab: Tab) -> None:
    """Add a tab to every workstream that it is shown for."""
    _TABS.discard(next((known for known in _TABS if known.path == tab.path), tab))
    _TABS.add(tab)


def tabs(place: Place) -> list[tuple[str, str]]:
    """(label, URL) of this workstream's tabs, in order."""
    return [
        (tab.label, place.url + tab.path)
        for tab in sorted(_TABS, key=lambda tab: tab.order)
        if tab.shown(place)
    ]
