"""Signing in and out, and how long a session lasts."""

import time
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import SignIn
from app.accounts.sessions import SEEN
from app.core import clock
from app.core.local_paths import local_path
from app.extensions import db
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.factories.accounts import PASSWORD, UserFactory

COOKIE = "__Host-waymark"
WRONG = "The e-mail address or the password is not right"


def test_signing_in_opens_one_session_and_leads_to_the_front_page(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    response = client.enter(user.email)
    assert (response.status_code, response.location) == (303, "/")
    assert client.is_signed_in
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 1


def test_the_address_may_be_typed_in_any_case(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    assert client.enter(f"  {user.email.upper()} ").status_code == 303


def test_a_wrong_password_keeps_the_address_and_never_the_password(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    response = client.enter(user.email, "not the right words")
    assert response.status_code == 422
    assert WRONG in response.text
    assert user.email in response.text
    assert "not the right words" not in response.text
    assert not client.is_signed_in


def test_nothing_tells_whether_an_address_has_an_account(
    client: Browser, new_browser: NewBrowser
) -> None:
    known = UserFactory(can_sign_in=True)
    suspended = UserFactory(can_sign_in=True, active=False)
    invited = UserFactory()
    pages = set()
    for email, password in (
        (known.email, "not the right words"),
        ("nobody@waymark.example", "not the right words"),
        (suspended.email, PASSWORD),
        (invited.email, "not the right words"),
    ):
        response = new_browser().enter(email, password)
        assert response.status_code == 422
        pages.add(_without(response.text, email))
    assert len(pages) == 1


def _without(page: str, email: str) -> str:
    lines = page.replace(email, "EMAIL").splitlines()
    return "\n".join(line for line in lines if "csrf" not in line)


def test_the_cookie_is_for_this_host_only_and_out_of_reach_of_scripts(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    cookies = client.enter(user.email).headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    flags = {part.strip() for part in cookies[0].split(";")}
    assert cookies[0].startswith(f"{COOKIE}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= flags
    assert not any(flag.startswith(("Domain", "Expires", "Max-Age")) for flag in flags)


def test_no_browser_is_remembered_even_when_a_form_asks(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    response = client.enter(user.email, remember="y")
    assert all("remember" not in c for c in response.headers.getlist("Set-Cookie"))


def test_signing_out_ends_the_session_for_whoever_copied_the_cookie(
    client: Browser, new_browser: NewBrowser
) -> None:
    user = UserFactory(can_sign_in=True)
    client.enter(user.email)
    copied = client.get_cookie(COOKIE)
    thief = new_browser()
    thief.set_cookie(COOKIE, copied.value)
    assert thief.is_signed_in
    response = client.post("/account/sign-out")
    assert (response.status_code, response.location) == (303, "/account/sign-in")
    assert not client.is_signed_in
    thief.set_cookie(COOKIE, copied.value)
    assert not thief.is_signed_in


def test_a_get_never_signs_out(client: Browser) -> None:
    client.sign_in(UserFactory())
    assert client.get("/account/sign-out").status_code == 405
    assert client.get("/account/second-step").location == "/account"
    assert client.is_signed_in


def test_signing_out_needs_a_csrf_token(client: Browser) -> None:
    client.sign_in(UserFactory())
    assert client.post("/account/sign-out", csrf=False).status_code == 400
    assert client.is_signed_in


def test_signing_in_needs_a_csrf_token(client: Browser) -> None:
    user = UserFactory(can_sign_in=True)
    data = {"email": user.email, "password": PASSWORD}
    assert client.post("/account/sign-in", data=data, csrf=False).status_code == 400


def test_half_an_hour_without_use_ends_a_session(client: Browser) -> None:
    client.sign_in(UserFactory())
    with client.session_transaction() as cookie:
        cookie[SEEN] = int(time.time()) - 30 * 60 - 5
    assert not client.is_signed_in


def test_staying_keeps_a_session_in_use(client: Browser) -> None:
    client.sign_in(UserFactory())
    with client.session_transaction() as cookie:
        cookie[SEEN] = int(time.time()) - 29 * 60
    assert client.post("/account/stay").status_code == 204
    with client.session_transaction() as cookie:
        assert time.time() - cookie[SEEN] < 60


def test_staying_after_the_end_says_so(client: Browser) -> None:
    assert client.htmx("POST", "/account/stay").status_code == 401


def test_twelve_hours_end_a_session_however_much_it_is_used(client: Browser) -> None:
    client.sign_in(UserFactory())
    long_ago = clock.now() - timedelta(hours=12, minutes=1)
    db.session.execute(sa.update(SignIn).values(started_at=long_ago))
    assert not client.is_signed_in


def test_signing_out_everywhere_ends_every_session(
    client: Browser, new_browser: NewBrowser
) -> None:
    user = UserFactory(can_sign_in=True)
    other, stranger = new_browser(), new_browser()
    for browser in (client, other):
        browser.enter(user.email)
    stranger.sign_in(UserFactory())
    assert "In 2 browsers" in client.get("/account").text
    assert client.get("/account/sign-out-everywhere").status_code == 200
    assert client.post("/account/sign-out-everywhere").location == "/account/sign-in"
    assert not client.is_signed_in
    assert not other.is_signed_in
    assert stranger.is_signed_in


def test_a_token_in_a_header_or_the_address_is_no_way_in(app: Flask, client: Browser) -> None:
    token = UserFactory(can_sign_in=True).get_auth_token()
    assert client.get("/account", headers={"Authentication-Token": token}).status_code == 303
    assert client.get(f"/account?auth_token={token}").status_code == 303


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        ("/workstreams?status=active", "/workstreams?status=active"),
        ("/workstreams/new-parks/plan", "/workstreams/new-parks/plan"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("///elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("\\\\elsewhere.example", "/"),
        ("/\t/elsewhere.example", "/"),
        (" //elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http:elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_lands_where_one_was_going_on_this_site_only(
    client: Browser, asked: str, lands: str
) -> None:
    user = UserFactory(can_sign_in=True)
    assert client.enter(user.email, next=asked).location == lands
    client.post("/account/sign-out")
    data = {"email": user.email, "password": PASSWORD}
    in_url = client.post("/account/sign-in", query_string={"next": asked}, data=data)
    assert in_url.location == lands


def test_who_is_signed_in_already_goes_on_to_where_they_were_going(client: Browser) -> None:
    """Another tab has signed in meanwhile, and this one's sign-in page is loaded again or sent."""
    user = UserFactory(can_sign_in=True)
    client.enter(user.email)
    asked = {"next": "/workstreams?q=park"}
    for url in ("/account/sign-in", "/account/passkey"):
        assert client.get(url, query_string=asked).location == "/workstreams?q=park"
    assert client.enter(user.email, **asked).location == "/workstreams?q=park"


@pytest.mark.parametrize(
    "asked", ["//elsewhere.example", "/account/sign-in", "/account/passkey?a=b"]
)
def test_going_on_goes_round_in_no_circle_and_nowhere_else(client: Browser, asked: str) -> None:
    client.sign_in(UserFactory())
    assert client.get("/account/sign-in", query_string={"next": asked}).location == "/"


def test_a_local_path_is_one_slash_and_printable_characters() -> None:
    assert local_path("/a/b?c=d#e") == "/a/b?c=d#e"
    for bad in (None, "", "a", "//a", "/\\a", "/a b", "/a\n", "http://a/", "/\x00"):
        assert local_path(bad) is None, bad
