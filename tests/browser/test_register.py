"""Taking a register: on a phone at the door, without a connection, without JavaScript, by two at once."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor

SESSIONS = "/workstreams/cohort-1/sessions"
# Big enough for a thumb, in CSS pixels: WCAG 2.2 asks for 24, a cold hand for more.
THUMB = 44


@pytest.fixture
def open_register(visit) -> Iterator[Callable[..., Visitor]]:
    """By the list of sessions, as whoever runs them."""

    def open_as(role: str = "facilitator", *, title: str, **how) -> Visitor:
        visitor = visit(role, **how)
        visitor.goto(SESSIONS)
        row = visitor.page.locator(".wm-session", has_text=title)
        row.get_by_role("link", name=re.compile("the register")).click()
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text(f"Register: {title}")
        return visitor

    yield open_as


def row_of(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name)


def choose(page: Page, name: str, choice: str) -> None:
    """Where a thumb lands: anywhere on the button."""
    row_of(page, name).locator("label", has_text=choice).click()


def test_on_a_phone_each_choice_is_saved_as_it_is_made(open_register):
    visitor = open_register(title="Finding your voice", width=320)
    page = visitor.page
    visitor.check()
    row = row_of(page, "Femi Adelaja")
    for label in row.locator("label").all():
        box = label.bounding_box()
        assert box["height"] >= THUMB and box["width"] >= THUMB
    choose(page, "Femi Adelaja", "Late")
    expect(row).to_contain_text("Late: saved by Wren Hathersage")
    expect(row.get_by_text("Not saved yet")).to_be_hidden()
    visitor.check()
    assert visitor.has_focus(row.get_by_role("radio", name="Late")), "the thumb is still there"
    # By keyboard: the arrow keys move within a row, and save.
    page.keyboard.press("ArrowRight")
    expect(row).to_contain_text("Excused: saved by Wren Hathersage")
    page.reload()
    expect(row_of(page, "Femi Adelaja").get_by_role("radio", name="Excused")).to_be_checked()


def test_quick_taps_are_all_saved(open_register):
    page = open_register(title="Listening to a street", width=320).page
    for name in ("Callum Osei", "Priti Vaghela", "Marek Zielony", "Elin Hartshorn"):
        choose(page, name, "Late")
        choose(page, name, "Absent")
    for name in ("Callum Osei", "Priti Vaghela", "Marek Zielony", "Elin Hartshorn"):
        expect(row_of(page, name)).to_contain_text("Absent: saved by")
    assert page.locator(".wm-mark__clash").count() == 0, "nobody clashes with themselves"


def test_without_a_connection_nothing_is_lost(open_register):
    visitor = open_register(title="Asking for help", width=320)
    page = visitor.page
    visitor.context.set_offline(True)
    for name in ("Hollie Marsden", "Tobias Renner"):
        choose(page, name, "Late")
        expect(row_of(page, name).get_by_text("Not saved yet")).to_be_visible()
    expect(page.get_by_text("That did not save. Check your connection").first).to_be_visible()
    visitor.context.set_offline(False)
    for name in ("Hollie Marsden", "Tobias Renner"):
        expect(row_of(page, name)).to_contain_text("Late: saved by")
    visitor.problems = [
        problem
        for problem in visitor.problems
        if not re.search("ERR_INTERNET_DISCONNECTED|Failed to fetch", problem)
    ]


def test_without_javascript_all_at_once(open_register):
    visitor = open_register(title="What next", width=320, javascript=False)
    page = visitor.page
    choose(page, "Yasmin Quereshi", "Late")
    choose(page, "Mona Farahani", "Excused")
    page.get_by_role("button", name="Save register").click()
    expect(page.get_by_text("Saved. 18 of 18 marked")).to_be_visible()
    expect(row_of(page, "Yasmin Quereshi").get_by_role("radio", name="Late")).to_be_checked()
    expect(row_of(page, "Mona Farahani").get_by_role("radio", name="Excused")).to_be_checked()


def test_two_who_take_it_at_once_are_told_in_the_row(open_register):
    first = open_register(title="Money and small grants", width=320)
    second = open_register("coordinator", title="Money and small grants")
    choose(first.page, "Jaswant Pooni", "Late")
    expect(row_of(first.page, "Jaswant Pooni")).to_contain_text("Late: saved")
    choose(second.page, "Jaswant Pooni", "Absent")
    row = row_of(second.page, "Jaswant Pooni")
    told = row.locator(".wm-mark__clash")
    expect(told).to_contain_text("Wren Hathersage marked late while you had the page open")
    expect(told).to_contain_text("You chose absent")
    expect(told).to_be_focused()
    second.check(swapped=True)
    # Another row is saved without overwriting that one.
    choose(second.page, "Sorcha Dunleavy", "Late")
    expect(row_of(second.page, "Sorcha Dunleavy")).to_contain_text("Late: saved")
    expect(row.get_by_role("radio", name="Late")).to_be_checked()
    choose(second.page, "Jaswant Pooni", "Absent")
    expect(row).to_contain_text("Absent: saved by Bethan Rowley")
    expect(told).to_have_count(0)


def test_the_other_pages_read_well_on_a_phone(visit):
    visitor = visit("coordinator", width=320)
    for path in (
        "/sessions",
        "/sessions/add",
        "/participants",
        "/participants/showcase",
        "/participants/graduate",
        "/plan",
    ):
        visitor.goto(f"/workstreams/cohort-1{path}")
        visitor.check()
    visitor.page.goto("/workstreams/cohort-1/participants")
    visitor.page.get_by_role("link", name="Ayaan Dualeh").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Ayaan Dualeh")
    visitor.check()
