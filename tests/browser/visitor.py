"""Somebody at a browser: what they do, and what their browser complains of."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    Route,
    expect,
)

AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 AA, and what axe holds to be good practice beside it.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A form sent back and an edit conflict are answers that the scripts swap in; Chromium logs each.
ANSWERS = re.compile(r"Failed to load resource: the server responded with a status of (422|409)")
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`));
"""
MOST_TABS = 120


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


class Visitor:
    """One browser window with cookies of its own. `problems` gathers every CSP violation, console
    error, broken script, answer of 500 or more, and request to another host."""

    def __init__(self, browser: Browser, url: str, *, width: int, javascript: bool) -> None:
        self.url = url
        self.problems: list[str] = []
        self.javascript = javascript
        self._window = partial(
            browser.new_context,
            base_url=url,
            viewport={"width": width, "height": 800},
            reduced_motion="reduce",
            locale="en-GB",
        )
        self.context = self._window(java_script_enabled=javascript)
        if javascript:
            self.context.add_init_script(REPORT_VIOLATIONS)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.page: Page = self.context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not ANSWERS.match(message.text):
            self.problems.append(f"console on {self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and not request.url.startswith(self.url):
            self.problems.append(f"{self.page.url} asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.request.method} {response.url}: {response.status}")

    def goto(self, path: str) -> Page:
        """Go to a path of ours, as typed into the address bar."""
        self.page.goto(path)
        return self.page

    def sign_in(self, role: str) -> None:
        """By the demo's button for this account."""
        self.goto("/account/sign-in")
        self.page.locator(f"form[action$='/demo-sign-in/{role}'] button").click()
        expect(self.page.get_by_role("navigation", name="Main")).to_be_visible()

    def path(self) -> str:
        """The path and query of the page at hand."""
        parts = urlsplit(self.page.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def tab_to(self, target: Locator) -> None:
        """Press Tab until `target` has the focus; fails when the keyboard cannot get there."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.has_focus(target):
                return
        raise AssertionError(f"{target} cannot be reached with the Tab key")

    @staticmethod
    def has_focus(target: Locator) -> bool:
        return target.count() == 1 and target.evaluate("e => e === document.activeElement")

    def check(self, *, swapped: bool = False) -> None:
        """The page as it now stands: no axe violation, no sideways scrolling; after a swap, a focus
        that is not lost. Axe comes in through the debugger, so the page's own policy stays on."""
        with self._readable() as page:
            faults = [*self.axe(page), *self.sideways(page)]
        if swapped and self.lost_focus():
            faults.append("the focus is lost")
        assert not faults, f"{self.path()}: " + "\n".join(faults)

    @contextmanager
    def _readable(self) -> Iterator[Page]:
        """The page, for axe to read. Where scripts are off no promise that axe waits for is ever kept:
        it reads the same HTML in a window of its own, which refuses the page's scripts."""
        if self.javascript:
            yield self.page
            return
        html, policy = self.page.content(), {"Content-Security-Policy": "script-src 'none'"}

        def answer(route: Route) -> None:
            if route.request.is_navigation_request():
                route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=policy)
            else:
                route.continue_()

        window = self._window()
        try:
            page = window.new_page()
            page.route("**/*", answer)
            page.goto(self.page.url)
            yield page
        finally:
            window.close()

    def axe(self, page: Page | None = None) -> list[str]:
        """What axe has against the page."""
        page = page or self.page
        page.evaluate(_axe())
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            AXE_TAGS,
        )
        return [
            f"axe {violation['id']}: {violation['help']}: "
            + "; ".join(node["html"][:200] for node in violation["nodes"][:3])
            for violation in found["violations"]
        ]

    def sideways(self, page: Page | None = None) -> list[str]:
        """Whether the page has to be scrolled sideways to be read."""
        page = page or self.page
        wide = page.evaluate(
            """() => {
              const page = document.documentElement;
              if (page.scrollWidth <= page.clientWidth) return null;
              const out = [...document.body.querySelectorAll("*")].find(
                (e) => e.getBoundingClientRect().right > page.clientWidth + 1);
              return `${page.scrollWidth} in ${page.clientWidth}: ${out?.outerHTML.slice(0, 200)}`;
            }"""
        )
        return [f"scrolls sideways: {wide}"] if wide else []

    def lost_focus(self) -> bool:
        """Whether the focus is on the body: nowhere, for somebody with a keyboard."""
        return self.page.evaluate("document.activeElement === document.body")
