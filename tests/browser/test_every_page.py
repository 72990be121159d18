"""Every kind of page that a role is led to: zero axe violations, no sideways scrolling at 320 px."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.browser.visitor import Visitor

MOST_PAGES = 70
MOST_PAGES_OF_COHORTS = 100
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 800}

FILE = re.compile(r"\.[a-z]+$")  # to download or to fetch, not to look at


def kind(path: str) -> str:
    """Pages that differ only in the thing they show are one kind."""
    plain = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}", "/<id>", urlsplit(path).path)
    plain = re.sub(r"^/needs/[a-z_]+", "/needs/<kind>", plain)
    return re.sub(r"^/workstreams/(?!new$)[^/]+", "/workstreams/<slug>", plain)


def links(visitor: Visitor) -> list[str]:
    """The paths that the page at hand leads to."""
    found = visitor.page.eval_on_selector_all(
        "a[href]", "all => all.map(a => a.getAttribute('href'))"
    )
    here = visitor.page.url
    whole = [urldefrag(urljoin(here, target)).url for target in found]
    return [url.removeprefix(visitor.url) for url in whole if url.startswith(visitor.url)]


# A People Zone has every part; the walk starts there so that its pages are the ones looked at.
STARTS = ["/", "/workstreams/new-parks", "/workstreams/new-parks/plan"]
# Cohort 2 is being chosen, cohort 1 has graduated: between them they have every page of a cohort.
FIRST, SECOND = "/workstreams/cohort-1", "/workstreams/cohort-2"
STARTS_OF = {
    None: ["/account/sign-in", "/apply/cohort-2", "/apply/cohort-1", "/me/link"],
    "coordinator": [
        f"{SECOND}/applicants",
        f"{SECOND}/call",
        f"{SECOND}/applicants/decisions",
        f"{FIRST}/participants",
        f"{FIRST}/network",
        SECOND,
    ],
    "reviewer": ["/", f"{SECOND}/reviews"],
    "facilitator": ["/", f"{FIRST}/sessions"],
}
OF_COHORTS = re.compile(
    "^/(apply|me)/|^/workstreams/cohort-[12]"
    "/(applicants|call|network|nominate|numbers|participants|reviews|sessions)(/|$|[?])"
)


def walk(visitor: Visitor, starts: list[str], *, most: int, within: re.Pattern[str]) -> None:
    """Look at one page of each kind that the starts lead to, on a desk and on a phone."""
    waiting, seen = deque(starts), set()
    faults: dict[str, list[str]] = {}
    while waiting and len(seen) < most:
        path = waiting.popleft()
        if kind(path) in seen or FILE.search(urlsplit(path).path):
            continue
        if path not in starts and not within.search(path):
            continue
        seen.add(kind(path))
        visitor.page.set_viewport_size(WIDE)
        visitor.goto(path)
        waiting.extend(links(visitor))
        found = [*visitor.axe(), *visitor.sideways()]
        visitor.page.set_viewport_size(NARROW)
        found += [*visitor.axe(), *visitor.sideways()]
        for fault in found:
            faults.setdefault(fault, []).append(path)
    assert not faults, "\n".join(
        f"{fault} (on {len(paths)} pages, the first {paths[0]})" for fault, paths in faults.items()
    )


@pytest.mark.parametrize(
    "role", [None, "lead", "contributor", "officer", "board", "reviewer", "facilitator"]
)
def test_every_kind_of_page(visit, role):
    starts = STARTS_OF.get(role, STARTS)
    walk(visit(role), starts, most=MOST_PAGES, within=re.compile(""))


def test_every_kind_of_page_of_a_cohort(visit):
    """What the coordinator is led to there; what every workstream has, the roles above walk through."""
    starts = STARTS_OF["coordinator"]
    walk(visit("coordinator"), starts, most=MOST_PAGES_OF_COHORTS, within=OF_COHORTS)
