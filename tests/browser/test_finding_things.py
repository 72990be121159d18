"""From the front page to any plan row in two clicks, and back again."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, True), (1280, False)])
def test_from_home_to_a_plan_row(visit, width, javascript):
    visitor = visit("lead", width=width, javascript=javascript)
    page = visitor.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Workstreams").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="New Parks").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("New Parks")
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.locator("#plan .wm-row").first).to_be_visible()
    page.locator("#plan .wm-row__title a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    expect(page.locator("#plan .wm-row").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("New Parks")


def test_by_keyboard(visit):
    visitor = visit("lead")
    page = visitor.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page = visitor.goto("/workstreams")
    visitor.tab_to(page.get_by_role("main").get_by_role("link", name="New Parks").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("New Parks")
    visitor.tab_to(page.get_by_role("link", name="Plan", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator("#plan .wm-row").first).to_be_visible()


def test_what_needs_you_leads_to_the_place(visit):
    visitor = visit("lead")
    page = visitor.goto("/")
    first = page.locator(".wm-need").get_by_role("link").first
    expect(first).to_be_visible()
    first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("What needs you")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_of_the_plan_lives_in_the_address(visit, javascript):
    visitor = visit("officer", javascript=javascript)
    page = visitor.goto("/workstreams/domestic-abuse/plan")
    rows = page.locator("#plan .wm-row")
    expect(rows).to_have_count(9)
    if not page.locator("#filter-rag").is_visible():
        page.locator("summary", has_text="Filter").click()
    page.locator("#filter-rag").select_option("green")
    page.locator(".wm-filter__form").get_by_role("button", name="Apply filters").click()
    expect(rows).not_to_have_count(9)
    assert "rag=green" in visitor.path()
    shown = rows.count()
    if javascript:
        visitor.check()
    page.reload()
    expect(rows).to_have_count(shown)
    page.go_back()
    expect(rows).to_have_count(9)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, True), (1280, False)])
def test_search_from_any_page(visit, width, javascript):
    """The box in the header where there is room for it, its page's own elsewhere; then a hit."""
    visitor = visit("officer", width=width, javascript=javascript)
    page = visitor.goto("/workstreams")
    if width < 1000:
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    box = page.get_by_role("searchbox", name="Search for")
    box.fill("kitchens")
    box.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("2 results")
    assert "q=kitchens" in visitor.path()
    if javascript:
        visitor.check()
    expect(page.locator("mark").first).to_have_text("kitchen")
    box = page.get_by_role("searchbox", name="Search for")
    box.fill("xyzzy")
    box.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("Nothing found")
    page.go_back()
    page.get_by_role("link", name="Community kitchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Community kitchen")
