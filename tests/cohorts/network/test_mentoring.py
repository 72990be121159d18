"""Matching mentors: by hand, one at a time unless confirmed, dated, and nobody told before somebody says so."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Outcome
from app.cohorts.network import mentoring_queries
from app.cohorts.network.models import Mentoring, MentoringWish
from app.core import clock
from app.extensions import db
from tests.client import new_id
from tests.cohorts.network.conftest import fresh, mails
from tests.factories.cohorts_network import MentoringFactory


def page(programme, participant):
    return f"{programme.next_url}/mentors/{participant.id}"


def choose(client, programme, participant, member, **data):
    url = f"{page(programme, participant)}/match/{member.id}"
    return client.post(url, data={"id": new_id(), **data})


def kept():
    return list(db.session.scalars(sa.select(Mentoring).order_by(Mentoring.id)))


@pytest.fixture
def pair(programme, client):
    """A mentor and somebody who takes part; the coordinator is signed in."""
    member = programme.member(name="Ada Mentor", email="ada@example.org", interests=["sport"])
    participant = programme.participant(name="Bo Mentee", email="bo@example.org")
    client.sign_in(programme.coordinator)
    return member, participant


def test_the_list_shows_who_has_no_mentor_yet_first(programme, client, pair):
    member, participant = pair
    MentoringFactory(member=member, participant=participant)
    programme.participant(name="Zoe Without")
    text = client.get(f"{programme.next_url}/mentors").text
    assert text.index("Zoe Without") < text.index("Bo Mentee")
    assert "Nobody has been told" in text
    assert "1 of at most 1" in text


def test_what_matters_to_somebody_is_kept_and_changes_the_suggestions(programme, client, pair):
    _, participant = pair
    url = page(programme, participant)
    assert "Nothing in common that we know of" not in client.get(url).text, "both in Charnwood"
    saved = client.post(f"{url}/interests", data={"version": 0, "interests": ["sport"]})
    assert saved.status_code == 303
    assert "Shares: Sport" in client.get(url).text
    stale = client.post(f"{url}/interests", data={"version": 0, "interests": ["health"]})
    assert stale.status_code == 409
    assert db.session.scalars(sa.select(MentoringWish)).one().interests == ["sport"]
    wrong = client.post(f"{url}/interests", data={"version": 1, "interests": ["flying"]})
    assert wrong.status_code == 422


def test_a_mentor_is_chosen_and_nobody_is_told(programme, client, pair):
    member, participant = pair
    response = choose(client, programme, participant, member)
    (made,) = kept()
    assert response.headers["Location"] == f"{programme.next_url}/mentorings/{made.id}/tell"
    assert (made.began_on, made.told_at, made.additional) == (clock.today(), None, False)
    assert mails() == []


def test_a_double_click_matches_once(programme, client, pair):
    member, participant = pair
    given = {"id": new_id()}
    assert {choose(client, programme, participant, member, **given).status_code for _ in "ab"} == {
        303
    }
    assert len(kept()) == 1


def test_a_second_mentor_needs_to_be_meant(programme, client, pair):
    member, participant = pair
    other = programme.member(name="Cy Second", email="cy@example.org")
    choose(client, programme, participant, member)
    url = page(programme, participant)
    assert "Cy Second" not in client.get(url).text
    refused = choose(client, programme, participant, other)
    assert refused.status_code == 422
    assert "They have a mentor already" in refused.text
    assert "Cy Second" in client.get(f"{url}?second=yes").text
    assert choose(client, programme, participant, other, second="yes").status_code == 303
    assert sorted(made.additional for made in kept()) == [False, True]


def test_the_database_itself_keeps_it_to_one_that_nobody_confirmed(programme, pair):
    _, participant = pair
    MentoringFactory(participant=participant)
    with pytest.raises(sa.exc.IntegrityError):
        MentoringFactory(participant=participant)
    db.session.rollback()


def test_one_member_is_not_twice_the_mentor_of_one_person(programme, client, pair):
    member, participant = pair
    choose(client, programme, participant, member)
    again = choose(client, programme, participant, member, second="yes")
    assert again.status_code == 422
    assert "is their mentor already" in again.text


def test_who_no_longer_offers_or_takes_part_is_refused(programme, client, pair):
    member, participant = pair
    fresh(member).offers = []
    assert "does not offer to mentor" in choose(client, programme, participant, member).text
    fresh(member).offers = ["mentor"]
    participant = db.session.get(type(participant), participant.id)
    participant.outcome, participant.outcome_on = Outcome.GRADUATED, clock.today()
    assert "do not take part any more" in choose(client, programme, participant, member).text
    assert kept() == []


def test_both_are_told_once_and_only_when_somebody_says_so(programme, client, pair):
    member, participant = pair
    choose(client, programme, participant, member)
    url = f"{programme.next_url}/mentorings/{kept()[0].id}/tell"
    text = client.get(url).text
    assert "Bo Mentee" in text
    assert "Ada Mentor" in text
    assert mails() == []
    data = {"version": kept()[0].version}
    assert client.post(url, data=data).status_code == 303
    assert client.post(url, data=data).status_code == 422
    assert sorted(message.recipient for message in mails()) == ["ada@example.org", "bo@example.org"]
    assert not any("@example.org" in message.body for message in mails())
    assert "Bea Coordinator" in mails()[0].body


def test_addresses_are_given_only_when_ticked(programme, client, pair):
    member, participant = pair
    made = MentoringFactory(member=member, participant=participant)
    url = f"{programme.next_url}/mentorings/{made.id}/tell"
    client.post(url, data={"version": made.version, "share_addresses": "y"})
    assert "bo@example.org" in mails("ada@example.org")[0].body
    assert "ada@example.org" in mails("bo@example.org")[0].body


def test_without_an_address_nobody_is_told(programme, client, pair):
    member, _ = pair
    on_paper = programme.participant(name="On Paper", email=None)
    made = MentoringFactory(member=member, participant=on_paper)
    url = f"{programme.next_url}/mentorings/{made.id}/tell"
    refused = client.post(url, data={"version": made.version})
    assert refused.status_code == 422
    assert "On Paper has no e-mail address here" in refused.text
    assert mails() == []
    assert kept()[0].told_at is None


def test_it_ends_on_a_day(programme, client, pair):
    member, participant = pair
    made = MentoringFactory(member=member, participant=participant)
    url = f"{programme.next_url}/mentorings/{made.id}/end"
    assert "18 June 2021" in client.get(url).text
    for on, said in (
        ("31 May 2021", "the same as or after the first"),
        ("19 June 2021", "cannot be in the future"),
        ("", "Enter the last day"),
    ):
        refused = client.post(
            url, data={"version": made.version, "ended_on": on, "reason": "Moved"}
        )
        assert refused.status_code == 422
        assert said in refused.text
        assert "Moved" in refused.text
    data = {"version": made.version, "ended_on": "17 June 2021", "reason": "Moved away"}
    assert client.post(url, data=data).status_code == 303
    assert (kept()[0].ended_on, kept()[0].end_reason) == (date(2021, 6, 17), "Moved away")
    assert client.post(url, data={**data, "reason": "Other"}).status_code == 409
    assert choose(client, programme, participant, member).status_code == 303, "and can begin again"


def test_their_application_says_who_mentors_them(programme, pair):
    member, participant = pair
    application = participant.application
    shown = mentoring_queries.application_panel(None, None, application)
    assert shown == {"participant": participant, "mentorings": []}
    made = MentoringFactory(member=member, participant=participant)
    shown = mentoring_queries.application_panel(None, None, application)
    assert shown["mentorings"] == [made]
    assert mentoring_queries.application_panel(None, None, programme.graduate().application) is None


@pytest.mark.parametrize("role", ["contributor", "reader", "stranger"])
def test_others_match_nobody(programme, client, pair, role):
    member, participant = pair
    client.sign_in(getattr(programme, role))
    assert choose(client, programme, participant, member).status_code in (403, 404)
    assert kept() == []


def test_what_belongs_to_another_cohort_is_not_there(programme, client, pair):
    member, participant = pair
    made = MentoringFactory(member=member, participant=participant)
    assert client.get(f"{programme.url}/mentors/{participant.id}").status_code == 404
    assert client.get(f"{programme.url}/mentorings/{made.id}/tell").status_code == 404
