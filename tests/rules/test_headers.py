"""What every answer says to the browser, and what Waymark refuses to hear."""

import re
from contextlib import ExitStack
from http.cookies import SimpleCookie

import pytest
from flask import Flask, request

from app.config import load
from tests.conftest import close_database, make_app
from tests.factories.accounts import UserFactory

SIGN_IN = "/account/sign-in"
PUBLIC = ["/healthz", "/readyz", SIGN_IN, "/there-is-no-such-page"]
PICTURE = "/static/images/waymark.svg"


def policy(response) -> dict[str, list[str]]:
    directives = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in directives}


@pytest.mark.parametrize("url", PUBLIC)
def test_every_answer_carries_the_security_headers(client, url):
    response = client.get(url)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "HX-Request" in response.headers["Vary"]
    csp = policy(response)
    assert csp["default-src"] == ["'none'"]
    assert csp["script-src"] == csp["style-src"] == csp["form-action"] == ["'self'"]
    assert csp["frame-ancestors"] == csp["base-uri"] == ["'none'"]


def test_a_file_is_what_its_name_says_and_sets_no_cookie(client):
    """Served before the application, by WhiteNoise: no page headers, no session."""
    headers = client.get(PICTURE).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


def test_the_policy_allows_nothing_unsafe_and_nobody_else(client):
    csp = policy(client.get(SIGN_IN))
    allowed = {value for values in csp.values() for value in values}
    assert allowed <= {"'self'", "'none'", "data:"}
    assert {name for name, values in csp.items() if "data:" in values} <= {"img-src"}


def test_errors_carry_them_too(client):
    for response in (
        client.get("/there-is-no-such-page"),
        client.post(SIGN_IN, csrf=False),
        client.get(SIGN_IN, headers={"Host": "elsewhere.example"}),
    ):
        assert response.status_code >= 400
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.fixture
def other_app(new_database, tmp_path):
    """Makes an application with other settings, on a database without tables."""
    with ExitStack() as stack:

        def make(**settings) -> Flask:
            app = make_app(new_database(), tmp_path, **settings)
            stack.callback(close_database, app)
            stack.enter_context(app.app_context())
            return app

        yield make


def test_over_plain_http_nothing_is_promised_about_https(other_app):
    client = other_app(HTTPS=False).test_client()
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_pages_are_not_stored_while_signed_in(client):
    client.sign_in(UserFactory(administrator=True))
    for url in ("/", "/workstreams", "/there-is-no-such-page"):
        assert client.get(url).headers["Cache-Control"] == "no-store", url
    # The style sheet holds nothing of anybody's.
    assert client.get(PICTURE).headers.get("Cache-Control") != "no-store"


def test_the_session_cookie_is_bound_to_this_host_over_https(client):
    cookies = SimpleCookie(client.get(SIGN_IN).headers["Set-Cookie"])
    (name,) = cookies
    cookie = cookies[name]
    assert name.startswith("__Host-")
    assert cookie["secure"] and cookie["httponly"]
    assert cookie["samesite"] in {"Lax", "Strict"}
    assert cookie["path"] == "/" and not cookie["domain"]


def test_no_other_cookie_is_set(client):
    client.sign_in(UserFactory(administrator=True))
    names = set()
    for url in (SIGN_IN, "/", "/workstreams"):
        for header in client.get(url).headers.getlist("Set-Cookie"):
            names.add(header.split("=")[0])
    assert names <= {"__Host-waymark"}


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example", "localhost@x"]
)
def test_another_host_name_is_refused(client, host):
    for url in ("/healthz", SIGN_IN, "/"):
        assert client.get(url, headers={"Host": host}).status_code == 400, url


def test_a_forwarded_host_is_not_believed_without_a_proxy(client):
    response = client.get("/", headers={"X-Forwarded-Host": "elsewhere.example"})
    assert "elsewhere.example" not in response.headers.get("Location", "")
    assert response.status_code < 400


def test_one_proxy_is_believed_when_told_so(other_app):
    """Its own word only: what a client puts in front of it is not read."""
    app = other_app(PROXIES=1)
    seen = {}

    @app.before_request
    def look():
        seen.update(address=request.remote_addr, scheme=request.scheme)

    app.test_client().get(
        "/healthz",
        headers={"X-Forwarded-For": "198.51.100.7, 192.0.2.1", "X-Forwarded-Proto": "https"},
    )
    assert seen == {"address": "192.0.2.1", "scheme": "https"}


def test_no_proxy_is_believed_by_default(app: Flask, client, monkeypatch):
    monkeypatch.delenv("WAYMARK_PROXIES", raising=False)
    assert load()["PROXIES"] == 0


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"text=" + b"a" * 3 * 1024 * 1024),
        ("application/x-www-form-urlencoded", b"&".join(b"a=b" for _ in range(800_000))),
        ("application/json", b'"' + b"a" * 3 * 1024 * 1024 + b'"'),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 2500 + b"--x--",
        ),
    ],
    ids=["long text", "many fields", "json", "many parts"],
)
def test_what_is_too_big_is_refused(client, kind, body):
    response = client.post(SIGN_IN, data=body, content_type=kind, csrf=False)
    assert response.status_code == 413
    assert b"Traceback" not in response.data


def test_nothing_tells_what_the_server_is_made_of(client):
    for url in [*PUBLIC, PICTURE]:
        headers = client.get(url).headers
        assert not re.search("werkzeug|python|flask", headers.get("Server", ""), re.IGNORECASE)
        assert "X-Powered-By" not in headers
