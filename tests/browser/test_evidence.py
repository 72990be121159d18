"""Evidence: a note without JavaScript; axe on the findings, the form and a note, on a desk and a phone."""

import re

import pytest
from playwright.sync_api import expect

EVIDENCE = "/workstreams/new-parks/evidence"


def test_a_note_is_written_without_javascript_and_removed_and_brought_back(visit):
    visitor = visit("evaluator", javascript=False)
    page = visitor.goto(EVIDENCE)
    page.get_by_role("link", name="Write a note").click()
    page.get_by_label("What it shows").fill("Most who came once came again.")
    page.get_by_label("2", exact=True).check()  # of the Maryland scale
    page.get_by_label("Supports", exact=True).check()
    for kind in ("Priorities and ambition statements", "Steps of a map"):
        group = page.locator("details", has_text=kind)
        group.locator("summary").click()
        group.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a title")
    expect(page.get_by_label("What it shows")).to_have_value("Most who came once came again.")
    expect(page.locator("input[name=bears_on]:checked")).to_have_count(2)
    visitor.check()
    page.get_by_label("Title", exact=True).fill("Visitors come back")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visitors come back")
    expect(page.get_by_role("main")).to_contain_text("2 of 5, Maryland")

    page.get_by_role("link", name="Remove", exact=True).click()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("link", name="Visitors come back")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Visitors come back")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_findings_are_filtered_in_place(visit, width):
    visitor = visit("evaluator", width=width)
    page = visitor.goto(EVIDENCE)
    visitor.check()
    page.get_by_role("link", name=re.compile("contradict")).click()
    expect(page.get_by_role("link", name="Carers say that they are still alone")).to_be_visible()
    expect(page.locator(".wm-finding")).to_have_count(1)
    visitor.check()
    visitor.goto(f"{EVIDENCE}/notes/add")
    visitor.check()


def test_an_external_evaluator_writes_but_does_not_judge(visit):
    visitor = visit("external")
    page = visitor.goto(f"{EVIDENCE}/ambitions")
    expect(page.get_by_role("link", name=re.compile("Judge how far"))).to_have_count(0)
    visitor.check()
    visitor.goto(EVIDENCE)
    expect(page.get_by_role("link", name="Write a note")).to_be_visible()
