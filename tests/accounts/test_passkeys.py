"""Passkeys: instead of a password, and as a second step."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import GlobalRole, Passkey, User
from app.extensions import db
from app.outbox.models import Message
from tests.accounts.authenticator import Authenticator, question
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.factories.accounts import UserFactory

PASSKEYS, USE = "/account/passkeys", "/account/passkey"


def _answer(browser: Browser, page: str, ask: Callable[[dict], str]):
    action, options = question(page)
    return browser.post(action, data={"credential": ask(options)})


def _add(browser: Browser, key: Authenticator, usage: str, name: str = "Work laptop"):
    page = browser.post(PASSKEYS, data={"name": name, "usage": usage})
    assert page.status_code == 200, page.text
    return _answer(browser, page.text, key.create)


def _person_with_passkey(browser: Browser, key: Authenticator, usage: str) -> User:
    user = UserFactory(can_sign_in=True)
    browser.sign_in_fresh(user)
    assert _add(browser, key, usage).location == PASSKEYS
    return user


def _use(browser: Browser, key: Authenticator, url: str = USE):
    return _answer(browser, browser.post(url).text, key.get)


def test_a_passkey_signs_in_by_itself(client: Browser, new_browser: NewBrowser) -> None:
    key = Authenticator()
    _person_with_passkey(client, key, "first")
    assert "Work laptop" in client.get(PASSKEYS).text
    assert "A passkey named “Work laptop”" in db.session.scalars(sa.select(Message.body)).one()
    browser = new_browser()
    page = browser.post(USE, data={"next": "/workstreams"})
    response = _answer(browser, page.text, key.get)
    assert (response.status_code, response.location) == (303, "/workstreams")
    assert browser.is_signed_in


def test_one_that_does_not_check_its_holder_is_not_enough(
    client: Browser, new_browser: NewBrowser
) -> None:
    key = Authenticator()
    _person_with_passkey(client, key, "first")
    key.verifies = False
    browser = new_browser()
    assert _use(browser, key).location.startswith(USE)
    assert not browser.is_signed_in


def test_a_suspended_persons_passkey_opens_nothing(
    client: Browser, new_browser: NewBrowser
) -> None:
    key = Authenticator()
    user = _person_with_passkey(client, key, "first")
    user.active = False
    browser = new_browser()
    assert _use(browser, key).location.startswith(USE)
    with browser.session_transaction() as cookie:
        assert "_user_id" not in cookie


def test_a_passkey_is_asked_for_after_the_password(
    client: Browser, new_browser: NewBrowser
) -> None:
    key = Authenticator()
    user = _person_with_passkey(client, key, "secondary")
    browser = new_browser()
    response = browser.enter(user.email, next="/workstreams")
    assert response.location == f"{USE}?next=/workstreams"
    assert not browser.is_signed_in
    page = browser.post(response.location, data={"next": "/workstreams"})
    assert _answer(browser, page.text, key.get).location == "/workstreams"
    assert browser.is_signed_in


def test_a_second_step_key_by_itself_opens_nothing(
    client: Browser, new_browser: NewBrowser
) -> None:
    key = Authenticator()
    _person_with_passkey(client, key, "secondary")
    browser = new_browser()
    _use(browser, key)
    assert not browser.is_signed_in


def test_nor_after_somebody_elses_password(client: Browser, new_browser: NewBrowser) -> None:
    victims_key, own_key = Authenticator(), Authenticator()
    _person_with_passkey(client, victims_key, "secondary")
    thief = _person_with_passkey(new_browser(), own_key, "secondary")
    browser = new_browser()
    browser.enter(thief.email)
    _use(browser, victims_key)
    assert not browser.is_signed_in


def test_with_an_app_and_a_key_one_chooses(client: Browser, new_browser: NewBrowser) -> None:
    key = Authenticator()
    user = _person_with_passkey(client, key, "secondary")
    from app.extensions import security

    user.tf_primary_method = "authenticator"
    user.tf_totp_secret = security.totp_factory.generate_totp_secret()
    browser = new_browser()
    choose = browser.enter(user.email).location
    assert choose == "/account/second-step/choose"
    page = browser.get(choose)
    assert "Authenticator app" in page.text
    assert "Passkey" in page.text
    assert browser.post(choose).status_code == 422
    assert browser.post(choose, data={"which": "webauthn"}).location == USE
    assert _use(browser, key).status_code == 303
    assert browser.is_signed_in


def test_an_administrator_with_a_passkey_cannot_go_round_it_by_password(
    app: Flask, client: Browser, new_browser: NewBrowser
) -> None:
    key = Authenticator()
    user = _person_with_passkey(client, key, "first")
    user.global_role = GlobalRole.ADMINISTRATOR
    assert app.config["REQUIRE_ADMIN_MFA"]
    browser = new_browser()
    response = browser.enter(user.email)
    assert response.status_code == 422
    assert "Sign in with your passkey" in response.text
    assert _use(browser, key).status_code == 303
    assert browser.is_signed_in


def test_names_are_needed_and_each_used_once(client: Browser) -> None:
    _person_with_passkey(client, Authenticator(), "first")
    assert client.post(PASSKEYS, data={"name": " ", "usage": "first"}).status_code == 422
    again = client.post(PASSKEYS, data={"name": "Work laptop", "usage": "first"})
    assert again.status_code == 422
    assert "already have a passkey called Work laptop" in again.text


def test_a_passkey_can_be_removed(client: Browser, new_browser: NewBrowser) -> None:
    key = Authenticator()
    _person_with_passkey(client, key, "first")
    assert client.post(f"{PASSKEYS}/remove", data={"name": "Work laptop"}).location == PASSKEYS
    assert db.session.scalars(sa.select(Passkey)).all() == []
    browser = new_browser()
    _use(browser, key)
    assert not browser.is_signed_in


def test_a_passkey_confirms_that_it_is_you(client: Browser) -> None:
    key = Authenticator()
    user = _person_with_passkey(client, key, "first")
    client.sign_in(user)
    with client.session_transaction() as cookie:
        cookie.pop("fs_paa", None)
        cookie.pop("fs_gexp", None)
    confirm = client.get(PASSKEYS).location
    assert "Use a passkey instead" in client.get(confirm).text
    url = f"/account/confirm/passkey?next={PASSKEYS}"
    assert _use(client, key, url).location == PASSKEYS
    assert client.get(PASSKEYS).status_code == 200


def test_nonsense_for_an_answer_is_refused(client: Browser, new_browser: NewBrowser) -> None:
    key = Authenticator()
    _person_with_passkey(client, key, "first")
    browser = new_browser()
    for credential in ("", "{}", "nonsense"):
        action, _ = question(browser.post(USE).text)
        assert browser.post(action, data={"credential": credential}).status_code == 303
    assert not browser.is_signed_in
