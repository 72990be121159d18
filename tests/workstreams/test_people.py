"""The people page: who has which role, giving one, taking one away."""

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.workstreams.models import MemberRole, Membership, WorkstreamKind
from tests.client import new_id
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements
from tests.workstreams.people import administrator, lead_of, someone


@pytest.fixture
def programme(app):
    return WorkstreamFactory(slug="programme", name="Programme")


@pytest.fixture
def zone(programme):
    return WorkstreamFactory(slug="zone", name="Zone", parent_id=programme.id)


def give(person, role="contributor"):
    return {"id": new_id(), "user_id": str(person.id), "role": role}


def roles_on(workstream):
    return db.session.scalar(
        sa.select(sa.func.count()).where(Membership.workstream_id == workstream.id)
    )


def test_it_says_who_has_which_role_and_where_it_comes_from(client, programme, zone):
    MembershipFactory(
        workstream_id=programme.id, user=UserFactory(name="Asha Patel"), role=MemberRole.LEAD
    )
    here = UserFactory(name="Tom Reid", organisation=OrganisationFactory(name="Fire Service"))
    MembershipFactory(workstream_id=zone.id, user=here, role=MemberRole.CONTRIBUTOR)
    text = (
        client.sign_in(someone(MemberRole.READER, programme)).get("/workstreams/zone/people").text
    )
    assert "Tom Reid" in text
    assert "Fire Service" in text
    assert "Asha Patel" in text
    assert '<a href="/workstreams/programme/people">Programme</a>' in text
    assert here.email not in text


def test_a_hidden_ancestor_is_not_named(client, programme, zone):
    lead_of(programme)
    text = client.sign_in(someone(MemberRole.READER, zone)).get("/workstreams/zone/people").text
    assert "A workstream above this one" in text
    assert "Programme" not in text


def test_a_lead_gives_a_role_and_it_counts_at_once(client, zone):
    newcomer = UserFactory(name="Mo Khan")
    client.sign_in(lead_of(zone))
    text = client.get("/workstreams/zone/people/add").text
    assert f"Mo Khan, {newcomer.organisation.name}" in text
    assert newcomer.email not in text
    response = client.post("/workstreams/zone/people/add", data=give(newcomer, "evaluator"))
    assert response.status_code == 303
    text = client.get(response.location).text
    assert "Mo Khan is now an evaluator here" in text


def test_sent_twice_it_is_given_once(client, zone):
    data = give(UserFactory())
    client.sign_in(lead_of(zone))
    for _ in range(2):
        assert client.post("/workstreams/zone/people/add", data=data).status_code == 303
    assert roles_on(zone) == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"user_id": ""}, "Choose a person"),
        ({"role": ""}, "Choose a role"),
    ],
)
def test_what_is_missing_is_said(client, zone, changes, message):
    client.sign_in(lead_of(zone))
    data = {**give(UserFactory()), **changes}
    response = client.post("/workstreams/zone/people/add", data=data)
    assert response.status_code == 422
    assert message in response.text


def test_a_role_that_they_have_already(client, zone):
    reader = someone(MemberRole.READER, zone)
    client.sign_in(lead_of(zone))
    response = client.post("/workstreams/zone/people/add", data=give(reader, "reader"))
    assert response.status_code == 422
    assert "They already have this role here" in response.text


@pytest.mark.parametrize("kind", WorkstreamKind)
def test_reviewers_and_facilitators_are_for_cohorts_and_the_programmes_above_them(client, kind):
    place = WorkstreamFactory(kind=kind)
    client.sign_in(lead_of(place))
    url = f"/workstreams/{place.slug}/people/add"
    has_work = kind in (WorkstreamKind.COHORT, WorkstreamKind.PROGRAMME)
    for role in ("reviewer", "facilitator"):
        assert (f'value="{role}"' in client.get(url).text) is has_work
        answer = client.post(url, data=give(UserFactory(), role))
        assert answer.status_code == (303 if has_work else 422)


def test_a_suspended_person_is_not_offered(client, zone):
    suspended = UserFactory(active=False)
    client.sign_in(lead_of(zone))
    assert suspended.name not in client.get("/workstreams/zone/people/add").text
    response = client.post("/workstreams/zone/people/add", data=give(suspended))
    assert response.status_code == 422


def test_taken_away_it_is_gone_at_once(app, client, zone):
    membership = MembershipFactory(workstream_id=zone.id, role=MemberRole.READER)
    reader = membership.user
    url = f"/workstreams/zone/people/{membership.id}/remove"
    theirs = app.test_client().sign_in(reader)
    assert theirs.get("/workstreams/zone").status_code == 200
    client.sign_in(lead_of(zone))
    assert "away from" in client.get(url).text
    assert client.post(url).status_code == 303
    assert theirs.get("/workstreams/zone").status_code == 404


def test_the_last_lead_is_kept_by_a_lead(client, zone):
    lead = lead_of(zone)
    membership = db.session.scalars(sa.select(Membership)).one()
    url = f"/workstreams/zone/people/{membership.id}/remove"
    client.sign_in(lead)
    assert "is the last lead of this workstream" in client.get(url).text
    response = client.post(url)
    assert response.status_code == 422
    assert "is the last lead of this workstream" in response.text
    assert roles_on(zone) == 1


def test_the_last_lead_is_removed_by_an_administrator(client, zone):
    membership = MembershipFactory(workstream_id=zone.id)
    client.sign_in(administrator())
    assert client.post(f"/workstreams/zone/people/{membership.id}/remove").status_code == 303
    assert roles_on(zone) == 0


def test_a_suspended_lead_does_not_count(client, zone):
    MembershipFactory(workstream_id=zone.id, user=UserFactory(active=False))
    mine = MembershipFactory(workstream_id=zone.id)
    client.sign_in(mine.user)
    assert client.post(f"/workstreams/zone/people/{mine.id}/remove").status_code == 422


def test_a_lead_from_above_counts(client, programme, zone):
    membership = MembershipFactory(workstream_id=zone.id)
    client.sign_in(lead_of(programme))
    assert client.post(f"/workstreams/zone/people/{membership.id}/remove").status_code == 303


def test_who_takes_their_own_last_role_away_goes_where_they_may(client, zone):
    lead_of(zone)
    mine = MembershipFactory(workstream_id=zone.id)
    response = client.sign_in(mine.user).post(f"/workstreams/zone/people/{mine.id}/remove")
    assert response.location == "/workstreams"


def test_a_role_from_above_is_not_taken_away_here(client, programme, zone):
    above = MembershipFactory(workstream_id=programme.id)
    client.sign_in(administrator())
    assert client.post(f"/workstreams/zone/people/{above.id}/remove").status_code == 404


@pytest.mark.parametrize("role", [MemberRole.READER, MemberRole.CONTRIBUTOR, MemberRole.EVALUATOR])
def test_others_give_and_take_nothing(client, zone, role):
    membership = MembershipFactory(workstream_id=zone.id)
    client.sign_in(someone(role, zone))
    assert "Give somebody a role" not in client.get("/workstreams/zone/people").text
    assert client.post("/workstreams/zone/people/add").status_code == 403
    assert client.post(f"/workstreams/zone/people/{membership.id}/remove").status_code == 403


def test_queries_do_not_grow_with_people(client, zone):
    client.sign_in(lead_of(zone))
    with statements() as few:
        client.get("/workstreams/zone/people")
    for _ in range(30):
        MembershipFactory(workstream_id=zone.id)
    with statements() as many:
        client.get("/workstreams/zone/people")
    assert len(many) == len(few) <= 6
