"""Choosing, changing and resetting a password."""

import re

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.accounts.password_rules import TOO_EASY, TOO_SHORT
from app.extensions import db
from app.outbox.models import Message
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.factories.accounts import PASSWORD, UserFactory

NEW = "quiet harbour violin lamp"


def _change(browser: Browser, new: str, current: str = PASSWORD):
    return browser.post("/account/password", data={"password": current, "new_password": new})


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short words", TOO_SHORT),
        ("password12345", TOO_EASY),
        ("aaaaaaaaaaaaaaaa", TOO_EASY),
        ("qwertyuiop123456", TOO_EASY),
        ("x" * 1001, "Use at most 1,000 characters"),
    ],
)
def test_short_and_common_passwords_are_refused(client: Browser, password: str, words: str) -> None:
    user = UserFactory(can_sign_in=True)
    client.sign_in(user)
    response = _change(client, password)
    assert response.status_code == 422
    assert words in response.text
    assert password not in response.text


@pytest.mark.parametrize(
    "password",
    [
        "lower case words only",
        "  spaces   kept as typed  ",
        "zażółć gęślą jaźń łódź",
        "long words " * 90,
    ],
)
def test_there_are_no_rules_about_kinds_of_characters(
    client: Browser, new_browser: NewBrowser, password: str
) -> None:
    user = UserFactory(can_sign_in=True)
    client.sign_in(user)
    assert _change(client, password).location == "/account"
    assert new_browser().enter(user.email, password).status_code == 303


def test_changing_it_needs_the_current_one(client: Browser) -> None:
    client.sign_in(UserFactory(can_sign_in=True))
    response = _change(client, NEW, current="not the right words")
    assert response.status_code == 422
    assert "The password is not right" in response.text


def test_changing_it_ends_the_other_sessions_and_tells_the_owner(
    client: Browser, new_browser: NewBrowser
) -> None:
    user = UserFactory(can_sign_in=True)
    other = new_browser()
    for browser in (client, other):
        browser.enter(user.email)
    assert _change(client, NEW).status_code == 303
    assert client.is_signed_in
    assert not other.is_signed_in
    assert "Only here" in client.get("/account").text
    message = db.session.scalars(sa.select(Message)).one()
    assert message.recipient == user.email
    assert "was changed" in message.subject


def test_it_is_kept_as_an_argon2_hash(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    client.sign_in(user)
    _change(client, NEW)
    stored = db.session.get(User, user.id).password
    assert stored.startswith("$argon2id$")


def test_the_right_boxes_are_named_for_password_managers(client: Browser) -> None:
    page = client.get("/account/sign-in").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    client.sign_in(UserFactory(can_sign_in=True))
    page = client.get("/account/password").text
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="new-password"' in page


def _link(recipient: str) -> str:
    body = db.session.scalars(
        sa.select(Message.body).where(Message.recipient == recipient).order_by(Message.id.desc())
    ).first()
    return re.search(r"https://localhost(/\S+)", body).group(1)


def test_a_link_resets_it_once_and_ends_every_session(
    client: Browser, new_browser: NewBrowser
) -> None:
    user = UserFactory(can_sign_in=True)
    signed_in = new_browser()
    signed_in.enter(user.email)
    assert "Check your e-mail" in _ask(client, user.email)
    link = _link(user.email)
    assert client.get(link).status_code == 200
    short = client.post(link, data={"password": "short"})
    assert short.status_code == 422
    assert TOO_SHORT in short.text
    assert client.post(link, data={"password": NEW}).location == "/account/sign-in"
    assert not signed_in.is_signed_in
    assert client.enter(user.email, NEW).status_code == 303
    again = new_browser()
    assert again.get(link).location == "/account/reset-password"
    assert again.post(link, data={"password": "another fine set of words"}).status_code == 303
    assert new_browser().enter(user.email, NEW).status_code == 303


def _ask(browser: Browser, email: str) -> str:
    response = browser.post("/account/reset-password", data={"email": email})
    assert response.status_code == 200
    assert "wm-notice" not in browser.get("/account/sign-in").text
    return response.text


def test_asking_for_a_link_tells_nothing_about_accounts(
    client: Browser, new_browser: NewBrowser
) -> None:
    known = UserFactory(can_sign_in=True)
    suspended = UserFactory(can_sign_in=True, active=False)
    pages = {
        _ask(new_browser(), email).replace(email, "EMAIL")
        for email in (known.email, suspended.email, "nobody@waymark.example")
    }
    assert len(pages) == 1
    assert db.session.scalars(sa.select(Message.recipient)).all() == [known.email]


def test_a_link_of_nonsense_leads_to_asking_again(client: Browser) -> None:
    response = client.get("/account/reset-password/nonsense")
    assert "used already, or is not complete" in client.get(response.location).text
