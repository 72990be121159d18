"""A member of the Leaders Network at their own page, on a phone and without JavaScript; a partner who
nominates; and somebody who wants to hear of the next cohort."""

import re

import pytest
from playwright.sync_api import expect

MEMBER = "hollie.marsden@example.org"
# Forms for the public are shown again to whoever is quicker than a person.
AS_A_PERSON_MS = 2200


def newest_link(visit, recipient: str, start: str) -> str:
    """The path of the link that begins with `start` in the newest mail to an address."""
    page = visit("officer").goto("/outbox")
    page.get_by_role("row").filter(has_text=recipient).first.get_by_role("link").first.click()
    body = page.locator("main").inner_text()
    return re.search(rf"{re.escape(start)}[\w.-]+", body)[0]


def send(page, button: str) -> None:
    page.wait_for_timeout(AS_A_PERSON_MS)
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize(("width", "javascript"), [(320, False), (1280, True)])
def test_a_members_own_page(visit, width, javascript):
    visitor = visit(width=width, javascript=javascript)
    page = visitor.goto("/me")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Get a link to your page")
    visitor.check()
    page.get_by_label("Your e-mail address").fill(MEMBER)
    send(page, "Send me a link")
    expect(heading).to_have_text("Look in your e-mail")
    visitor.check()

    link = newest_link(visit, MEMBER, "/me/")
    visitor.goto(link)
    visitor.check()
    page.get_by_role("button", name="Open my page").click()
    expect(heading).to_have_text("Hollie Marsden")
    expect(page.get_by_text(MEMBER)).to_be_visible()
    visitor.check()

    page.get_by_role("link", name="Change what you have said").click()
    visitor.check()
    page.get_by_label("Speak at sessions and events").check()
    page.get_by_label("Your name").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a name")
    expect(page.get_by_label("Speak at sessions and events")).to_be_checked()
    visitor.check()
    page.get_by_label("Your name").fill("Hollie Marsden")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Speak at sessions and events")).to_be_visible()

    off = page.get_by_role("button", name="Take me off the mailing list")
    on = page.get_by_role("button", name="Put me on the mailing list")
    off.click()
    expect(on).to_be_visible()
    visitor.check()
    on.click()
    expect(off).to_be_visible()
    page.get_by_text("What you agreed to, and when").click()
    visitor.check()

    page.get_by_role("link", name="Leave the network").click()
    visitor.check()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Close my page").click()
    expect(heading).to_have_text("Your page is closed")
    visitor.check()
    visitor.goto(link)
    expect(heading).to_have_text("This link does not work any more")
    visitor.check()


def test_asking_to_hear_of_the_next_cohort_without_javascript(visit):
    address = "browser.waits@example.org"
    visitor = visit(width=320, javascript=False)
    page = visitor.goto("/apply/cohort-2/tell-me?because=ineligible")
    visitor.check()
    page.get_by_label("Your e-mail address").fill(address)
    send(page, "Send me a link to confirm")
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    visitor.check()
    page.get_by_label("Yes, keep my address and write to me").check()
    page.get_by_role("button", name="Send me a link to confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    visitor.check()
    visitor.goto(newest_link(visit, address, "/next-cohort/confirm/"))
    visitor.check()
    page.get_by_role("button", name="Yes, tell me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are on the list")
    visitor.check()
    visitor.goto(newest_link(visit, address, "/next-cohort/stop/"))
    visitor.check()
    page.get_by_role("button", name="Leave the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not on the list")


def test_a_partner_nominates_by_keyboard(visit):
    visitor = visit("contributor")
    page = visitor.goto("/workstreams/cohort-2")
    visitor.tab_to(page.get_by_role("link", name="nominate them for Cohort 2"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nominate somebody")
    visitor.check()
    visitor.tab_to(page.get_by_label("Their name"))
    page.keyboard.type("Robin Keysmith")
    visitor.tab_to(page.get_by_label("Their e-mail address"))
    page.keyboard.type("robin.keysmith@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").or_(page.locator(".wm-notice")).first).to_be_visible()
    expect(page.get_by_role("rowheader", name="Robin Keysmith")).to_be_visible()
    visitor.check()
    invitation = newest_link(visit, "robin.keysmith@example.org", "/invitations/stop/")
    public = visit(width=320, javascript=False)
    public.goto(invitation)
    public.check()


@pytest.mark.parametrize(
    "path",
    [
        "/workstreams/cohort-1/network",
        "/workstreams/cohort-1/network?skill=film",
        "/workstreams/cohort-1/network/invitations",
        "/workstreams/cohort-1/network/mailing-list",
        "/workstreams/cohort-2/network/mentors",
        "/workstreams/cohort-2/applicants/invitations",
        "/workstreams/cohort-2/nominate",
    ],
)
def test_the_coordinators_pages_wide_and_narrow(visit, path):
    for width in (1280, 320):
        visitor = visit("coordinator", width=width)
        visitor.goto(path)
        visitor.check()


def test_members_are_filtered_by_a_swap(visit):
    visitor = visit("coordinator")
    page = visitor.goto("/workstreams/cohort-1/network")
    page.locator(".wm-filter summary").click()
    page.get_by_label("Good at").select_option("film")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("link", name="Callum Osei")).to_have_count(0)
    expect(page.get_by_role("link", name="Hollie Marsden")).to_be_visible()
    expect(page).to_have_url(re.compile("skill=film"))
    visitor.check()
