"""Confirming that it is you with a work account, where others enter their password."""

import pytest
from flask import Flask

from tests.accounts.browser import Browser
from tests.accounts.oidc_provider import Provider
from tests.accounts.work_account import START, at_provider, come_back, journey, linked
from tests.factories.accounts import UserFactory

CONFIRM = f"{START}/confirm"


@pytest.fixture
def app(sso_app: Flask) -> Flask:
    return sso_app


def test_whoever_has_no_password_cannot_confirm_with_one(
    client: Browser, provider: Provider
) -> None:
    client.sign_in(linked(UserFactory(), provider))
    page = client.get("/account/confirm?next=/account/passkeys").text
    assert "Password" not in page.split("<main")[1]
    assert f"{CONFIRM}?next=/account/passkeys" in page
    refused = client.post("/account/confirm", data={"password": "anything"})
    assert refused.status_code == 422


def test_the_work_account_confirms_instead(client: Browser, provider: Provider) -> None:
    client.sign_in(linked(UserFactory(), provider))
    assert client.get("/account/passkeys").location.startswith("/account/confirm")
    response = journey(client, f"{CONFIRM}?next=/account/passkeys")
    assert provider.last_request["prompt"] == "login"
    assert response.location == "/account/passkeys"
    assert client.get("/account/passkeys").status_code == 200


def test_only_ones_own_confirms_and_only_just_now(client: Browser, provider: Provider) -> None:
    client.sign_in(linked(UserFactory(), provider))
    linked(UserFactory(), provider, "subject-2")
    for who, said in (
        ({"sub": "subject-2"}, "That is another work account"),
        ({"sub": "subject-3"}, "That is another work account"),
        ({"sub": "subject-1", "auth_time": 1_000_000}, "did not ask for your password again"),
    ):
        provider.who = who
        response = journey(client, f"{CONFIRM}?next=/account/passkeys")
        assert response.status_code == 403
        assert said in response.text
        assert client.get("/account/passkeys").location.startswith("/account/confirm")


def test_confirming_signs_nobody_in(client: Browser, provider: Provider) -> None:
    client.sign_in(linked(UserFactory(), provider))
    away = client.get(CONFIRM)
    client.post("/account/sign-out")
    assert come_back(client, at_provider(away)).status_code == 403
    assert not client.is_signed_in


def test_whoever_has_no_work_account_confirms_with_the_password(
    client: Browser, provider: Provider
) -> None:
    client.sign_in(UserFactory(can_sign_in=True))
    assert client.get(CONFIRM).location == "/account/confirm?next=/account"
    assert provider.asked == []
