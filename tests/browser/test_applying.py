"""Applying to a cohort without an account: from the link in an e-mail to the reference number."""

import re
import sqlite3
import time
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from app.core.slowing import QUICKEST_SECONDS
from tests.browser.visitor import Visitor
from tests.server import Server

START = "/apply/cohort-2"
OWN = f"{START}/your-application"
# The example that the demo's date field gives, and words for any other.
DAY, WORDS = "1 September 2021", "We began a Saturday club, and forty families come."


def link_in_mail(server: Server, email: str) -> str:
    """The path of the link in the newest mail to an address."""
    database = server.log.parent / "waymark.sqlite3"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        newest = "SELECT body FROM outbox_messages WHERE recipient = ? ORDER BY id DESC"
        (body,) = connection.execute(newest, (email,)).fetchone()
    return re.search(r"(/apply/\S+/link/\S+)", body)[1]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def answer(page: Page) -> None:
    """Whatever the page asks: words, a day, or the first of the choices."""
    box = page.locator("textarea[name=answer], input[type=text][name=answer]")
    if box.count():
        asks_day = "day" in page.locator("h1").inner_text()
        box.fill(DAY if asks_day else WORDS)
    else:
        page.locator("input[name=answer]").first.check()


def ask_for_link(visitor: Visitor, email: str) -> None:
    page = visitor.goto(f"{START}/return")
    visitor.check()
    page.get_by_label("What is your e-mail address?").fill(email)
    time.sleep(QUICKEST_SECONDS + 0.5)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your e-mail")
    visitor.check()


def open_application(visitor: Visitor, server: Server, email: str) -> Page:
    page = visitor.goto(link_in_mail(server, email))
    visitor.check()
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile(f"{OWN}$"))
    return page


@pytest.mark.parametrize(("width", "javascript"), [(320, False), (320, True)])
def test_from_the_link_to_the_reference(visit, server: Server, width, javascript):
    email = f"ana{width}{javascript}@example.org".lower()
    visitor = visit(width=width, javascript=javascript)
    page = visitor.goto(START)
    visitor.check()
    page.get_by_role("link", name="Start or go back to an application").click()
    ask_for_link(visitor, email)
    page = open_application(visitor, server, email)
    visitor.check()

    # A slip is told beside the field; then who they are.
    page.get_by_role("link", name="Your name").click()
    save(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter your name")
    visitor.check()
    page.get_by_label("What is your name?").fill("Ana Test")
    save(page)
    visitor.check()
    save(page)  # no telephone

    # Too young: told why, put right, and on.
    page.get_by_label("What is your date of birth?").fill("1 May 2004")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Sorry, you cannot apply to this cohort"
    )
    visitor.check()
    page.get_by_role("link", name="Change Date of birth").click()
    page.get_by_label("What is your date of birth?").fill("1 May 2000")
    page.get_by_role("button", name="Save", exact=True).click()
    visitor.check()
    page.get_by_role("link", name="Where you live, work or study").click()
    visitor.check()
    page.get_by_label("Charnwood").check()
    save(page)
    while "/conditions/" in page.url:
        visitor.check()
        page.get_by_label("Yes").check()
        save(page)

    # The questions, one page each, and where they heard of it.
    asked = 0
    while "/questions/" in page.url:
        asked += 1
        visitor.check()
        answer(page)
        save(page)
    assert asked > 3
    page.get_by_label("A community safety partnership").check()
    save(page)
    visitor.check()
    page.get_by_label("Charnwood").check()
    save(page)
    visitor.check()
    save(page)  # no help needed

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    visitor.check()
    expect(page.locator("main")).to_contain_text("Ana Test")
    page.get_by_role("button", name="Agree and send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your application")
    expect(page.locator("main")).to_contain_text(re.compile(r"CL-\w{6}"))
    visitor.check()

    # Equality monitoring, last and optional.
    page.get_by_role("link", name="See the questions").click()
    visitor.check()
    page.get_by_label("Prefer not to say").first.check()
    page.get_by_role("button", name="Count my answers").click()
    expect(page.get_by_role("link", name="See the questions")).to_have_count(0)

    # Withdrawn, taken back, left.
    page.get_by_role("link", name="Withdraw your application").click()
    visitor.check()
    page.get_by_role("button", name="Withdraw my application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You withdrew your application")
    visitor.check()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application")
    page.get_by_role("button", name="Leave this application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left your application")
    visitor.check()
    page.go_back()
    page.goto(OWN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Start or go back to an application")


def test_by_keyboard_alone_and_a_link_that_was_used(visit, server: Server):
    email = "ben@example.org"
    visitor = visit()
    ask_for_link(visitor, email)
    link = link_in_mail(server, email)
    page = visitor.goto(link)
    visitor.tab_to(page.get_by_role("button", name="Continue"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application")
    visitor.tab_to(page.get_by_role("link", name="Your name"))
    page.keyboard.press("Enter")
    visitor.tab_to(page.locator("input[name=answer]"))
    page.keyboard.type("Ben Test")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("telephone")
    # Somebody else finds the link.
    other = visit()
    page = other.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link has been used")
    other.check()


def test_at_200_per_cent_text_nothing_is_cut_off(visit):
    """1280 px at 200 % is 640 px of the page: and still less is tried."""
    for width in (640, 320):
        visitor = visit(width=width)
        for path in (START, f"{START}/return"):
            page = visitor.goto(path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert visitor.sideways() == [], (width, path)
