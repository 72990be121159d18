"""A coordinator who chooses by keyboard alone: from submitted to an offer that leaves."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor

APPLICANTS = "/workstreams/cohort-2/applicants"


def press(visitor: Visitor, target: Locator, key: str = "Enter") -> None:
    """Go to it with Tab, and press a key there."""
    visitor.tab_to(target)
    visitor.page.keyboard.press(key)


def choose(visitor: Visitor, legend: str, wanted: str) -> None:
    """One of a group of radios: Tab leads into the group, the arrow keys to the choice."""
    group = visitor.page.get_by_role("group", name=legend)
    radios, choice = group.get_by_role("radio"), group.get_by_label(wanted, exact=True)
    checked = group.locator("input:checked")
    press(visitor, checked if checked.count() else radios.first, "Space")
    for _ in range(radios.count()):
        if choice.is_checked():
            return
        visitor.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{legend}: the arrow keys do not lead to {wanted}")


def stage(visitor: Visitor, label: str) -> Locator:
    """Its figure above the list of applicants."""
    return visitor.page.get_by_role("navigation", name="Stages").get_by_role(
        "link", name=re.compile(rf"^\d+ {label}$")
    )


def move_first(visitor: Visitor, many: int, *, at: str, to: str) -> list[str]:
    """Tick the first of those at a stage and move them together; gives their names."""
    page = visitor.page
    press(visitor, stage(visitor, at))
    expect(page).to_have_url(re.compile("stage="))
    names = page.locator("tbody th a").all_inner_texts()[:many]
    for name in names:
        press(visitor, page.get_by_role("checkbox", name=name, exact=True), "Space")
    visitor.page.keyboard.press("Shift+Tab")
    press_back(visitor, page.get_by_role("button", name="Move the ones I tick"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"Move {many} {'person' if many == 1 else 'people'}"
    )
    choose(visitor, "Where to", to)
    press(visitor, page.get_by_role("button", name="Move", exact=True))
    expect(page.get_by_role("main").get_by_text(f"moved to “{to}”")).to_be_visible()
    return names


def press_back(visitor: Visitor, target: Locator) -> None:
    """Likewise, with Shift+Tab: the buttons stand above the list."""
    for _ in range(60):
        if visitor.has_focus(target):
            visitor.page.keyboard.press("Enter")
            return
        visitor.page.keyboard.press("Shift+Tab")
    raise AssertionError(f"{target} cannot be reached with Shift+Tab")


def test_from_submitted_to_a_released_decision_by_keyboard_alone(visit):
    visitor = visit("coordinator")
    page = visitor.goto(APPLICANTS)

    # Through the stages, two together; a slip is undone.
    first, second = move_first(visitor, 2, at="Submitted", to="Eligible")
    visitor.check()
    press(visitor, page.get_by_role("button", name="Undo"))
    expect(page.get_by_text("Undone by Bethan Rowley")).to_be_visible()
    visitor.check()
    press(visitor, page.get_by_role("link", name="Back to the applicants"))
    names = move_first(visitor, 2, at="Submitted", to="Eligible")
    assert names == [first, second]
    for at, to in (("Eligible", "Shortlisted"), ("Shortlisted", "Interview")):
        move_first(visitor, 2, at=at, to=to)

    # A decision about whoever stands first at the interviews: what is missing is told in place.
    press(visitor, page.get_by_role("link", name="Decisions", exact=True))
    press(visitor, page.get_by_text("Filter and sort"))
    visitor.tab_to(page.get_by_label("Stage"))
    page.keyboard.type("Interview")
    press(visitor, page.get_by_role("button", name="Show"))
    expect(page.get_by_role("link", name=re.compile("Stage: Interview"))).to_be_visible()
    offered = page.locator("tbody th a").first.inner_text()
    press(visitor, page.get_by_role("checkbox", name=offered, exact=True), "Space")
    choose(visitor, "Decision", "Offer")
    press(visitor, page.get_by_role("button", name="Prepare", exact=True))
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Enter the day by which they must answer")
    assert visitor.has_focus(summary)
    visitor.check()
    press(visitor, summary.get_by_role("link"))
    assert visitor.has_focus(page.get_by_label("Answer by (for offers)"))
    page.keyboard.type("20 August 2021")
    press(visitor, page.get_by_role("button", name="Prepare", exact=True))

    # The letter as it would leave, and then it leaves.
    press(visitor, page.get_by_role("link", name=re.compile("^Look at 1 prepared decision")))
    expect(page.get_by_text("Please tell us by 20 August 2021 at 5:00pm")).to_be_visible()
    visitor.check()
    press(visitor, page.get_by_role("link", name="Release 1 decision"))
    expect(page.get_by_text("This cannot be taken back")).to_be_visible()
    visitor.check()
    press(visitor, page.get_by_role("button", name="Release 1 decision"))
    expect(page.get_by_text("1 decision released")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile(offered))).to_contain_text("By e-mail")
    visitor.check()
    press(visitor, page.get_by_role("link", name=offered))
    expect(page.get_by_text("They are told: “We offer you a place”").first).to_be_visible()


def test_on_the_board_the_focus_goes_with_the_card(visit):
    visitor = visit("coordinator")
    page = visitor.goto(f"{APPLICANTS}/board")
    name = page.locator(".wm-board__card > a").first.inner_text()
    choice = page.get_by_label(f"Move {name} to")
    wanted = choice.locator("option").first.inner_text()
    press(visitor, page.get_by_role("button", name=f"Move {name}", exact=True))
    moved = page.get_by_role("main").get_by_text(re.compile(f"moved to “{wanted}”"))
    expect(moved).to_be_visible()
    visitor.check(swapped=True)
    column = page.get_by_role("region", name=wanted)
    expect(column.get_by_role("link", name=name)).to_be_visible()
