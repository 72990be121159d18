"""A theory-of-change map: its drawing by keyboard alone, on a phone, without JavaScript, by axe."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

MAPS = "/workstreams/female-offender-strategy/map"


def open_map(visitor: Visitor) -> Page:
    """The workstream's map, found as its readers find it."""
    page = visitor.goto(MAPS)
    link = page.get_by_role("main").get_by_role("link", name="Female Offender", exact=False).first
    if not page.locator(".wm-picture").count():
        link.click()
    expect(page.locator("svg.wm-picture, .wm-timeline-ask").first).to_be_attached()
    return page


def focused(page: Page) -> dict[str, str]:
    """The data of what has the focus."""
    return page.evaluate("() => ({...document.activeElement.dataset})")


def test_arrow_keys_follow_links_and_columns(visit):
    visitor = visit("officer")
    page = open_map(visitor)
    visitor.tab_to(page.locator("[data-node]").first)
    start = focused(page)["node"]
    first_link = page.locator(f'[data-link][data-from="{start}"]').first
    if not first_link.count():
        pytest.fail("the first step of the demo's map leads nowhere")
    page.keyboard.press("ArrowRight")
    link = focused(page)
    assert link["from"] == start
    page.keyboard.press("ArrowRight")
    assert focused(page)["node"] == link["to"]
    page.keyboard.press("ArrowLeft")
    assert focused(page)["to"] == link["to"]
    page.keyboard.press("ArrowLeft")
    back = focused(page)
    column = page.locator(f'[data-node][data-column="{back["column"]}"]')
    if column.count() > 1:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        assert focused(page)["column"] == back["column"]
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/nodes/{focused_id(back)}"))
    expect(page.locator('.wm-picture [aria-current="true"]')).to_have_count(1)


def focused_id(data: dict[str, str]) -> str:
    return data["node"]


def test_every_lens_is_named_told_and_accessible(visit):
    visitor = visit("officer")
    page = open_map(visitor)
    visitor.check()
    for words in (
        "Progress",
        "Evidence",
        "Assumptions",
        "What leads here",
        "Who does it",
        "Confidence",
    ):
        page.get_by_role("navigation", name="Look at the map by").get_by_role(
            "link", name=words, exact=True
        ).click()
        expect(page.locator('.wm-page-row__link[aria-current="true"]')).to_have_text(words)
        if words == "What leads here":
            page.get_by_label("Step", exact=True).select_option(index=2)
            page.get_by_role("button", name="Show", exact=True).click()
        page.locator("summary", has_text=f"{words}, in words").click()
        expect(page.get_by_role("table", name=f"{words}, in words")).to_be_visible()
    visitor.check()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_phone_gets_the_list_and_the_drawing_when_asked(visit, javascript):
    visitor = visit("officer", width=320, javascript=javascript)
    page = open_map(visitor)
    drawing = page.get_by_role("region", name="Drawing of the map")
    expect(drawing).to_be_hidden()
    expect(page.locator(".wm-outline").first).to_be_visible()
    page.get_by_role("link", name="Show the drawing").click()
    expect(drawing).to_be_visible()
    if javascript:
        visitor.check()


def test_without_javascript_steps_lead_to_their_pages(visit):
    visitor = visit("officer", javascript=False)
    page = open_map(visitor)
    visitor.tab_to(page.locator("[data-node]").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/nodes/"))


def test_a_link_is_made_opened_by_a_stranger_and_revoked(visit):
    visitor = visit("officer")
    page = open_map(visitor)
    page.get_by_role("link", name="Links that anybody can read it by").click()
    visitor.check()
    page.get_by_label("Who is it for?").fill("A university")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Link", exact=True).input_value()
    visitor.check()
    stranger = visit()
    theirs = stranger.goto("/maps/" + address.rsplit("/", 1)[1])
    expect(theirs.locator("svg.wm-picture")).to_be_visible()
    stranger.check()
    page.get_by_role("link", name="All links to this map").click()
    page.get_by_role("link", name="Revoke the link for A university").click()
    page.get_by_role("button", name="Revoke the link").click()
    expect(page.get_by_role("main")).to_contain_text("Revoked")
