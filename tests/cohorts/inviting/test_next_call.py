"""Asking to hear of the next call: confirmed by mail, told once, and nobody learns who is on the list."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.areas import Area
from app.cohorts.inviting import next_call, queries, sending
from app.cohorts.inviting.models import Because, WaitingAddress
from app.core import clock
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamKind
from tests.cohorts.inviting.conftest import link_in, mails
from tests.factories.cohorts import CallFactory
from tests.factories.cohorts_inviting import WaitingAddressFactory
from tests.factories.workstreams import WorkstreamFactory
from tests.slowing import waited
from tests.statements import statements, writes

URL = "/apply/cohort-2/tell-me"
JO = "jo@example.org"


def ask(client, email=JO, query="", **words):
    data = {"email": email, "area": "blaby", "consent": "y", **waited(), **words}
    return client.post(f"{URL}{query}", data=data)


def kept():
    return list(db.session.scalars(sa.select(WaitingAddress).order_by(WaitingAddress.id)))


def confirmed(client):
    ask(client)
    client.post(link_in(mails(JO)[-1], "/next-cohort/confirm/"))


# --- Asking ---


def test_nothing_counts_before_the_owner_of_the_address_has_confirmed_it(cohort, client):
    cohort.opens_in(hours=1)
    response = ask(client)
    assert response.status_code == 303
    assert "Look in your e-mail" in client.get(response.headers["Location"]).text
    kept()[0].asked_at = clock.moment() - timedelta(hours=1)
    cohort.opens_in(minutes=-1)
    assert sending.send_waiting().told == 0
    assert queries.who_waits(db.session.get(Workstream, cohort.id)) == []


def test_the_link_shows_a_button_and_only_the_button_confirms(cohort, client):
    ask(client)
    path = link_in(mails(JO)[0], "/next-cohort/confirm/")
    with statements() as sent:
        page = client.get(path)
    assert "Yes, tell me" in page.text
    assert JO not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert not writes(sent)
    assert kept()[0].confirmed_at is None
    for _ in range(2):
        assert "You are on the list" in client.post(path).text
    assert kept()[0].confirmed_at is not None


def test_a_link_runs_out_after_a_week(cohort, client):
    ask(client)
    path = link_in(mails(JO)[0], "/next-cohort/confirm/")
    kept()[0].asked_at = clock.moment() - timedelta(days=8)
    assert "This link has run out" in client.post(path).text
    assert kept()[0].confirmed_at is None
    sending.send_waiting()
    assert kept() == []
    assert "This link has run out" in client.get(path).text


def test_whoever_asks_learns_nothing_of_who_is_on_the_list(cohort, client, app):
    confirmed(client)
    fresh, known = app.test_client(), app.test_client()
    answers = [ask(fresh, "new@example.org"), ask(known)]
    assert {a.status_code for a in answers} == {303}
    assert len({a.headers["Location"] for a in answers}) == 1
    assert len(mails("new@example.org")) == 1
    assert len(mails(JO)) == 2, "a mail each, so that neither waits longer"
    assert "You are on the list already" in mails(JO)[-1].body
    assert len(kept()) == 2


def test_one_address_gets_three_mails_a_day_and_the_answer_stays_the_same(cohort, client):
    assert {ask(client).status_code for _ in range(5)} == {303}
    assert len(mails(JO)) == 3


def test_one_network_can_ask_so_often(cohort, client, monkeypatch):
    from app.cohorts.inviting import public_routes

    monkeypatch.setattr(public_routes, "MOST_FROM_NETWORK", 2)
    statuses = [ask(client, f"p{n}@example.org").status_code for n in range(3)]
    assert statuses == [303, 303, 429]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"email": "jo"}, "Enter an e-mail address"),
        ({"consent": ""}, "Tick the box"),
        ({"area": "the moon"}, "Choose"),
        ({"website": "https://shop.example"}, "press the button again"),
        ({"shown": ""}, "press the button again"),
    ],
)
def test_what_is_wrong_is_said_and_every_word_kept(cohort, client, words, said):
    response = ask(client, **words)
    assert response.status_code == 422
    assert said in response.text
    assert words.get("email", JO) in response.text
    assert kept() == mails() == []


def test_no_such_cohort(cohort, client):
    assert client.get("/apply/cohort-9/tell-me").status_code == 404
    assert client.get("/apply/cohort-9/tell-me/sent").status_code == 404


def test_nobody_is_led_to_a_cohort_that_is_archived(cohort, client):
    cohort.opens_in(minutes=-5)
    confirmed(client)
    kept()[0].asked_at = clock.moment() - timedelta(hours=1)
    db.session.get(Workstream, cohort.id).archived_at = clock.now()
    assert sending.send_waiting().told == 0
    assert client.get("/apply/cohort-2/tell-me").status_code == 404


@pytest.mark.parametrize(
    ("query", "opens", "closes", "because", "words"),
    [
        ("", 1, 9, Because.NOT_OPEN, "not open yet"),
        ("", -9, -1, Because.CLOSED, "have closed"),
        ("", -1, 9, Because.OTHER, "open now"),
        ("?because=full", -1, 9, Because.FULL, "All places of Cohort 2 are taken"),
        ("?because=ineligible", -1, 9, Because.INELIGIBLE, "cannot apply this time"),
        ("?because=nonsense", -1, 9, Because.OTHER, "open now"),
    ],
)
def test_why_they_came_is_said_to_them_and_counted(
    cohort, client, query, opens, closes, because, words
):
    call, now = cohort.call, clock.moment()
    call.opens_at, call.closes_at = now + timedelta(days=opens), now + timedelta(days=closes)
    assert words in client.get(URL + query).text
    ask(client, query=query)
    assert kept()[0].because is because


# --- Telling ---


def test_they_are_told_once_and_their_address_is_erased(cohort, client):
    cohort.opens_in(minutes=5)
    confirmed(client)
    assert sending.send_waiting().told == 0
    cohort.opens_in(seconds=1)
    cohort.call.opens_at = clock.moment()
    kept()[0].asked_at = clock.moment() - timedelta(hours=1)
    assert sending.send_waiting().told == 1
    assert sending.send_waiting().told == 0
    message = mails(JO)[-1]
    assert message.subject == "Applications are open: Cohort 2"
    assert "https://localhost/apply/cohort-2" in message.body
    (entry,) = kept()
    assert (entry.email, entry.told_of_id) == (None, cohort.id)
    assert "You are not on the list" in client.get(link_in(message, "/next-cohort/stop/")).text
    ask(client)
    assert len(kept()) == 2, "they can ask for the one after"


def test_who_asked_while_it_was_open_waits_for_the_one_after(cohort, client):
    confirmed(client)
    assert sending.send_waiting().told == 0
    following = WorkstreamFactory(
        name="Cohort 3", kind=WorkstreamKind.COHORT, parent_id=cohort.programme_id
    )
    CallFactory(
        workstream_id=following.id,
        opens_at=clock.moment(),
        closes_at=clock.moment() + timedelta(days=9),
    )
    assert sending.send_waiting().told == 1
    assert mails(JO)[-1].subject == "Applications are open: Cohort 3"


def test_another_programme_tells_them_nothing(cohort):
    WaitingAddressFactory(workstream_id=cohort.id, programme_id=cohort.programme_id)
    cohort.opens_in(days=1)
    CallFactory()
    assert sending.send_waiting().told == 0


def test_of_two_that_tell_at_once_one_does(cohort):
    entry = WaitingAddressFactory(workstream_id=cohort.id, programme_id=cohort.programme_id)
    assert [next_call.tell(entry_id=entry.id, call=cohort.call) for _ in "ab"] == [True, False]
    assert len(mails()) == 1


def test_who_was_told_by_another_machine_meanwhile_is_not_told(cohort):
    entry = WaitingAddressFactory(workstream_id=cohort.id, programme_id=cohort.programme_id)
    db.session.execute(
        sa.update(WaitingAddress).values(told_at=clock.now(), email=None),
        execution_options={"synchronize_session": False},
    )
    assert entry.email, "as it was read before"
    assert not next_call.tell(entry_id=entry.id, call=cohort.call)
    assert mails() == []


def test_every_mail_can_be_stopped_with_one_click(cohort, client, app):
    confirmed(client)
    for message in mails(JO):
        assert message.stop_url == "https://localhost" + link_in(message, "/next-cohort/stop/")
    path = link_in(mails(JO)[-1], "/next-cohort/stop/")
    assert "Leave the list?" in client.get(path).text
    assert kept()[0].email == JO
    mail_client = app.test_client(use_cookies=False)
    mail_client.environ_base.pop("HTTP_REFERER")
    for _ in range(2):
        assert mail_client.post(path, csrf=False).status_code == 200
    (entry,) = kept()
    assert entry.email is None
    assert entry.stopped_at is not None
    entry.asked_at = clock.moment() - timedelta(days=90)
    assert sending.send_waiting().told == 0


def test_an_address_is_kept_for_two_years_at_most(cohort):
    cohort.opens_in(days=1)
    today = clock.today()
    WaitingAddressFactory(keep_until=today, programme_id=cohort.programme_id)
    WaitingAddressFactory(keep_until=today + timedelta(days=1), programme_id=cohort.programme_id)
    assert sending.send_waiting().forgotten == 1
    assert [entry.email is None for entry in kept()] == [True, False]


def test_it_is_kept_until_two_years_from_asking(cohort, client):
    ask(client)
    assert kept()[0].keep_until == clock.today() + timedelta(days=730)


def test_the_coordinator_sees_how_many_and_not_who(cohort, client):
    at = {"workstream_id": cohort.id, "programme_id": cohort.programme_id}
    for area in (Area.BLABY, Area.BLABY, None):
        WaitingAddressFactory(**at, area=area)
    WaitingAddressFactory(**at, confirmed_at=None)
    page = client.sign_in(cohort.lead).get(f"{cohort.url}/applicants/invitations").text
    assert "Blaby: 2, Not said: 1" in page
    assert "@example.org" not in page
