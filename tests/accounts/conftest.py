"""Browsers for the tests of signing in."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.accounts.browser import Browser

NewBrowser = Callable[[], Browser]


@pytest.fixture
def new_browser(app: Flask) -> NewBrowser:
    """Another browser, with cookies of its own."""
    return lambda: Browser(app, app.response_class, use_cookies=True)


@pytest.fixture
def client(new_browser: NewBrowser) -> Browser:
    """A browser that nobody has signed in to."""
    return new_browser()
