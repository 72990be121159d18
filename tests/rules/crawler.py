"""A visitor who follows every link and every swap that one person is shown."""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.client import LintingClient
from tests.statements import statements, writes

# Enough of each kind of page; a plan of 60 rows is not walked row by row by six people.
PAGES_PER_ENDPOINT = 12
PAGES_PER_PLACE = 2
LONGEST_CRAWL = 900


@dataclass(frozen=True)
class Link:
    """Somewhere to go, and the page that offers it."""

    url: str
    found_on: str
    swap: bool = False


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "a" and attributes.get("href"):
            self._add(attributes["href"])
        if tag == "form" and attributes.get("method", "get").lower() == "get":
            self._add(attributes.get("action") or self.page)
        for name, value in attributes.items():
            if name.split(":")[0] == "hx-get" and value:
                self._add(value, swap=True)

    def _add(self, target: str, swap: bool = False) -> None:
        url = urldefrag(urljoin(self.page, target)).url
        parts = urlsplit(url)
        if parts.scheme in ("", "http", "https") and parts.netloc in ("", "localhost"):
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            self.found.append(Link(path, self.page, swap))


@dataclass
class Crawl:
    """One person's walk: which endpoints they reached, and what was wrong on the way."""

    app: Flask
    client: LintingClient
    visited: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    pages: int = 0
    _seen: set[tuple[str, bool]] = field(default_factory=set)
    _visits: Counter = field(default_factory=Counter)

    def walk(self, start: str = "/") -> "Crawl":
        """Follow links from `start`, nearest first, until there are no new ones."""
        waiting = deque([Link(start, "the address bar")])
        while waiting and self.pages < LONGEST_CRAWL:
            link = waiting.popleft()
            if (link.url, link.swap) in self._seen:
                continue
            self._seen.add((link.url, link.swap))
            endpoint = self._wanted(link)
            if endpoint is not None:
                waiting.extend(self._visit(link, endpoint))
        return self

    def _wanted(self, link: Link) -> str | None:
        """The endpoint of a link; None when it is broken (noted) or enough of its kind were seen."""
        adapter = self.app.url_map.bind("localhost")
        parts = urlsplit(link.url)
        try:
            endpoint, values = adapter.match(parts.path, method="GET")
        except RequestRedirect:
            self.faults.append(f"{link.url} (on {link.found_on}) is not the page's own address")
            return None
        except HTTPException as error:
            self.faults.append(f"{link.url} (on {link.found_on}) is no page: {error.name}")
            return None
        query = tuple(sorted(part.split("=")[0] for part in parts.query.split("&")))
        kind = (endpoint, link.swap)
        place = (*kind, values.get("slug"), query)
        if self._visits[kind] >= PAGES_PER_ENDPOINT or self._visits[place] >= PAGES_PER_PLACE:
            return None
        self._visits.update([kind, place])
        return endpoint

    def _visit(self, link: Link, endpoint: str) -> list[Link]:
        where = f"{'swap ' if link.swap else ''}{link.url} (on {link.found_on})"
        self.pages += 1
        try:
            with statements() as sent:
                if link.swap:
                    response = self.client.htmx("GET", link.url)
                else:
                    response = self.client.get(link.url)
        except Exception as error:  # a page that breaks is a finding, like any other
            self.faults.append(f"{where}: {type(error).__name__}: {str(error)[:300]}")
            return []
        if writes(sent):
            self.faults.append(f"{where} wrote: {writes(sent)[0][:200]}")
        if response.status_code >= 400:
            self.faults.append(f"{where} answered {response.status_code}")
            return []
        self.visited.add(endpoint)
        if "Location" in response.headers:
            target = urlsplit(response.headers["Location"])
            if target.netloc not in ("", "localhost"):
                return []
            query = f"?{target.query}" if target.query else ""
            return [Link(target.path + query, link.url)]
        if response.mimetype != "text/html":
            return []
        links = _Links(urlsplit(link.url).path)
        links.feed(response.get_data(as_text=True))
        return links.found
