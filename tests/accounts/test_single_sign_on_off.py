"""Off until configured; and settings that cannot work are told when the application starts."""

import uuid

import pytest
from flask import Flask

from app.accounts.work_account import settings
from app.config import load
from tests.accounts.browser import Browser
from tests.accounts.oidc_provider import Provider
from tests.accounts.work_account import linked
from tests.factories.accounts import UserFactory

SET = {
    "OIDC_ISSUER": f"https://login.microsoftonline.com/{uuid.UUID(int=7)}/v2.0",
    "OIDC_CLIENT_ID": "client",
    "OIDC_CLIENT_SECRET": "secret",
    "OIDC_TRUST_MFA": "no",
    "HTTPS": True,
}


@pytest.mark.parametrize("path", ["", "/return", "/accept", "/sign-out"])
def test_its_pages_are_not_there(client: Browser, path: str) -> None:
    assert client.get(f"/account/work-account{path}").status_code == 404
    if path in {"/return", "/accept"}:
        assert client.post(f"/account/work-account{path}").status_code == 404


@pytest.mark.parametrize("path", ["choose", "link", "confirm"])
def test_nor_are_those_of_people_who_are_signed_in(client: Browser, path: str) -> None:
    client.sign_in_fresh(UserFactory(can_sign_in=True))
    assert client.get(f"/account/work-account/{path}").status_code == 404


def test_no_page_speaks_of_it(client: Browser) -> None:
    assert "work account" not in client.get("/account/sign-in").text
    client.sign_in(UserFactory(can_sign_in=True))
    assert "ork account" not in client.get("/account").text


def test_a_link_made_before_it_was_turned_off_can_be_removed(client: Browser) -> None:
    client.sign_in_fresh(linked(UserFactory(can_sign_in=True), Provider("https://gone", None)))
    assert "turned off at present" in client.get("/account").text
    assert "work account" not in client.get("/account/confirm").text
    assert client.post("/account/work-account/remove").location == "/account"


def test_what_is_set_is_right() -> None:
    settings.check(SET)
    settings.check({**SET, "OIDC_TRUST_MFA": "claimed"})
    settings.check({**SET, **dict.fromkeys(settings.NEEDED, "")})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"OIDC_CLIENT_SECRET": ""}, "set WAYMARK_OIDC_CLIENT_SECRET too"),
        (
            {"OIDC_CLIENT_SECRET": "", "OIDC_ISSUER": ""},
            "set WAYMARK_OIDC_ISSUER and WAYMARK_OIDC_CLIENT_SECRET too",
        ),
        ({"OIDC_ISSUER": "login.example.org"}, "starts with https://"),
        ({"OIDC_ISSUER": "http://login.example.org"}, "starts with https://"),
        ({"OIDC_ISSUER": "https://"}, "starts with https://"),
        ({"OIDC_ISSUER": SET["OIDC_ISSUER"] + settings.WELL_KNOWN}, "the issuer alone"),
        ({"OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0"}, "your own tenant"),
        ({"OIDC_ISSUER": "https://login.microsoftonline.com/organizations/v2.0"}, "own tenant"),
        ({"OIDC_TRUST_MFA": "1"}, "one of no, claimed, always"),
    ],
)
def test_what_is_half_set_or_wrong_is_told(changed: dict[str, str], said: str) -> None:
    with pytest.raises(RuntimeError, match=said):
        settings.check({**SET, **changed})


def test_it_comes_from_the_environment(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not settings.is_on()
    assert load()["OIDC_LABEL"] == "Sign in with your work account"
    monkeypatch.setenv("WAYMARK_OIDC_ISSUER", f" {SET['OIDC_ISSUER']} ")
    monkeypatch.setenv("WAYMARK_OIDC_LABEL", "Sign in with your Leicestershire account")
    found = load()
    assert found["OIDC_ISSUER"] == SET["OIDC_ISSUER"]
    assert found["OIDC_LABEL"] == "Sign in with your Leicestershire account"
    with pytest.raises(RuntimeError, match="half configured"):
        settings.check(found)
