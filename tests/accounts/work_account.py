"""What a person with a work account does: goes to the provider, and comes back."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import User, WorkAccount
from app.extensions import db
from tests.accounts.browser import Browser
from tests.accounts.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.conftest import close_database, make_app

START = "/account/work-account"
RETURN = f"{START}/return"
NewApp = Callable[..., Any]


def settings_for(provider: Provider) -> dict[str, object]:
    """As WAYMARK_OIDC_… would set them. The provider is on loopback, without HTTPS."""
    return {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "HTTPS": False,
    }


@contextmanager
def app_with(database_url: str, instance: Any, provider: Provider, **more: Any) -> Iterator[Flask]:
    """An application with single sign-on, which has not asked the provider anything yet."""
    app = make_app(database_url, instance, **settings_for(provider), **more)
    yield app
    close_database(app)


def at_provider(response: TestResponse) -> str:
    """Follow the redirect there; returns the path at which the provider sends the browser back."""
    assert response.status_code == 303, response.status_code
    with requests.get(response.location, allow_redirects=False, timeout=10) as answer:
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
    assert back.netloc == "localhost"
    return f"{back.path}?{back.query}"


def come_back(browser: Browser, path: str) -> TestResponse:
    """Load the page that hands on, and let it."""
    page = browser.get(path)
    if page.status_code != 200:
        return page
    assert "data-send-now" in page.text
    return browser.post(RETURN, data=hidden(page.text))


def hidden(page: str) -> dict[str, str]:
    """What the form that hands on sends."""
    found = re.findall(r'<input type="hidden" name="(code|state)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def journey(browser: Browser, start: str = START) -> TestResponse:
    """There and back."""
    return come_back(browser, at_provider(browser.get(start)))


def linked(user: User, provider: Provider, subject: str = "subject-1") -> User:
    """`user`, who has this work account."""
    db.session.add(WorkAccount(user_id=user.id, issuer=provider.issuer, subject=subject))
    db.session.flush()
    return user
