"""In and out: mouse, keyboard, no JavaScript, a narrow screen, the back button."""

import pytest
from playwright.sync_api import expect

PASSWORD = "follow-the-yellow-arrow"
SIGN_IN = "/account/sign-in"


def fill_in(page, role: str = "lead", password: str = PASSWORD) -> None:
    page.get_by_label("Email").or_(page.get_by_label("E-mail")).first.fill(
        f"{role}@waymark.example"
    )
    page.locator("input[name=password]").fill(password)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, True), (1280, False)])
def test_in_and_out_with_the_mouse(visit, width, javascript):
    visitor = visit(width=width, javascript=javascript)
    page = visitor.goto(SIGN_IN)
    fill_in(page)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")
    page.locator(".wm-header__user summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("navigation", name="Main")).to_have_count(0)
    page.goto("/workstreams")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_in_and_out_by_keyboard(visit):
    visitor = visit()
    page = visitor.goto(SIGN_IN)
    visitor.tab_to(page.locator("input[name=email]"))
    page.keyboard.type("lead@waymark.example")
    visitor.tab_to(page.locator("input[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")
    menu = page.locator(".wm-header__user summary")
    visitor.tab_to(menu)
    page.keyboard.press("Enter")
    visitor.tab_to(page.get_by_role("button", name="Sign out"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_have_count(0)


def test_the_back_button_shows_nothing_after_signing_out(visit):
    visitor = visit("lead")
    page = visitor.goto("/workstreams")
    page.locator(".wm-header__user summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("navigation", name="Main")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.parametrize("javascript", [True, False])
def test_one_lands_where_one_was_going(visit, javascript):
    visitor = visit(javascript=javascript)
    page = visitor.goto("/workstreams/new-parks/plan?show=overdue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    fill_in(page)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#plan")).to_be_visible()
    assert visitor.path() == "/workstreams/new-parks/plan?show=overdue"


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(visit):
    visitor = visit()
    page = visitor.goto(SIGN_IN)
    fill_in(page, role="nobody", password="not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    assert visitor.has_focus(summary)
    expect(page.locator("input[name=email]")).to_have_value("nobody@waymark.example")
    visitor.check()
