"""A plan comes in from a file: from choosing it to undoing it, with and without a script, at 320 px."""

import re

import pytest
from playwright.sync_api import expect

from tests.importing.files import workbook

PLAN = "/workstreams/new-parks/plan"


def sheet(word):
    return {
        "name": "plan.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": workbook(
            ["Activity", "Timeline", "RAG"],
            [f"Open a shed {word}", "30 June 2021", "Green"],
            [f"Walk at dusk {word}", "when it is dry", None],
        ),
    }


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (True, 320), (False, 1280)])
def test_from_a_file_to_the_plan_and_back(visit, javascript, width):
    visitor = visit("lead", javascript=javascript, width=width)
    page = visitor.goto(PLAN)
    word = f"at {width} px {'with' if javascript else 'without'} a script"

    def look():
        if javascript:
            visitor.check()

    page.get_by_role("link", name="Import from Word, Excel or CSV").click()
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose a file")
    look()
    page.get_by_label("Word, Excel or CSV file").set_input_files(sheet(word))
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Match the columns")
    expect(page.get_by_label("Timeline")).to_have_value("1")
    expect(page.get_by_role("main")).to_contain_text("no table rewrites: RAG")
    look()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("main")).to_contain_text("1 to add, 0 to change, 0 the same, 1 problem")
    expect(page.get_by_role("button", name=re.compile("^Import "))).to_have_count(0)
    look()
    page.get_by_label("when it is dry").fill("31 July 2021")
    page.get_by_role("button", name="Save these days").click()
    expect(page.get_by_role("main")).to_contain_text("2 to add")
    look()
    page.get_by_role("button", name="Import 2 activities").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 activities from “plan.xlsx”")
    look()
    page.get_by_role("link", name="Go to the plan").click()
    expect(page.get_by_role("link", name=f"Walk at dusk {word}", exact=True)).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Undo the whole import").click()
    look()
    page.get_by_role("button", name="Undo the whole import").click()
    expect(page.get_by_role("link", name=f"Walk at dusk {word}", exact=True)).to_have_count(0)
