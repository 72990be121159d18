"""One click into the demo, and only there."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.accounts.browser import Browser
from tests.factories.accounts import UserFactory

LEAD = "/account/demo-sign-in/lead"


@pytest.fixture
def demo(app: Flask) -> Iterator[None]:
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


@pytest.mark.usefixtures("demo")
def test_the_demo_offers_its_accounts_and_one_click_signs_in(app: Flask, client: Browser) -> None:
    UserFactory(email="lead@waymark.example")
    page = client.get("/account/sign-in?next=/workstreams").text
    for account in ("lead", "contributor", "coordinator", "evaluator", "officer", "board"):
        assert f"{account}@waymark.example" in page
    assert app.config["DEMO_PASSWORD"] in page
    assert client.post(LEAD, data={"next": "/workstreams"}).location == "/workstreams"
    assert client.is_signed_in


@pytest.mark.usefixtures("demo")
def test_only_the_offered_accounts_and_only_by_post(client: Browser) -> None:
    UserFactory(email="somebody@waymark.example")
    UserFactory(email="board@waymark.example", active=False)
    assert client.post("/account/demo-sign-in/somebody").status_code == 404
    assert client.post("/account/demo-sign-in/board").status_code == 404
    assert client.post("/account/demo-sign-in/lead").status_code == 404
    assert client.get(LEAD).status_code == 405
    assert client.post(LEAD, csrf=False).status_code == 400


@pytest.mark.usefixtures("demo")
def test_it_leads_nowhere_else(client: Browser) -> None:
    UserFactory(email="lead@waymark.example")
    assert client.post(LEAD, data={"next": "//elsewhere.example"}).location == "/"


def test_a_real_installation_has_nothing_of_it(client: Browser) -> None:
    UserFactory(email="lead@waymark.example")
    assert "demo-sign-in" not in client.get("/account/sign-in").text
    assert client.post(LEAD).status_code == 404
