"""Authenticator apps and recovery codes; administrators must have a second factor."""

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import GlobalRole, User
from app.extensions import db
from app.outbox.models import Message
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.factories.accounts import PASSWORD, UserFactory

SET_UP = "/account/authenticator-app"
CODE = "/account/second-step"


@pytest.fixture(autouse=True)
def required(app: Flask) -> Iterator[None]:
    """As in a real installation."""
    before = app.config["REQUIRE_ADMIN_MFA"]
    app.config["REQUIRE_ADMIN_MFA"] = True
    yield
    app.config["REQUIRE_ADMIN_MFA"] = before


def _app_from(page: str) -> pyotp.TOTP:
    key = re.search(r"<code[^>]*>([A-Z2-7-]+)</code>", page).group(1)
    return pyotp.TOTP(key.replace("-", ""))


def _set_up(browser: Browser) -> pyotp.TOTP:
    page = browser.post(SET_UP, data={"setup": "authenticator"})
    assert page.status_code == 200
    assert 'src="data:image/svg+xml;base64,' in page.text
    return _app_from(page.text)


def _person_with_app(browser: Browser) -> tuple[User, pyotp.TOTP]:
    user = UserFactory(can_sign_in=True)
    browser.sign_in_fresh(user)
    phone = _set_up(browser)
    assert browser.post(CODE, data={"code": phone.now()}).location == "/account"
    return user, phone


def _next_code(phone: pyotp.TOTP) -> str:
    """The code after this one: the one before is used up by setting up. (A phone's clock may be
    half a minute off.)"""
    return phone.at(int(time.time()) + 30)


def test_an_app_is_set_up_and_then_asked_for(client: Browser, new_browser: NewBrowser) -> None:
    user, phone = _person_with_app(client)
    assert "Get recovery codes" in client.get("/account").text
    told = db.session.scalars(sa.select(Message.body)).one()
    assert "authenticator app was set up" in told
    browser = new_browser()
    response = browser.enter(user.email, next="/workstreams")
    assert response.location == f"{CODE}?next=/workstreams"
    assert not browser.is_signed_in
    wrong = browser.post(CODE, data={"code": "000000"})
    assert wrong.status_code == 422
    code = _next_code(phone)
    typed = f"{code[:3]} {code[3:]}"
    response = browser.post(response.location, data={"code": typed})
    assert (response.status_code, response.location) == (303, "/workstreams")
    assert browser.is_signed_in


def test_a_code_is_good_once(client: Browser, new_browser: NewBrowser) -> None:
    user, phone = _person_with_app(client)
    first, second = new_browser(), new_browser()
    code = _next_code(phone)
    first.enter(user.email)
    assert first.post(CODE, data={"code": code}).status_code == 303
    second.enter(user.email)
    response = second.post(CODE, data={"code": code})
    assert response.status_code == 422
    assert "used before" in response.text


def test_a_mistyped_code_while_setting_up_keeps_the_same_key(client: Browser) -> None:
    client.sign_in_fresh(UserFactory(can_sign_in=True))
    phone = _set_up(client)
    response = client.post(CODE, data={"code": "000000"})
    assert response.status_code == 422
    assert _app_from(response.text).secret == phone.secret


def test_changing_how_one_signs_in_asks_for_the_password_again(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    client.sign_in(user)
    response = client.get(SET_UP)
    assert response.location == f"/account/confirm?next={SET_UP}"
    wrong = client.post(response.location, data={"password": "not the right words"})
    assert wrong.status_code == 422
    right = client.post(response.location, data={"password": PASSWORD})
    assert right.location == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_a_recovery_code_signs_in_once(client: Browser, new_browser: NewBrowser) -> None:
    user, _ = _person_with_app(client)
    page = client.post("/account/recovery-codes").text
    codes = re.findall(r"<code[^>]*>([0-9a-f-]{14})</code>", page)
    assert len(codes) == 10
    assert codes[0] not in str(db.session.get(User, user.id).mf_recovery_codes)
    first, second = new_browser(), new_browser()
    first.enter(user.email)
    typed = codes[0].upper().replace("-", " ")
    assert first.post(f"{CODE}/recovery-code", data={"code": typed}).location == "/"
    assert first.is_signed_in
    second.enter(user.email)
    response = second.post(f"{CODE}/recovery-code", data={"code": codes[0]})
    assert response.status_code == 422
    assert "used before" in response.text


def test_the_app_can_be_removed_again(client: Browser, new_browser: NewBrowser) -> None:
    user, _ = _person_with_app(client)
    assert client.post(SET_UP, data={"setup": "disable"}).location == "/account"
    assert new_browser().enter(user.email).location == "/"


def test_an_administrator_sets_one_up_before_anything_else(client: Browser) -> None:
    user = UserFactory(can_sign_in=True, global_role=GlobalRole.ADMINISTRATOR)
    assert client.enter(user.email).location == SET_UP
    assert not client.is_signed_in
    assert "Administrators need a second step" in client.get(SET_UP).text
    phone = _set_up(client)
    assert client.post(CODE, data={"code": phone.now()}).location == "/"
    assert client.is_signed_in
    assert client.get("/admin/people").status_code == 200


def test_an_administrator_cannot_remove_the_app(client: Browser) -> None:
    user, _ = _person_with_app(client)
    user.global_role = GlobalRole.ADMINISTRATOR
    assert "Remove it" not in client.get(SET_UP).text
    assert client.post(SET_UP, data={"setup": "disable"}).status_code == 422


def test_whoever_becomes_one_while_signed_in_sets_one_up_first(client: Browser) -> None:
    client.sign_in_fresh(UserFactory(can_sign_in=True, global_role=GlobalRole.ADMINISTRATOR))
    for url in ("/admin/people", "/account", "/outbox"):
        assert client.get(url).location == "/account/second-factor"
    response = client.htmx("GET", "/admin/people")
    assert response.headers["HX-Redirect"] == "/account/second-factor"
    assert client.get("/account/second-factor").status_code == 200
    assert client.get("/account/passkeys").status_code == 200
    phone = _set_up(client)
    client.post(CODE, data={"code": phone.now()})
    assert client.get("/admin/people").status_code == 200


def test_nobody_else_must(client: Browser) -> None:
    assert client.enter(UserFactory(can_sign_in=True, opcc_reader=True).email).location == "/"


def test_the_setting_can_be_turned_off(app: Flask, client: Browser) -> None:
    app.config["REQUIRE_ADMIN_MFA"] = False
    assert (
        client.enter(
            UserFactory(can_sign_in=True, global_role=GlobalRole.ADMINISTRATOR).email
        ).location
        == "/"
    )


def test_the_second_step_by_itself_leads_to_the_first(client: Browser) -> None:
    for url in (CODE, f"{CODE}/choose", f"{CODE}/recovery-code", SET_UP):
        assert client.get(url).location == "/account/sign-in", url


def test_what_the_library_offers_and_we_do_not_is_not_there(client: Browser) -> None:
    assert client.get(f"{CODE}/help").status_code == 404
    assert client.post(f"{SET_UP}/token").status_code == 404
