"""Browsers for the tests of signing in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.extensions import db as database
from tests.accounts.browser import Browser
from tests.accounts.oidc_provider import Provider, running_provider
from tests.accounts.work_account import app_with
from tests.conftest import empty_tables

NewBrowser = Callable[[], Browser]


@pytest.fixture
def new_browser(app: Flask) -> NewBrowser:
    """Another browser, with cookies of its own."""
    return lambda: Browser(app, app.response_class, use_cookies=True)


@pytest.fixture
def client(new_browser: NewBrowser) -> Browser:
    """A browser that nobody has signed in to."""
    return new_browser()


@pytest.fixture(scope="module")
def shared_provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(shared_provider: Provider) -> Provider:
    """An OpenID Connect provider that behaves well until told otherwise."""
    shared_provider.reset()
    return shared_provider


@pytest.fixture
def sso_app(
    migrated_app: Flask, database_url: str, tmp_path: Path, provider: Provider
) -> Iterator[Flask]:
    """The application with single sign-on, on the database that the tests share."""
    with app_with(database_url, tmp_path, provider) as app, app.app_context():
        yield app
        database.session.rollback()
        database.session.remove()
        empty_tables()
