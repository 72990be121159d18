"""Indicators: what is due is entered by keyboard alone and approved by somebody else; axe on the chart."""

from playwright.sync_api import expect

INDICATORS = "/workstreams/new-parks/indicators"
KITCHEN = "People at the open kitchen"


def test_what_is_due_is_entered_by_keyboard_and_approved_by_another(visit):
    officer = visit("officer")
    page = officer.goto(f"{INDICATORS}/due")
    visits, save = (
        page.get_by_label("Visits", exact=True),
        page.get_by_role("button", name="Save", exact=True),
    )
    officer.tab_to(visits)
    page.keyboard.type("many")
    officer.tab_to(save)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter a number")
    expect(visits).to_have_value("many")
    officer.check(swapped=True)
    officer.tab_to(visits)
    page.keyboard.press("Control+A")
    page.keyboard.type("72")
    officer.tab_to(save)
    page.keyboard.press("Enter")
    expect(page.locator(".wm-notice--success")).to_contain_text("1 value saved")
    officer.check(swapped=True)

    lead = visit("lead")
    page = lead.goto(f"{INDICATORS}/approvals")
    lead.tab_to(page.get_by_role("button", name="Approve").first)
    page.keyboard.press("Enter")
    expect(page.locator(".wm-notice--success")).to_contain_text("Approved")
    lead.check(swapped=True)
    lead.goto(INDICATORS)
    expect(page.get_by_role("main")).to_contain_text("72 visits, up from 66")


def test_a_chart_and_its_table_say_the_same_on_a_phone(visit):
    visitor = visit("board", width=320)
    page = visitor.goto(INDICATORS)
    page.get_by_role("link", name="People who feel safe in New Parks after dark").click()
    expect(page.get_by_role("img", name="People who feel safe")).to_be_visible()
    expect(page.locator("svg.wm-line circle")).to_have_count(
        page.get_by_role("table").locator("tbody tr").count()
    )
    visitor.check()
