"""The private address: shown once, kept as a hash, replaced and removed."""

import re

import pytest
import sqlalchemy as sa

from app.calendars.models import CalendarFeed, Holds
from app.extensions import db
from tests.factories.accounts import UserFactory
from tests.factories.calendars import CalendarFeedFactory


@pytest.fixture
def user(client):
    person = UserFactory()
    client.sign_in(person)
    return person


def make(client, holds="mine"):
    """Press the button; gives the path of the address that is shown."""
    page = client.post("/calendar/make", data={"holds": holds})
    assert page.status_code == 200
    return shown(page)


def shown(page):
    (address,) = re.findall(r"<textarea[^>]*>https://localhost(/calendar/[\w-]+\.ics)<", page.text)
    assert f'href="webcal://localhost{address}"' in page.text
    return address


def feeds():
    return list(db.session.scalars(sa.select(CalendarFeed)))


def test_an_address_is_made_and_shown_once(client, user):
    address = make(client)
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 43, "256 bits"
    (feed,) = feeds()
    assert feed.user_id == user.id and feed.holds is Holds.MINE
    assert token not in feed.token_hash
    assert token not in client.get("/calendar").text
    assert "made" in client.get("/account").text


def test_only_whoever_has_the_address_reads_it(client, user, app):
    address = make(client)
    stranger = app.test_client()
    answer = stranger.get(address)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    assert "Set-Cookie" not in answer.headers
    assert stranger.get(address.replace(".ics", "x.ics")).status_code == 404
    assert stranger.get("/calendar/.ics").status_code == 404


def test_replacing_stops_the_old_address(client, user):
    old = make(client, "workstreams")
    assert client.get("/calendar/replace").status_code == 200
    assert client.get(old).status_code == 200, "asking changes nothing"
    new = shown(client.post("/calendar/replace"))
    assert new != old
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    (feed,) = feeds()
    assert feed.holds is Holds.WORKSTREAMS, "it holds what it held"


def test_making_twice_leaves_the_last(client, user):
    """As a double click does: there is one address, and it is the one on the screen."""
    first, second = make(client), make(client)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert len(feeds()) == 1


def test_removing_stops_it(client, user):
    address = make(client)
    assert client.get("/calendar/remove").status_code == 200
    done = client.post("/calendar/remove")
    assert done.status_code == 303 and done.headers["Location"] == "/calendar"
    assert client.get(address).status_code == 404
    assert not feeds()
    assert client.post("/calendar/remove").status_code == 303, "twice is once"


def test_what_it_holds_can_change_without_a_new_address(client, user):
    address = make(client)
    assert client.post("/calendar/holds", data={"holds": "workstreams"}).status_code == 303
    (feed,) = feeds()
    assert feed.holds is Holds.WORKSTREAMS
    assert client.get(address).status_code == 200


def test_nothing_is_changed_where_there_is_none(client, user):
    page = client.post("/calendar/holds", data={"holds": "mine"})
    assert page.status_code == 422
    assert "You have removed the address in another window" in page.text
    assert client.get("/calendar/replace").status_code == 303
    assert client.post("/calendar/replace").status_code == 303
    assert not feeds()


@pytest.mark.parametrize("holds", ["", "everything"])
def test_a_choice_that_is_none_is_refused(client, user, holds):
    page = client.post("/calendar/make", data={"holds": holds})
    assert page.status_code == 422
    assert not feeds()


def test_somebody_suspended_has_no_calendar(client, app):
    person = UserFactory()
    CalendarFeedFactory(token="a-token", user=person)
    stranger = app.test_client()
    assert stranger.get("/calendar/a-token.ics").status_code == 200
    person = db.session.merge(person)
    person.active = False
    assert stranger.get("/calendar/a-token.ics").status_code == 404


def test_each_has_their_own(client, user):
    make(client)
    client.sign_in(UserFactory())
    assert "Make the address" in client.get("/calendar").text
    make(client)
    assert len(feeds()) == 2


def test_a_person_has_one_at_most(user):
    CalendarFeedFactory(user=user)
    with pytest.raises(sa.exc.IntegrityError):
        CalendarFeedFactory(user=user)
    db.session.rollback()
