"""A reviewer at work: by keyboard alone, without JavaScript, on a phone."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor

REVIEWS = "/workstreams/cohort-2/reviews"


def choose_by_keyboard(visitor: Visitor, legend: str, value: str) -> None:
    """Go to a group of radios with Tab, and to one of them with the arrow keys."""
    radios = visitor.page.get_by_role("group", name=legend).get_by_role("radio")
    visitor.tab_to(radios.first)
    visitor.page.keyboard.press("Space")
    wanted = visitor.page.get_by_role("group", name=legend).get_by_label(value, exact=True)
    for _ in range(radios.count()):
        if wanted.is_checked():
            return
        visitor.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{legend}: the arrow keys do not lead to {value}")


def press(visitor: Visitor, target: Locator) -> None:
    visitor.tab_to(target)
    visitor.page.keyboard.press("Enter")


def reference(visitor: Visitor) -> str:
    words = visitor.page.get_by_role("heading", level=1).inner_text()
    assert re.fullmatch(r"CL-[0-9A-Z]{6}", words)
    return words


def review_by_keyboard(visitor: Visitor, score: str, advice: str) -> str:
    """Score every criterion, advise, comment, and ask for the next; gives the reference."""
    page, at = visitor.page, reference(visitor)
    for legend in page.locator("fieldset legend").all_inner_texts()[:-1]:
        choose_by_keyboard(visitor, legend, score)
    choose_by_keyboard(visitor, "Should we take this application further?", advice)
    visitor.tab_to(page.get_by_label("Comment for the panel (optional)"))
    page.keyboard.type("Says what they would do first.")
    visitor.tab_to(page.get_by_label("Feedback for the applicant (optional)"))
    page.keyboard.type("Thank you for your example.")
    press(visitor, page.get_by_role("button", name="Submit and read the next"))
    return at


def test_a_reviewer_reads_and_scores_by_keyboard_alone(visit):
    """From the front page: two applications, one after the other, and the list says so."""
    visitor = visit("reviewer")
    page = visitor.page
    press(visitor, page.get_by_role("link", name="Applications to read in Cohort 2"))
    expect(page.get_by_role("heading", name="Applications to read", level=1)).to_be_visible()
    visitor.check()
    before = page.locator("#how-far").inner_text()
    press(visitor, page.get_by_role("link", name=re.compile("^(Go on|Start) reading$")))
    expect(page.get_by_role("heading", name="Your review")).to_be_visible()
    visitor.check()
    first = review_by_keyboard(visitor, "4", "Yes")
    expect(page.get_by_text("Here is the next one")).to_be_visible()
    assert reference(visitor) != first
    second = review_by_keyboard(visitor, "3", "Maybe")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(second)
    press(visitor, page.get_by_role("link", name="Applications to read", exact=True))
    done = int(re.match(r"\d+", before)[0])
    expect(page.locator("#how-far")).to_have_text(re.compile(rf"^{done + 2} of "))


def test_what_is_missing_is_shown_in_place_and_no_word_is_lost(visit):
    visitor = visit("reviewer")
    page = visitor.goto(REVIEWS)
    page.get_by_role("link", name=re.compile("reading$")).click()
    page.get_by_label("Comment for the panel (optional)").fill("Typed at length")
    page.get_by_role("button", name="Submit", exact=True).click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Choose yes, maybe or no")
    assert visitor.has_focus(page.locator(".govuk-error-summary"))
    expect(page.get_by_label("Comment for the panel (optional)")).to_have_value("Typed at length")
    visitor.check(swapped=True)
    summary.get_by_role("link").first.click()
    focused = page.evaluate("document.activeElement.type")
    assert focused == "radio"


def test_a_draft_without_javascript_and_then_the_rest(visit):
    visitor = visit("reviewer", javascript=False)
    page = visitor.goto(REVIEWS)
    page.get_by_role("link", name=re.compile("reading$")).click()
    at = reference(visitor)
    page.get_by_label("Comment for the panel (optional)").fill("Half a thought")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("This is a draft")).to_be_visible()
    for group in page.locator("fieldset").all():
        group.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", name="What others say")).to_be_visible()
    expect(page.get_by_text("Half a thought")).to_be_visible()
    assert reference(visitor) == at


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_reviewing(visit, width):
    """What reviewers and the coordinator see: no violation, no sideways scrolling."""
    reviewer = visit("reviewer", width=width)
    reviewer.goto(REVIEWS)
    reviewer.page.get_by_role("link", name=re.compile("reading$")).click()
    reviewer.check()
    reviewer.page.get_by_role("link", name="I know this person").click()
    reviewer.check()
    reviewer.goto(f"{REVIEWS}?show=done")
    reviewer.check()
    reviewer.page.locator("tbody a").first.click()
    reviewer.check()
    coordinator = visit("coordinator", width=width)
    base = "/workstreams/cohort-2/applicants/reviews"
    for path in ("", "/share", "/names", "/ranking"):
        coordinator.goto(base + path)
        coordinator.check()
    coordinator.page.locator("tbody td a").first.click()
    expect(coordinator.page.get_by_role("heading", level=1)).to_contain_text("Reviews of CL-")
    coordinator.check()
