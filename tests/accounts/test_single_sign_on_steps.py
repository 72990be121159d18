"""The second step after a work account; and signing out of both."""

import pytest
from flask import Flask

from app.accounts.models import GlobalRole, User
from app.extensions import security
from tests.accounts.browser import Browser
from tests.accounts.oidc_provider import Provider
from tests.accounts.work_account import START, journey, linked
from tests.factories.accounts import PasskeyFactory, UserFactory


@pytest.fixture
def app(sso_app: Flask) -> Flask:
    return sso_app


# The second step.


def _administrator(provider: Provider) -> User:
    return linked(UserFactory(global_role=GlobalRole.ADMINISTRATOR), provider)


def test_a_second_step_is_asked_of_whoever_has_one(client: Browser, provider: Provider) -> None:
    secret = security.totp_factory.generate_totp_secret()
    linked(UserFactory(tf_primary_method="authenticator", tf_totp_secret=secret), provider)
    response = journey(client, f"{START}?next=/workstreams")
    assert response.location == "/account/second-step?next=/workstreams"
    assert not client.is_signed_in
    code = security.totp_factory.generate_totp_password(secret)
    done = client.post(response.location, data={"code": code})
    assert done.location == "/workstreams"
    assert client.is_signed_in


def test_an_administrator_without_one_sets_one_up_first(
    client: Browser, provider: Provider
) -> None:
    _administrator(provider)
    provider.who["amr"] = ["pwd", "mfa"]
    assert journey(client).location == "/account/authenticator-app"
    assert not client.is_signed_in


@pytest.mark.parametrize(
    ("trust", "amr", "trusted"),
    [
        ("claimed", ["pwd", "mfa"], True),
        ("claimed", ["pwd"], False),
        ("claimed", None, False),
        ("always", None, True),
        ("no", ["mfa"], False),
    ],
)
def test_the_providers_second_step_counts_where_the_settings_say_so(
    app: Flask,
    client: Browser,
    provider: Provider,
    monkeypatch: pytest.MonkeyPatch,
    trust: str,
    amr: list[str] | None,
    trusted: bool,
) -> None:
    monkeypatch.setitem(app.config, "OIDC_TRUST_MFA", trust)
    _administrator(provider)
    if amr:
        provider.who["amr"] = amr
    assert journey(client).location == ("/" if trusted else "/account/authenticator-app")
    assert (client.get("/admin/people").status_code == 200) is trusted


def test_that_trust_is_in_no_other_session(
    app: Flask, client: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "OIDC_TRUST_MFA", "always")
    user = _administrator(provider)
    journey(client)
    client.post("/account/sign-out")
    client.sign_in(user)
    assert client.get("/admin/people").location == "/account/second-factor"


def test_an_administrator_whose_passkey_stands_for_both_must_use_it(
    client: Browser, provider: Provider
) -> None:
    user = _administrator(provider)
    PasskeyFactory(user=user, usage="first")
    assert journey(client).location == "/account/sign-in"
    assert "Sign in with your passkey" in client.get("/account/sign-in").text
    assert not client.is_signed_in


# Signing out.


def test_after_signing_out_one_may_sign_out_there_too(client: Browser, provider: Provider) -> None:
    linked(UserFactory(), provider)
    journey(client)
    client.post("/account/sign-out")
    page = client.get("/account/sign-in").text
    assert "Sign out of your work account too" in page
    away = client.get(f"{START}/sign-out").location
    assert away.startswith(f"{provider.issuer}/sign-out?")
    assert "post_logout_redirect_uri=https%3A%2F%2Flocalhost%2Faccount%2Fsign-in" in away
    assert "id_token_hint" not in away


def test_it_is_not_offered_where_there_is_nothing_to_sign_out_of(
    client: Browser, provider: Provider
) -> None:
    user = linked(UserFactory(can_sign_in=True), provider)
    client.enter(user.email)
    client.post("/account/sign-out")
    assert "work account too" not in client.get("/account/sign-in").text
    provider.description = {"end_session_endpoint": None}
    journey(client)
    client.post("/account/sign-out")
    assert "work account too" not in client.get("/account/sign-in").text
    assert client.get(f"{START}/sign-out").location == "/account/sign-in"


def test_a_get_never_signs_out_here(client: Browser) -> None:
    client.sign_in(UserFactory())
    assert client.get(f"{START}/sign-out").location == "/account"
    assert client.is_signed_in
