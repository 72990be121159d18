"""What goes wrong at the provider or on the way back: a page that says what to do, and nobody let in."""

import socket
import time

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import SignIn
from app.accounts.work_account import provider as provider_module
from app.extensions import db
from tests.accounts.browser import Browser
from tests.accounts.conftest import NewBrowser
from tests.accounts.oidc_provider import CLIENT_ID, Provider, new_key
from tests.accounts.work_account import (
    RETURN,
    START,
    at_provider,
    come_back,
    hidden,
    journey,
    linked,
)
from tests.factories.accounts import UserFactory

AGAIN = "Start again, please"
NOT_CHECKED = "We could not check your work account"
NO_ANSWER = "Your work account cannot be reached"
SETTINGS = "Work accounts are not set up right"
HOUR = 60 * 60


@pytest.fixture
def app(sso_app: Flask) -> Flask:
    return sso_app


@pytest.fixture(autouse=True)
def _linked(app: Flask, provider: Provider) -> None:
    """Everybody here would be let in if all were well."""
    linked(UserFactory(), provider)


@pytest.fixture(autouse=True)
def _nobody_is_let_in(app: Flask, client: Browser):
    yield
    assert not client.is_signed_in
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 0


def test_pressing_cancel(client: Browser, provider: Provider) -> None:
    provider.refuses = "access_denied"
    response = journey(client, f"{START}?next=/workstreams")
    assert response.status_code == 400
    assert "You pressed cancel" in response.text
    assert f'href="{START}?next=/workstreams"' in response.text
    assert "Sign in another way" in response.text
    assert "AADSTS" not in response.text


@pytest.mark.parametrize("error", ["server_error", "login_required", "made<up>", "x" * 500])
def test_another_word_of_refusal(client: Browser, provider: Provider, error: str) -> None:
    provider.refuses = error
    response = journey(client)
    assert response.status_code == 502
    assert "reported a problem" in response.text
    assert error not in response.text


@pytest.mark.parametrize(
    "query", ["", "?code=a", "?state=b", "?code=&state=", "?error=access_denied&state=nobody"]
)
def test_an_address_that_says_too_little(client: Browser, query: str) -> None:
    response = client.get(RETURN + query)
    assert response.status_code == 400
    assert "Sign in another way" in response.text


@pytest.mark.parametrize("sent", [{}, {"code": "a"}, {"code": "a", "state": "b"}, {"state": "b"}])
def test_a_form_that_nobody_was_given(
    client: Browser, provider: Provider, sent: dict[str, str]
) -> None:
    response = client.post(RETURN, data=sent)
    assert response.status_code == 400
    assert AGAIN in response.text
    assert provider.asked == []


def test_another_state_is_refused_before_the_provider_is_asked(
    client: Browser, provider: Provider
) -> None:
    back = at_provider(client.get(START))
    page = client.get(back)
    response = client.post(RETURN, data={**hidden(page.text), "state": "another"})
    assert (response.status_code, AGAIN in response.text) == (400, True)
    assert "token" not in provider.asked


def test_somebody_elses_way_back_signs_nobody_in(
    client: Browser, new_browser: NewBrowser, provider: Provider
) -> None:
    """Else a visitor could be led to work in an account that is not theirs."""
    back = at_provider(new_browser().get(START))
    response = come_back(client, back)
    assert (response.status_code, AGAIN in response.text) == (400, True)


def test_too_late_or_without_a_cookie(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    back = at_provider(client.get(START))
    client.delete_cookie("__Host-waymark")
    assert come_back(client, back).status_code == 400


def test_a_code_that_has_run_out(client: Browser, provider: Provider) -> None:
    back = at_provider(client.get(START))
    provider.codes.clear()
    response = come_back(client, back)
    assert (response.status_code, AGAIN in response.text) == (400, True)
    assert f'href="{START}?next=/"' in response.text


def test_without_the_right_verifier_a_stolen_code_is_worthless(
    client: Browser, provider: Provider
) -> None:
    first, second = (at_provider(client.get(START)) for _ in range(2))
    stolen = hidden(client.get(first).text)["code"]
    page = client.get(second)
    response = client.post(RETURN, data={**hidden(page.text), "code": stolen})
    assert (response.status_code, AGAIN in response.text) == (400, True)


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "another"},
        {"aud": "another-application"},
        {"aud": "another-application", "azp": CLIENT_ID},
        {"aud": [CLIENT_ID, "another-application"]},
        {"azp": "another-application"},
        {"iss": "https://login.other.example"},
        {"exp": int(time.time()) - 300},
        {"iat": int(time.time()) + HOUR},
        {"nbf": int(time.time()) + HOUR},
        {"exp": "soon"},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 7},
        {"amr": "mfa"},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_claim_that_does_not_hold(
    client: Browser, provider: Provider, change: dict[str, object]
) -> None:
    provider.change = change
    response = journey(client)
    assert response.status_code == 502
    assert NOT_CHECKED in response.text


@pytest.mark.parametrize("name", ["iss", "aud", "exp", "iat", "nonce", "sub", "id_token"])
def test_a_claim_that_is_missing(client: Browser, provider: Provider, name: str) -> None:
    provider.leave_out = (name,)
    response = journey(client)
    assert (response.status_code, NOT_CHECKED in response.text) == (502, True)


def test_a_signature_of_somebody_else(client: Browser, provider: Provider) -> None:
    provider.signing_key = new_key("first")  # the name of the real one
    response = journey(client)
    assert (response.status_code, NOT_CHECKED in response.text) == (502, True)


def test_a_key_that_the_provider_does_not_name(client: Browser, provider: Provider) -> None:
    provider.signing_key = new_key("unheard of")
    provider.header = {"kid": "unheard of"}
    response = journey(client)
    assert (response.status_code, NOT_CHECKED in response.text) == (502, True)
    assert provider.asked.count("keys") == 2


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_signature_that_anybody_could_make(
    client: Browser, provider: Provider, algorithm: str
) -> None:
    """Even where the provider says of itself that it would."""
    provider.description = {"id_token_signing_alg_values_supported": ["RS256", "none", "HS256"]}
    provider.header = {"alg": algorithm}
    response = journey(client)
    assert (response.status_code, NOT_CHECKED in response.text) == (502, True)


@pytest.mark.parametrize(
    "said", ["", "<html>", "null", "[]", "7", '{"id_token": 7, "token_type": "Bearer"}', '{"a":']
)
@pytest.mark.parametrize("endpoint", ["token", "keys", "discovery"])
def test_an_answer_that_is_none(
    client: Browser, provider: Provider, endpoint: str, said: str
) -> None:
    provider.says = {endpoint: said}
    away = client.get(START)
    response = come_back(client, at_provider(away)) if away.status_code == 303 else away
    assert response.status_code in {502, 503}
    assert "<h1" in response.text


@pytest.mark.parametrize("endpoint", ["token", "keys", "discovery"])
def test_a_provider_with_a_bad_day(client: Browser, provider: Provider, endpoint: str) -> None:
    provider.broken = {endpoint: 503}
    away = client.get(START)
    response = come_back(client, at_provider(away)) if away.status_code == 303 else away
    assert (response.status_code, NO_ANSWER in response.text) == (503, True)
    assert "Sign in another way" in response.text
    provider.broken = {}
    assert client.get(START).status_code == 303


def test_a_provider_that_is_not_there(app: Flask, client: Browser) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        client_of(app)._server_metadata_url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        response = client.get(START)
    assert (response.status_code, NO_ANSWER in response.text) == (503, True)


def test_a_provider_that_never_answers(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client_of(app).client_kwargs, "default_timeout", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        client_of(app)._server_metadata_url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        response = client.get(START)
    assert (response.status_code, NO_ANSWER in response.text) == (503, True)


def test_every_question_has_a_time_limit(app: Flask) -> None:
    with client_of(app)._get_oauth_client() as session:
        assert session.default_timeout == provider_module.TIMEOUT
    with client_of(app)._get_session() as session:
        assert session.default_timeout == provider_module.TIMEOUT


def client_of(app: Flask) -> provider_module.Provider:
    return app.extensions["authlib.integrations.flask_client"].create_client("work_account")


def test_a_wrong_client_secret(app: Flask, client: Browser) -> None:
    client_of(app).client_secret = "yesterday’s"
    response = journey(client)
    assert (response.status_code, SETTINGS in response.text) == (502, True)
    assert "Tell whoever looks after Waymark" in response.text


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://login.other.example"},
        {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"},
        {"token_endpoint": None},
        {"jwks_uri": "ftp://127.0.0.1/"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_provider_that_describes_something_else(
    client: Browser, provider: Provider, description: dict[str, object]
) -> None:
    provider.description = description
    for _ in range(2):  # it is not believed the second time either
        response = client.get(START)
        assert (response.status_code, SETTINGS in response.text) == (502, True)
