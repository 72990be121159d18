"""Nominating: one invitation to an address, and nobody learns whether it was taken up."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.inviting import nominations, queries, sending
from app.cohorts.inviting.addresses import hash_of
from app.cohorts.inviting.models import Nomination
from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from tests.client import new_id
from tests.cohorts.inviting.conftest import link_in, mails
from tests.factories.cohorts import ApplicationFactory, CallFactory
from tests.factories.cohorts_inviting import NominationFactory

JO = "jo@example.org"


def given(**words):
    return {"id": new_id(), "name": "Jo Vale", "email": JO, "why": "Runs the club", **words}


def nominate(client, cohort, **words):
    return client.post(f"{cohort.url}/nominate", data=given(**words))


def kept():
    return list(db.session.scalars(sa.select(Nomination).order_by(Nomination.id)))


# --- Nominating ---


def test_a_partner_nominates_and_the_person_is_invited_at_once(cohort, client):
    client.sign_in(cohort.contributor)
    assert nominate(client, cohort).status_code == 303
    (message,) = mails(JO)
    assert cohort.contributor.organisation.name in message.body
    assert cohort.contributor.name not in message.body
    assert "not a promise" in message.body
    assert "Runs the club" not in message.body
    assert "https://localhost/apply/cohort-2" in message.body
    assert message.stop_url == "https://localhost" + link_in(message, "/invitations/stop/")


def test_the_address_is_kept_as_it_is_looked_up(cohort, client):
    nominate(client.sign_in(cohort.contributor), cohort, email="  Jo@Example.org ")
    assert kept()[0].email == JO


@pytest.mark.parametrize(
    ("words", "said"),
    [({"name": ""}, "Enter their name"), ({"email": "jo"}, "Enter an e-mail address")],
)
def test_what_is_wrong_is_said_and_every_word_kept(cohort, client, words, said):
    response = nominate(client.sign_in(cohort.contributor), cohort, **words)
    assert response.status_code == 422
    assert said in response.text
    assert "Runs the club" in response.text
    assert kept() == []


@pytest.mark.parametrize("role", ["reader", "reviewer", "facilitator", "stranger"])
def test_who_may_not_nominate(cohort, client, role):
    response = nominate(client.sign_in(getattr(cohort, role)), cohort)
    assert response.status_code in (403, 404)
    assert kept() == []


def test_the_same_form_sent_twice_nominates_once(cohort, client):
    client.sign_in(cohort.contributor)
    data = given()
    assert {client.post(f"{cohort.url}/nominate", data=data).status_code for _ in "ab"} == {303}
    assert len(kept()) == len(mails(JO)) == 1


def test_nominated_by_two_partners_they_get_one_mail_and_neither_is_told(cohort, client, app):
    nominate(client.sign_in(cohort.contributor), cohort)
    other = app.test_client().sign_in(cohort.somebody())
    response = nominate(other, cohort)
    assert response.status_code == 303
    assert "unless they have had it already" in other.get(f"{cohort.url}/nominate").text
    assert len(mails(JO)) == 1
    assert len(kept()) == 2


def test_one_partner_nominates_an_address_once(cohort, client):
    client.sign_in(cohort.contributor)
    nominate(client, cohort)
    again = nominate(client, cohort, name="Joanna")
    assert again.status_code == 422
    assert "You have nominated somebody at this address already" in again.text
    assert len(mails(JO)) == 1


def test_who_has_begun_to_apply_is_not_invited(cohort, client):
    ApplicationFactory(workstream_id=cohort.id, email=JO)
    nominate(client.sign_in(cohort.contributor), cohort)
    assert mails() == []


def test_after_closing_nobody_can_be_nominated(cohort, client):
    cohort.opens_in(days=-10)
    cohort.call.closes_at = clock.moment() - timedelta(minutes=1)
    client.sign_in(cohort.contributor)
    assert "Applications closed on" in client.get(f"{cohort.url}/nominate").text
    assert nominate(client, cohort).status_code == 422
    assert mails() == kept() == []


def test_a_nominator_can_ask_so_much_of_us_in_a_day(cohort, client):
    for _ in range(nominations.MOST_IN_A_DAY):
        NominationFactory(workstream_id=cohort.id, nominated_by=cohort.contributor)
    client.sign_in(cohort.contributor)
    response = nominate(client, cohort)
    assert response.status_code == 422
    assert "Nominate more tomorrow" in response.text
    assert mails(JO) == []
    assert nominate(client.sign_in(cohort.lead), cohort).status_code == 303


# --- Before the call opens ---


def test_before_opening_an_invitation_is_held_and_leaves_once(cohort, client):
    cohort.opens_in(hours=1)
    nominate(client.sign_in(cohort.contributor), cohort)
    assert sending.send_waiting().invited == 0
    assert mails() == []
    cohort.opens_in(hours=-1)
    assert sending.send_waiting().invited == 1
    assert sending.send_waiting().invited == 0
    assert len(mails(JO)) == 1


def test_of_two_that_wait_for_one_address_the_first_is_sent(cohort):
    cohort.opens_in(hours=1)
    first, _ = [NominationFactory(workstream_id=cohort.id, email=JO) for _ in range(2)]
    cohort.opens_in(hours=-1)
    assert sending.send_waiting().invited == 1
    (message,) = mails(JO)
    assert first.organisation.name in message.body


def test_the_database_itself_keeps_it_to_one_mail(cohort):
    NominationFactory(workstream_id=cohort.id, email=JO, mailed_at=clock.now())
    with pytest.raises(sa.exc.IntegrityError):
        NominationFactory(workstream_id=cohort.id, email=JO, mailed_at=clock.now())
    db.session.rollback()


def test_what_fails_is_tried_again_and_stops_nobody_else(cohort, monkeypatch):
    for _ in range(3):
        NominationFactory(workstream_id=cohort.id)
    write, calls = nominations.wording.nominated_body, []

    def once_wrong(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("no")
        return write(*args)

    monkeypatch.setattr(nominations.wording, "nominated_body", once_wrong)
    counts = sending.send_waiting()
    assert (counts.invited, counts.failed) == (2, 1)
    assert sending.send_waiting().invited == 1
    assert len(mails()) == 3


# --- What the nominator sees ---


def test_a_nominator_sees_their_own_and_never_what_became_of_them(cohort, client):
    NominationFactory(workstream_id=cohort.id, name="Somebody Else’s", email="other@example.org")
    client.sign_in(cohort.contributor)
    nominate(client, cohort)
    client.get(f"{cohort.url}/nominate")  # says thank you
    before = client.get(f"{cohort.url}/nominate").text
    assert "Jo Vale" in before
    assert "18 June 2021" in before
    assert "Somebody Else’s" not in before
    application = ApplicationFactory(workstream_id=cohort.id, email=JO)
    after = client.get(f"{cohort.url}/nominate").text
    assert application.reference not in after
    assert _plain(after) == _plain(before)


def _plain(page):
    return [line for line in page.splitlines() if "csrf" not in line and 'name="id"' not in line]


def test_a_nominator_withdraws_before_it_is_sent(cohort, client):
    cohort.opens_in(hours=1)
    client.sign_in(cohort.contributor)
    nominate(client, cohort)
    url = f"{cohort.url}/nominate/{kept()[0].id}/withdraw"
    assert "Jo Vale" in client.get(url).text
    assert client.post(url).status_code == 303
    assert client.post(url).status_code == 303, "once more is no harm"
    (nomination,) = kept()
    assert (nomination.name, nomination.email, nomination.why) == ("", None, "")
    cohort.opens_in(hours=-1)
    assert sending.send_waiting().invited == 0
    assert kept()[0].mailed_at is None
    assert "Jo Vale" not in client.get(f"{cohort.url}/nominate").text


def test_withdrawn_and_nominated_again_they_are_not_written_to_twice(cohort, client):
    client.sign_in(cohort.contributor)
    nominate(client, cohort)
    client.post(f"{cohort.url}/nominate/{kept()[0].id}/withdraw")
    assert nominate(client, cohort).status_code == 303
    assert len(mails(JO)) == 1


def test_only_whoever_made_it_and_those_who_choose_can_withdraw(cohort, client, app):
    nomination_id = NominationFactory(workstream_id=cohort.id).id
    url = f"{cohort.url}/nominate/{nomination_id}/withdraw"
    assert client.sign_in(cohort.contributor).get(url).status_code == 404
    assert app.test_client().sign_in(cohort.lead).post(url).status_code == 303
    assert kept()[0].email is None


# --- What the coordinator sees ---


def test_the_coordinator_sees_all_with_their_state_and_application(cohort, client):
    cohort.opens_in(hours=1)
    NominationFactory(workstream_id=cohort.id, name="Waits", why="Kind and loud")
    NominationFactory(workstream_id=cohort.id, name="Mailed", email=JO, mailed_at=clock.now())
    NominationFactory(workstream_id=cohort.id, name="Twice", email=JO)
    nominations.withdraw(nomination=NominationFactory(workstream_id=cohort.id))
    application = ApplicationFactory(workstream_id=cohort.id, email=JO)
    page = client.sign_in(cohort.lead).get(f"{cohort.url}/applicants/invitations").text
    for words in (
        "4 nominations",
        "1 of those nominated has begun to apply",
        "Kind and loud",
        "Is invited when applications open",
        "Invited on 18 June 2021",
        "Invited through another nomination",
        "Withdrawn on 18 June 2021",
        application.reference,
    ):
        assert words in page


@pytest.mark.parametrize("role", ["contributor", "evaluator", "reader", "reviewer"])
def test_others_do_not(cohort, client, role):
    page = client.sign_in(getattr(cohort, role)).get(f"{cohort.url}/applicants/invitations")
    assert page.status_code in (403, 404)


def test_those_who_choose_see_on_an_application_who_nominated_its_writer(cohort):
    application = ApplicationFactory(workstream_id=cohort.id, email=JO)
    assert not queries.was_nominated(application)
    assert queries.application_panel(None, cohort.call, application) is None
    nomination = NominationFactory(workstream_id=cohort.id, email=JO)
    NominationFactory(email=JO)  # for another cohort
    assert queries.was_nominated(application)
    assert queries.application_panel(None, cohort.call, application) == {
        "nominations": [nomination]
    }


def test_the_way_to_nominate_is_on_the_overview_until_applications_close(cohort, client):
    client.sign_in(cohort.contributor)
    assert f"{cohort.url}/nominate" in client.get(cohort.url).text
    cohort.call.opens_at = clock.moment() - timedelta(days=10)
    cohort.call.closes_at = clock.moment() - timedelta(days=1)
    assert f"{cohort.url}/nominate" not in client.get(cohort.url).text
    assert f"{cohort.url}/nominate" not in client.sign_in(cohort.reader).get(cohort.url).text


# --- No more of it ---


def test_the_last_line_stops_such_mail_for_good_and_erases(cohort, client, app):
    nominate(client.sign_in(cohort.contributor), cohort)
    path = link_in(mails(JO)[0], "/invitations/stop/")
    public = app.test_client()
    page = public.get(path)
    assert "Stop these invitations?" in page.text
    assert "Jo" not in page.text
    assert kept()[0].stopped_at is None
    for _ in range(2):
        assert "No more invitations" in public.post(path, csrf=False).text
    (nomination,) = kept()
    assert (nomination.name, nomination.email, nomination.why) == ("", None, "")
    elsewhere = CallFactory()
    other = NominationFactory(workstream_id=elsewhere.workstream_id, email=JO)
    assert not nominations.send_if_open(nomination=other, call=elsewhere)
    assert len(mails(JO)) == 1


def test_what_stands_for_an_erased_address_cannot_be_guessed_from_outside(app):
    import hashlib

    assert hash_of(JO) not in {
        hashlib.sha256(t.encode()).hexdigest() for t in (JO, f"address:{JO}")
    }
    assert hash_of(JO) == hash_of(JO) != hash_of("joe@example.org")


def test_a_service_refuses_what_the_page_would(cohort):
    cohort.call.closes_at = clock.moment()
    with pytest.raises(Refused, match="closed"):
        nominations.nominate(
            id=new_id(), call=cohort.call, by=cohort.lead, name="Jo", email=JO, why=""
        )
