"""The pages beside one another within a cohort's tab, and where those work who see nothing else of it.
A part adds its page when it registers.

Tabs are few; what belongs together stands under one of them, and each page shows the row of its
neighbours: `{{ cohort_pages(place, "/applicants") }}` in a template.
"""

from dataclasses import dataclass

from app.core.rights import Right
from app.workstreams.models import MemberRole
from app.workstreams.queries import Place


@dataclass(frozen=True)
class Page:
    """`path` hangs below the workstream's URL; only those who hold `right` there are shown it."""

    order: int
    label: str
    path: str
    right: Right


_PAGES: dict[str, set[Page]] = {}


def add_page(tab: str, page: Page) -> None:
    """Add a page to those under the tab whose path is `tab`."""
    _PAGES.setdefault(tab, set()).add(page)


def pages(place: Place, tab: str) -> list[tuple[str, str]]:
    """(label, URL) of the pages under a tab that the reader may open, in order."""
    return [
        (page.label, place.url + page.path)
        for page in sorted(_PAGES.get(tab, ()), key=lambda page: page.order)
        if place.can(page.right)
    ]


@dataclass(frozen=True)
class Workplace:
    """Where a role that lets somebody see nothing else of a cohort has its work; `path` hangs below the
    workstream's URL."""

    label: str
    path: str


_WORKPLACES: dict[MemberRole, Workplace] = {}


def add_workplace(role: MemberRole, workplace: Workplace) -> None:
    """Have the front page lead those who hold `role` to their work in each cohort that has a call."""
    _WORKPLACES[role] = workplace


def workplaces() -> dict[MemberRole, Workplace]:
    """Where the roles have their work that have such a place."""
    return dict(_WORKPLACES)
