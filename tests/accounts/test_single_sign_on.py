"""Signing in with a work account that is linked already; and with one that is not."""

import logging
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import SignIn, User, WorkAccount
from app.core import clock
from app.extensions import db
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.accounts.oidc_provider import Provider, new_key
from tests.accounts.work_account import (
    RETURN,
    START,
    at_provider,
    come_back,
    journey,
    linked,
)
from tests.factories.accounts import UserFactory


@pytest.fixture
def app(sso_app: Flask) -> Flask:
    return sso_app


def _count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_signing_in_opens_the_same_session_as_a_password(
    client: Browser, provider: Provider
) -> None:
    linked(UserFactory(), provider)
    response = journey(client)
    assert (response.status_code, response.location) == (303, "/")
    assert client.is_signed_in
    assert _count(SignIn) == 1
    asked = provider.last_request
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid profile"
    assert asked["code_challenge_method"] == "S256"
    assert asked["state"] and asked["nonce"]


def test_signing_out_everywhere_idling_and_suspending_end_it_too(
    client: Browser, provider: Provider, new_browser: NewBrowser
) -> None:
    user = linked(UserFactory(), provider)
    other = new_browser()
    for browser in (client, other):
        journey(browser)
    assert "In 2 browsers" in client.get("/account").text
    client.post("/account/sign-out-everywhere")
    assert not other.is_signed_in
    journey(client)
    db.session.execute(sa.update(SignIn).values(started_at=clock.now() - timedelta(hours=13)))
    assert not client.is_signed_in
    journey(client)
    db.session.get(User, user.id).active = False
    assert not client.is_signed_in


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        ("/workstreams?status=active", "/workstreams?status=active"),
        ("//elsewhere.example", "/"),
        ("https://elsewhere.example/", "/"),
        ("/" + "a" * 600, "/"),
    ],
)
def test_one_lands_where_one_was_going_on_this_site_only(
    client: Browser, provider: Provider, asked: str, lands: str
) -> None:
    linked(UserFactory(), provider)
    away = client.get(START, query_string={"next": asked})
    assert come_back(client, at_provider(away)).location == lands


def test_the_button_keeps_where_one_was_going(app: Flask, client: Browser) -> None:
    page = client.get("/account/sign-in?next=/workstreams").text
    assert "Sign in with your work account" in page
    assert f'href="{START}?next=/workstreams"' in page


def test_who_is_signed_in_is_not_sent_away(client: Browser, provider: Provider) -> None:
    client.sign_in(UserFactory())
    assert client.get(f"{START}?next=/workstreams").location == "/workstreams"
    assert provider.asked == []


def test_the_way_back_by_get_changes_nothing(client: Browser, provider: Provider) -> None:
    linked(UserFactory(), provider)
    back = at_provider(client.get(START))
    for _ in range(2):
        assert client.get(back).status_code == 200
    assert not client.is_signed_in
    assert _count(SignIn) == 0
    assert "token" not in provider.asked
    assert client.get(back).headers["Cache-Control"] == "no-store"


def test_handing_on_needs_a_csrf_token(client: Browser, provider: Provider) -> None:
    linked(UserFactory(), provider)
    client.get(at_provider(client.get(START)))
    assert client.post(RETURN, data={"code": "a", "state": "b"}, csrf=False).status_code == 400


@pytest.mark.parametrize("known_email", [True, False])
def test_an_unknown_work_account_is_told_the_same_whoever_has_its_address(
    client: Browser, provider: Provider, known_email: bool
) -> None:
    """An address that a provider tells proves nothing: it is not looked at."""
    if known_email:
        UserFactory(email="pat@council.example", can_sign_in=True)
    provider.who |= {
        "email": "pat@council.example",
        "email_verified": True,
        "preferred_username": "pat@council.example",
    }
    people = _count(User)
    response = journey(client)
    assert response.status_code == 403
    assert "Waymark does not know this account" in response.text
    assert "ask for an invitation" in response.text
    assert "You signed in to your organisation as pat@council.example" in response.text
    assert not client.is_signed_in
    assert (_count(User), _count(WorkAccount), _count(SignIn)) == (people, 0, 0)


def test_the_same_subject_of_another_issuer_is_somebody_else(
    client: Browser, provider: Provider
) -> None:
    user = linked(UserFactory(), provider)
    user.work_account.issuer = "https://login.other.example"
    assert journey(client).status_code == 403
    assert not client.is_signed_in


def test_a_suspended_person_is_refused(client: Browser, provider: Provider) -> None:
    linked(UserFactory(active=False), provider)
    response = journey(client)
    assert response.status_code == 403
    assert "Your account is suspended" in response.text
    assert not client.is_signed_in


def test_an_invited_person_without_a_link_is_unknown(client: Browser, provider: Provider) -> None:
    UserFactory(email="pat@council.example")
    provider.who["email"] = "pat@council.example"
    assert journey(client).status_code == 403


def test_coming_back_as_somebody_else_changes_who_is_signed_in(
    client: Browser, provider: Provider
) -> None:
    """Another tab signed in with a password meanwhile."""
    linked(UserFactory(name="Pat Reid"), provider)
    away = client.get(START)
    client.enter(UserFactory(name="Sam Hill", can_sign_in=True).email)
    assert come_back(client, at_provider(away)).status_code == 303
    assert "Pat Reid" in client.get("/account").text


# What is kept, and for how long.


def test_the_provider_describes_itself_once_a_day(
    client: Browser, provider: Provider, new_browser: NewBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked(UserFactory(), provider)
    for _ in range(2):
        journey(new_browser())
    assert (provider.asked.count("discovery"), provider.asked.count("keys")) == (1, 1)
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 24 * 60 * 60 + 1)
    new_browser().get(START)
    assert provider.asked.count("discovery") == 2


def test_journeys_that_were_begun_and_left_do_not_fill_the_cookie(
    client: Browser, provider: Provider
) -> None:
    linked(UserFactory(), provider)
    first = at_provider(client.get(START))
    latest = [at_provider(client.get(START)) for _ in range(9)]
    assert len(client.get_cookie("__Host-waymark").value) < 2500
    assert come_back(client, first).status_code == 400
    assert come_back(client, latest[-2]).status_code == 303


def test_nobody_waits_for_the_database_while_the_provider_answers(
    app: Flask, client: Browser, provider: Provider
) -> None:
    """On SQLite one writing request keeps all others out. Here somebody is signed in, whom the request
    has read before it asks."""
    user = linked(UserFactory(), provider)
    user_id = user.id
    client.sign_in(user)
    written = []

    def write() -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(sa.update(User).where(User.id == user_id).values(name="Written"))
            written.append(True)

    provider.while_asked = write
    assert journey(client, f"{START}/confirm").location == "/account"
    assert written


def test_tries_are_counted_apart_from_those_with_a_password(
    client: Browser, new_browser: NewBrowser, provider: Provider
) -> None:
    statuses = [journey(client).status_code for _ in range(11)]
    assert statuses == [403] * 10 + [429]
    assert new_browser().enter(UserFactory(can_sign_in=True).email).status_code == 303


def test_an_office_behind_one_address_can_sign_in_all_at_once(
    new_browser: NewBrowser, provider: Provider
) -> None:
    linked(UserFactory(), provider)
    assert [journey(new_browser()).status_code for _ in range(12)] == [303] * 12


def test_nothing_of_a_person_is_logged(
    client: Browser, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    provider.who |= {"preferred_username": "pat@council.example"}
    journey(client)
    provider.refuses = "server_error"
    journey(client)
    provider.refuses = None
    provider.change = {"nonce": "another"}
    journey(client)
    said = caplog.text
    assert "Single sign-on: NotBelieved (nonce)" in said
    assert "Single sign-on: SentBack (server_error)" in said
    for secret in ("pat@council", "subject-1", "AADSTS", "code=", "eyJ"):
        assert secret not in said, said


def test_a_clock_that_is_a_minute_off_and_a_new_key_keep_nobody_out(
    new_browser: NewBrowser, provider: Provider
) -> None:
    linked(UserFactory(), provider)
    now = int(time.time())
    for change in ({"exp": now - 60}, {"iat": now + 60}):
        provider.change = change
        assert journey(new_browser()).status_code == 303
    provider.key = new_key("second")
    assert journey(new_browser()).status_code == 303
