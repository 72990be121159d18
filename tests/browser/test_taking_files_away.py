"""A plan as a file, and a calendar's address, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

ADDRESS = re.compile(r"^https?://.+/calendar/[\w-]{43}\.ics$")


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_the_plan_is_downloaded_as_it_is_filtered(visit, width, javascript):
    visitor = visit("lead", width=width, javascript=javascript)
    page = visitor.goto("/workstreams/new-parks/plan")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Show").select_option("open")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_text("as filtered")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="PDF file of the plan, 5 rows").click()
    name = started.value.suggested_filename
    assert name == "new-parks-delivery-plan-2021-22-filtered-2021-06-18.pdf"
    assert Path(started.value.path()).read_bytes().startswith(b"%PDF-")
    expect(page.get_by_text("as filtered")).to_be_visible()


def test_an_address_is_made_and_shown_once(visit):
    visitor = visit("evaluator", width=320)
    page = visitor.goto("/account")
    page.get_by_role("link", name="Your calendar").click()
    page.get_by_label("What I lead or help with").check()
    page.get_by_role("button", name="Make the address").click()
    expect(page.get_by_label("Address")).to_have_value(ADDRESS)
    assert not [*visitor.axe(), *visitor.sideways()]
    visitor.goto("/calendar")
    expect(page.get_by_role("link", name="Replace the address")).to_be_visible()
    page.get_by_role("link", name="Remove the address").click()
    page.get_by_role("button", name="Remove the address").click()
    expect(page.get_by_role("button", name="Make the address")).to_be_visible()
