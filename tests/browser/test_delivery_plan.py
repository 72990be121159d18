"""The main job: a lead keeps a delivery plan current.

Each test works on rows of its own workstream or account, so that they can run in any order.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

PLAN = "/workstreams/new-parks/plan"


def open_row(page: Page) -> Locator:
    """The first row of the plan that can be updated."""
    return page.locator(
        "#plan .wm-row", has=page.get_by_role("link", name=re.compile("^Update"))
    ).first


def row_again(page: Page, row_id: str) -> Locator:
    return page.locator(f"#{row_id}")


def fill_in(form: Locator, words: str) -> None:
    form.get_by_label("What has happened").fill(words)
    form.get_by_role("radio", name="Amber").check()
    form.get_by_label("Why it is red or amber").fill("Two sessions fell through")


@pytest.mark.parametrize("width", [1280, 320])
def test_updating_a_row_in_place(visit, width):
    visitor = visit("lead", width=width)
    page = visitor.goto(PLAN)
    row_id = open_row(page).get_attribute("id")
    row = row_again(page, row_id)
    row.get_by_role("link", name=re.compile("^Update")).click()
    form = row.locator("form.wm-update")
    expect(form).to_be_visible()
    assert visitor.path() == PLAN  # in place: the page is the same
    visitor.check(swapped=True)

    words = f"Seen at {width} px"
    fill_in(form, words)
    form.get_by_role("button", name="Save update").click()
    expect(form).to_have_count(0)
    expect(row).to_contain_text(words)
    expect(row).to_contain_text("Amber")
    expect(page.locator("#announcements")).to_have_text("Update saved")
    expect(row.get_by_role("link", name=re.compile("^Update"))).to_be_focused()
    visitor.check(swapped=True)
    page.reload()
    expect(row).to_contain_text(words)


def test_updating_a_row_by_keyboard(visit):
    visitor = visit("lead")
    page = visitor.goto(PLAN)
    row = row_again(page, open_row(page).get_attribute("id"))
    visitor.tab_to(row.get_by_role("link", name=re.compile("^Update")))
    page.keyboard.press("Enter")
    form = row.locator("form.wm-update")
    expect(form).to_be_visible()
    visitor.tab_to(form.get_by_label("What has happened"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Typed and never touched")
    visitor.tab_to(form.locator("input[type=radio]:focus"))
    green = form.get_by_role("radio", name="Green")
    for _ in range(3):
        if not green.is_checked():
            page.keyboard.press("ArrowDown")
    expect(green).to_be_checked()
    visitor.tab_to(form.get_by_role("button", name="Save update"))
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(row).to_contain_text("Typed and never touched")
    expect(row.get_by_role("link", name=re.compile("^Update"))).to_be_focused()


def test_updating_a_row_without_javascript(visit):
    visitor = visit("lead", javascript=False)
    page = visitor.goto(PLAN)
    row_id = open_row(page).get_attribute("id")
    row_again(page, row_id).get_by_role("link", name=re.compile("^Update")).click()
    form = page.locator("form.wm-update")
    expect(form).to_be_visible()
    assert visitor.path() != PLAN  # a page of its own
    fill_in(form, "Without a script")
    form.get_by_role("button", name="Save update").click()
    expect(row_again(page, row_id)).to_contain_text("Without a script")
    expect(page.get_by_role("main")).to_contain_text("Update saved")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_form_sent_back_keeps_every_word(visit, javascript):
    visitor = visit("lead", javascript=javascript)
    page = visitor.goto(PLAN)
    open_row(page).get_by_role("link", name=re.compile("^Update")).click()
    form = page.locator("form.wm-update")
    form.get_by_label("What has happened").fill("Words that must not be lost")
    form.get_by_role("radio", name="Red").check()
    form.get_by_label("Why it is red or amber").fill("")
    form.get_by_role("button", name="Save update").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Say why it is red")
    expect(form.get_by_label("What has happened")).to_have_value("Words that must not be lost")
    expect(form.get_by_role("radio", name="Red")).to_be_checked()
    if javascript:
        expect(summary).to_be_focused()
        visitor.check(swapped=True)
        summary.get_by_role("link").first.click()
        expect(form.get_by_label("Why it is red or amber")).to_be_focused()


def test_cancel_puts_the_row_back(visit):
    visitor = visit("lead")
    page = visitor.goto(PLAN)
    row = row_again(page, open_row(page).get_attribute("id"))
    row.get_by_role("link", name=re.compile("^Update")).click()
    expect(row.locator("form.wm-update")).to_be_visible()
    row.get_by_role("link", name="Cancel").click()
    expect(row.locator("form.wm-update")).to_have_count(0)
    expect(row).to_be_visible()
    visitor.check(swapped=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_two_people_on_one_row_lose_nothing(visit, javascript):
    """The second to save sees both texts, and keeps their own."""
    first, second = visit("lead", javascript=javascript), visit("officer", javascript=javascript)
    forms = []
    for visitor in (first, second):
        page = visitor.goto(PLAN)
        page.locator("#plan .wm-row").last.get_by_role("link", name=re.compile("^Update")).click()
        form = page.locator("form.wm-update")
        expect(form).to_be_visible()
        forms.append(form)
    fill_in(forms[0], "The first to save")
    forms[0].get_by_role("button", name="Save update").click()
    expect(first.page.locator("#plan .wm-row").last).to_contain_text("The first to save")

    fill_in(forms[1], "The second to save")
    forms[1].get_by_role("button", name="Save update").click()
    conflict = second.page.locator(".wm-conflict")
    expect(conflict).to_contain_text("The first to save")
    expect(conflict).to_contain_text("The second to save")
    expect(forms[1].get_by_label("What has happened")).to_have_value("The second to save")
    if javascript:
        expect(conflict).to_be_focused()
        second.check(swapped=True)
    forms[1].get_by_role("button", name="Save update").click()
    expect(second.page.locator("#plan .wm-row").last).to_contain_text("The second to save")
    second.page.locator("#plan .wm-row").last.locator(".wm-row__title a").click()
    expect(second.page.get_by_role("main")).to_contain_text("The first to save")


@pytest.mark.parametrize("javascript", [True, False])
def test_update_the_whole_plan(visit, javascript):
    visitor = visit("lead", javascript=javascript)
    page = visitor.goto(PLAN)
    page.get_by_role("link", name=re.compile("^Update (the whole plan|what is mine)")).click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Activity 1 of \d+"))
    heading = page.get_by_role("heading", level=1)
    first = heading.inner_text()
    if javascript:
        visitor.check()
    fill_in(page.locator("form.wm-update"), "On the walk")
    page.get_by_role("button", name="Save and next").click()
    expect(heading).not_to_have_text(first)
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Activity 2 of \d+"))
    page.get_by_role("link", name="Back to the row before").click()
    expect(heading).to_have_text(first)
    expect(page.get_by_role("main")).to_contain_text("On the walk")  # last time's words
    page.get_by_role("link", name="Skip this one").click()
    expect(heading).not_to_have_text(first)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_tick_can_be_undone_at_once(visit, javascript):
    visitor = visit("coordinator", javascript=javascript)
    page = visitor.goto("/workstreams/cohort-2/plan")
    page.locator("#plan .wm-row__title a").first.click()
    tick = page.locator(".wm-tick:not(.wm-tick--done)").first
    tick_id = tick.get_attribute("id")
    tick = page.locator(f"#{tick_id}")
    tick.locator("button.wm-tick__button").click()
    expect(tick).to_have_class(re.compile("wm-tick--done"))
    if javascript:
        visitor.check(swapped=True)
        tick.get_by_role("button", name="Undo").click()
    else:
        tick.locator("button.wm-tick__button").click()
    expect(tick).not_to_have_class(re.compile("wm-tick--done"))
    if javascript:
        visitor.check(swapped=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_rows_are_reordered_by_buttons(visit, javascript):
    visitor = visit("officer", javascript=javascript)
    page = visitor.goto("/workstreams/female-offender-strategy/plan/order")
    rows = page.locator(".wm-order__row")
    moved = rows.first.get_attribute("id")
    down = page.locator(f"#{moved} button[name=down]")
    if javascript:
        visitor.tab_to(down)
        page.keyboard.press("Enter")
    else:
        down.click()
    expect(rows.nth(1)).to_have_attribute("id", moved)
    if javascript:
        visitor.check(swapped=True)
    page.locator(f"#{moved} button[name=up]").click()
    expect(rows.first).to_have_attribute("id", moved)


def test_back_from_a_row_shows_the_plan_as_it_is_now(visit):
    """The browser keeps no old copy: what was saved in place is there after going back."""
    visitor = visit("lead")
    page = visitor.goto(PLAN)
    row = row_again(page, open_row(page).get_attribute("id"))
    row.get_by_role("link", name=re.compile("^Update")).click()
    fill_in(row.locator("form.wm-update"), "Before going away")
    row.get_by_role("button", name="Save update").click()
    expect(row).to_contain_text("Before going away")
    row.locator(".wm-row__title a").click()
    expect(page).to_have_url(re.compile("/activities/"))
    page.go_back()
    expect(row).to_contain_text("Before going away")


def test_a_double_click_saves_once(visit):
    visitor = visit("lead")
    page = visitor.goto(PLAN)
    row = page.locator(
        "#plan .wm-row", has=page.get_by_role("link", name=re.compile("^Update"))
    ).nth(1)
    row = row_again(page, row.get_attribute("id"))
    row.get_by_role("link", name=re.compile("^Update")).click()
    fill_in(row.locator("form.wm-update"), "Pressed twice in a hurry")
    row.get_by_role("button", name="Save update").dblclick()
    expect(row.locator("form.wm-update")).to_have_count(0)
    row.locator(".wm-row__title a").click()
    expect(page.locator(".wm-timeline, .moj-timeline, main").last).to_contain_text("Pressed twice")
    assert page.get_by_role("main").inner_text().count("Pressed twice in a hurry") == 1


def test_a_save_that_is_refused_for_want_of_room_says_so_and_keeps_the_words(visit):
    visitor = visit("lead")
    page = visitor.goto(PLAN)
    row = row_again(page, open_row(page).get_attribute("id"))
    row.get_by_role("link", name=re.compile("^Update")).click()
    form = row.locator("form.wm-update")
    words = "Typed while the disk was full"
    fill_in(form, words)

    refused = """<div class="wm-notice wm-notice--error" role="alert" tabindex="-1">
      <p><strong>Waymark has no room to save.</strong> Nothing was saved.</p></div>"""

    def refuse(route):
        if route.request.method == "POST":
            route.fulfill(status=503, content_type="text/html", body=refused)
        else:
            route.continue_()

    page.route("**/update", refuse)
    form.get_by_role("button", name="Save update").click()
    expect(form.get_by_role("alert")).to_contain_text("Waymark has no room to save.")
    expect(form.get_by_label("What has happened")).to_have_value(words)
    visitor.check(swapped=True)
    # That a browser notes a 503 is what was asked for here.
    visitor.problems[:] = [problem for problem in visitor.problems if "503" not in problem]

    page.unroute("**/update")
    form.get_by_role("button", name="Save update").click()
    expect(form).to_have_count(0)
    expect(row).to_contain_text(words)
