"""Putting a flag off to a date with a reason, and bringing it back."""

import json
import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.errors import Refused
from app.extensions import db
from app.home import services
from app.home.models import Snooze
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import MembershipFactory

WORDS = {"until": "25 June 2021", "reason": "The keys come next week"}


@pytest.fixture
def url(late):
    return f"/needs/overdue/{late.id}/snooze"


def snoozes():
    db.session.expire_all()
    return db.session.scalars(sa.select(Snooze)).all()


def test_the_form_offers_a_week_from_today(client, lead, url):
    text = client.sign_in(lead).get(url).text
    assert 'value="25 June 2021"' in text
    assert "Put off “Open the community room”" in text


def test_the_form_opens_in_the_place_of_the_card(client, lead, late, url):
    response = client.sign_in(lead).htmx("GET", url)
    assert response.status_code == 200
    assert response.text.strip().startswith("<li")
    assert f'id="flag-overdue-{late.id}"' in response.text


def test_putting_off(client, lead, url):
    response = client.sign_in(lead).post(url, data=WORDS)
    assert (response.status_code, response.location) == (303, "/")
    (kept,) = snoozes()
    assert (kept.user_id, kept.until, kept.reason) == (
        lead.id,
        date(2021, 6, 25),
        "The keys come next week",
    )
    text = client.get("/").text
    assert "Put off until 25 June 2021: The keys come next week" in text
    assert 'id="overdue"' not in text
    assert "Nothing needs you today" in text


def test_putting_off_in_place(client, lead, late, url):
    response = client.sign_in(lead).htmx("POST", url, data=WORDS)
    assert response.status_code == 200
    assert "Put off until 25 June 2021" in response.text
    assert "hx-post" in response.text
    done = json.loads(response.headers["HX-Trigger"])["waymark:done"]
    assert done == {
        "announce": "Put off until 25 June 2021",
        "focus": f"#flag-overdue-{late.id} button",
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Say why it can wait"),
        ({"reason": "x" * 301}, "Say why in 300 characters or fewer"),
        ({"until": ""}, "Enter the date when you want to see this again"),
        ({"until": "soon"}, "Enter a date like 30 July 2021"),
        ({"until": "18 June 2021"}, "Enter a date after today"),
        ({"until": "25 June 2031"}, "Enter a date within a year from today"),
    ],
)
@pytest.mark.parametrize("how", ["plain", "htmx"])
def test_what_cannot_be_saved_comes_back_with_every_word(client, lead, url, changes, words, how):
    client.sign_in(lead)
    data = {**WORDS, **changes}
    response = (
        client.post(url, data=data) if how == "plain" else client.htmx("POST", url, data=data)
    )
    assert response.status_code == 422
    assert words in response.text
    assert "There is a problem" in response.text
    assert data["until"] in response.text
    assert data["reason"] in response.text
    assert snoozes() == []


@pytest.mark.parametrize("how", ["plain", "htmx"])
def test_nobody_puts_off_what_is_not_theirs(client, lead, url, how):
    client.sign_in(UserFactory())
    if how == "plain":
        assert client.post(url, data=WORDS).location == "/"
    else:
        response = client.htmx("POST", url, data=WORDS)
        assert (response.status_code, response.headers["HX-Redirect"]) == (204, "/")
    assert snoozes() == []
    assert client.get(url).status_code == 303
    assert "Open the community room" not in client.get("/").text


def test_a_visitor_cannot(client, url):
    assert client.post(url, data=WORDS).status_code == 401
    assert client.get(url).location.startswith("/account/sign-in")
    assert snoozes() == []


def test_without_a_token_it_is_refused(client, lead, url):
    assert client.sign_in(lead).post(url, data=WORDS, csrf=False).status_code == 400
    assert snoozes() == []


def test_what_was_dealt_with_meanwhile_needs_nobody(client, lead, late, url):
    late.done_on = TODAY
    client.sign_in(lead)
    assert client.post(url, data=WORDS).location == "/"
    assert "That no longer needs you." in client.get("/").text


def test_an_unknown_kind_is_no_page(client, lead):
    assert client.sign_in(lead).get(f"/needs/purple/{uuid.uuid4()}/snooze").status_code == 404


def test_a_colleague_still_sees_it(client, lead, url, workstream):
    colleague = UserFactory()
    MembershipFactory(workstream_id=workstream.id, user=colleague)
    client.sign_in(lead).post(url, data=WORDS)
    assert 'id="overdue"' in client.sign_in(colleague).get("/").text


def test_sending_twice_keeps_one_with_the_later_words(client, lead, url):
    client.sign_in(lead).post(url, data=WORDS)
    client.post(url, data={"until": "2 July 2021", "reason": "Later still"})
    (kept,) = snoozes()
    assert (kept.until, kept.reason) == (date(2021, 7, 2), "Later still")


@pytest.mark.parametrize(("days", "hidden"), [(1, True), (0, False), (-1, False)])
def test_it_comes_back_on_its_date(client, lead, late, days, hidden):
    db.session.add(
        Snooze(
            user_id=lead.id,
            flag=f"overdue:{late.id}",
            until=TODAY + timedelta(days=days),
            reason="Not yet",
        )
    )
    db.session.flush()
    text = client.sign_in(lead).get("/").text
    assert ('id="overdue"' not in text) is hidden


def test_it_comes_back_when_it_becomes_another_kind(client, lead, late):
    """An overdue thing put off and then given a new date that is near is another thing to know."""
    services.snooze(
        by=lead, flag_key=f"overdue:{late.id}", until=date(2021, 7, 1), reason="x", today=TODAY
    )
    late.due_text, late.due_on = "25 June 2021", date(2021, 6, 25)
    assert 'id="due_soon"' in client.sign_in(lead).get("/").text


def test_bringing_back(client, lead, late, url):
    client.sign_in(lead).post(url, data=WORDS)
    response = client.post(url.replace("snooze", "bring-back"))
    assert (response.status_code, response.location) == (303, f"/#flag-overdue-{late.id}")
    assert snoozes() == []
    assert 'id="overdue"' in client.get("/").text


def test_bringing_back_in_place(client, lead, late, url):
    client.sign_in(lead).post(url, data=WORDS)
    response = client.htmx("POST", url.replace("snooze", "bring-back"))
    assert response.status_code == 200
    assert "Not now" in response.text
    assert json.loads(response.headers["HX-Trigger"])["waymark:done"]["announce"]


def test_nobody_brings_back_for_another(client, lead, url):
    client.sign_in(lead).post(url, data=WORDS)
    client.sign_in(UserFactory()).post(url.replace("snooze", "bring-back"))
    assert len(snoozes()) == 1


def test_cancelling_in_place_puts_the_card_back(client, lead, late, url):
    client.sign_in(lead)
    place = url.removesuffix("/snooze")
    assert "Not now" in client.htmx("GET", place).text
    assert client.get(place).location == f"/#flag-overdue-{late.id}"


def test_reasons_are_not_kept_longer_than_they_are_of_use(client, lead, late, url):
    db.session.add(
        Snooze(user_id=lead.id, flag="silent:x", until=TODAY - timedelta(days=3), reason="Old")
    )
    db.session.flush()
    client.sign_in(lead).post(url, data=WORDS)
    assert [kept.reason for kept in snoozes()] == ["The keys come next week"]


def test_the_service_refuses_days_that_have_come(lead):
    with pytest.raises(Refused, match="after today"):
        services.snooze(by=lead, flag_key="red:x", until=TODAY, reason="x", today=TODAY)
