"""Every kind of page that a role is led to: zero axe violations, no sideways scrolling at 320 px."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.browser.visitor import Visitor

MOST_PAGES = 70
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


@pytest.mark.parametrize("role", [None, "lead", "contributor", "officer", "board"])
def test_every_kind_of_page(visit, role):
    visitor = visit(role)
    waiting, seen = deque(STARTS if role else ["/account/sign-in"]), set()
    faults: dict[str, list[str]] = {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        if kind(path) in seen or FILE.search(urlsplit(path).path):
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
