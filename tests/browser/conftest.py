"""A real Chromium before a real server with the demo data.

Where no browser is found the tests are skipped and the summary says so in capitals;
WAYMARK_REQUIRE_BROWSER=1 makes that a failure instead.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Error, expect, sync_playwright

from tests.browser.visitor import Visitor
from tests.server import Server, running_server

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
REQUIRED = os.environ.get("WAYMARK_REQUIRE_BROWSER") == "1"
PATIENCE_MS = 10_000

expect.set_options(timeout=PATIENCE_MS)


def find_browser() -> str | None:
    """WAYMARK_BROWSER, or the first Chromium or Chrome on the path."""
    named = os.environ.get("WAYMARK_BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if find_browser() is None and not REQUIRED:
        for item in items:
            if "/browser/" in item.nodeid:
                item.add_marker(pytest.mark.skip(reason="no Chromium or Chrome was found"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if find_browser() is None:
        terminalreporter.write_line(
            "NO BROWSER WAS FOUND: NOT ONE JOURNEY OR ACCESSIBILITY TEST HAS RUN. "
            "Install chromium, or name one in WAYMARK_BROWSER.",
            red=True,
            bold=True,
        )


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("browser") / "instance") as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_browser()
    assert path, "WAYMARK_REQUIRE_BROWSER=1, and no Chromium or Chrome was found"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Callable[..., Visitor]]:
    """Opens browsers: `visit("lead")` is signed in, `visit()` is nobody yet.

    At the end of the test, whatever any of them had to complain of fails it.
    """
    visitors: list[Visitor] = []

    def open_browser(
        role: str | None = None, *, width: int = 1280, javascript: bool = True
    ) -> Visitor:
        visitor = Visitor(chromium, server.url, width=width, javascript=javascript)
        visitor.page.set_default_timeout(PATIENCE_MS)
        visitors.append(visitor)
        if role:
            visitor.sign_in(role)
        return visitor

    yield open_browser
    problems = [problem for visitor in visitors for problem in visitor.problems]
    for visitor in visitors:
        try:
            visitor.context.close()
        except Error as error:
            problems.append(f"the browser broke: {error}")
    assert not problems, "\n".join(problems)
