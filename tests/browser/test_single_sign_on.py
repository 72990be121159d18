"""To a provider on another site and back, in a real browser with its rules for cookies and forms.

Waymark is `localhost` and the provider `127.0.0.1`, which a browser takes for two sites.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.oidc_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    Provider,
    running_provider,
)
from tests.browser.visitor import Visitor
from tests.server import Server, running_server

BUTTON = "Sign in with your Leicestershire account"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def sso_server(tmp_path_factory, provider: Provider) -> Iterator[Server]:
    settings = {
        "WAYMARK_OIDC_ISSUER": provider.issuer,
        "WAYMARK_OIDC_CLIENT_ID": CLIENT_ID,
        "WAYMARK_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "WAYMARK_OIDC_LABEL": BUTTON,
    }
    with running_server(tmp_path_factory.mktemp("sso") / "instance", **settings) as server:
        provider.returns_to = f"http://localhost:{server.port}/account/work-account/return"
        yield server


@pytest.fixture
def visitor(chromium, sso_server: Server, provider: Provider, request) -> Iterator[Visitor]:
    width, javascript = request.param
    visitor = Visitor(
        chromium, f"http://localhost:{sso_server.port}", width=width, javascript=javascript
    )
    visitor.page.set_default_timeout(10_000)
    provider.reset()
    provider.who = {"sub": request.node.name, "preferred_username": "pat@council.example"}
    yield visitor
    visitor.context.close()
    # Going to the provider is the point of it.
    problems = [p for p in visitor.problems if provider.issuer not in p]
    assert not problems, "\n".join(problems)


def hand_on(page: Page, javascript: bool) -> None:
    """Without JavaScript the page that hands on waits for its button."""
    if not javascript:
        expect(page.get_by_role("heading", level=1)).to_have_text("One moment")
        page.get_by_role("button", name="Continue").click()


def sign_out(page: Page) -> None:
    page.locator(".wm-header__user summary").click()
    page.get_by_role("button", name="Sign out").click()


@pytest.mark.parametrize(
    ("visitor", "role"),
    [((1280, True), "lead"), ((320, True), "contributor"), ((1280, False), "evaluator")],
    indirect=["visitor"],
)
def test_linking_it_and_signing_in_with_it(visitor: Visitor, role: str, request) -> None:
    javascript = request.node.callspec.params["visitor"][1]
    visitor.sign_in(role)
    page = visitor.goto("/account")
    page.locator("a[href$='/work-account/choose']").click()
    hand_on(page, javascript)
    expect(page.get_by_role("heading", level=1)).to_have_text("Link this work account?")
    expect(page.get_by_role("main")).to_contain_text("pat@council.example")
    if javascript:
        visitor.check()
    page.get_by_role("button", name="Link it").click()
    expect(page.get_by_role("main")).to_contain_text("Your work account is linked")
    sign_out(page)
    page.goto("/account/sign-in?next=/workstreams")
    if javascript:
        visitor.check()
    page.get_by_role("link", name=BUTTON).click()
    hand_on(page, javascript)
    expect(page.get_by_role("heading", level=1)).to_have_text("Workstreams")
    assert visitor.path() == "/workstreams"
    sign_out(page)
    page.get_by_role("link", name="Sign out of your work account too").click()
    expect(page.locator("body")).to_contain_text("signed out")


@pytest.mark.parametrize("visitor", [(320, True)], indirect=True)
def test_the_back_button_after_signing_in_shows_no_trouble(visitor: Visitor) -> None:
    visitor.sign_in("coordinator")
    page = visitor.goto("/account")
    page.locator("a[href$='/work-account/choose']").click()
    page.get_by_role("button", name="Link it").click()
    expect(page.get_by_role("main")).to_contain_text("Your work account is linked")
    sign_out(page)
    page.goto("/account/sign-in")
    page.get_by_role("link", name=BUTTON).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")


@pytest.mark.parametrize("visitor", [(320, True)], indirect=True)
def test_nobody_known_and_nobody_willing(visitor: Visitor, provider: Provider) -> None:
    page = visitor.goto("/account/sign-in")
    page.get_by_role("link", name=BUTTON).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waymark does not know this account")
    visitor.check()
    provider.refuses = "access_denied"
    page.goto("/account/sign-in")
    page.get_by_role("link", name=BUTTON).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in")
    visitor.check()
    visitor.problems[:] = [p for p in visitor.problems if "400" not in p and "403" not in p]
