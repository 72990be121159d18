"""A role that ends: it gives access up to its last day, and none after it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import MemberRole, Membership
from app.workstreams.queries import find_place, ids_where
from tests.client import new_id
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

PEOPLE = "/workstreams/new-parks/people"
EXTERNAL = MemberRole.EXTERNAL_EVALUATOR


@pytest.fixture
def zone(app):
    programme = WorkstreamFactory(slug="people-zones")
    return WorkstreamFactory(slug="new-parks", name="New Parks", parent_id=programme.id)


@pytest.fixture
def lead(zone):
    return MembershipFactory(workstream_id=zone.id).user


@pytest.mark.parametrize(
    ("ends_on", "sees"),
    [
        (TODAY + timedelta(days=1), True),
        (TODAY, True),
        (TODAY - timedelta(days=1), False),
    ],
    ids=["before", "on the day", "after"],
)
@pytest.mark.parametrize("above", [False, True])
def test_access_stops_after_the_last_day(client, zone, ends_on, sees, above):
    held_on = zone.parent_id if above else zone.id
    person = MembershipFactory(workstream_id=held_on, role=EXTERNAL, ends_on=ends_on).user
    client.sign_in(person)
    status = 200 if sees else 404
    for page in ("", "/plan", "/people", "/evidence", "/evidence/notes/add", "/history"):
        assert client.get(f"/workstreams/new-parks{page}").status_code == status, page
    assert ("New Parks" in client.get("/workstreams").text) is sees
    assert ("people-zones" in client.get("/").text) is (sees and above)
    assert (find_place(person, "new-parks") is not None) is sees
    for right in (Right.VIEW_WORKSTREAM, Right.WRITE_NOTES):
        found = db.session.scalars(ids_where(person, right)).all()
        assert (zone.id in found) is sees


def test_an_external_evaluator_writes_notes_and_nothing_else(client, zone):
    client.sign_in(MembershipFactory(workstream_id=zone.id, role=EXTERNAL).user)
    assert client.get("/workstreams/new-parks/evidence/notes/add").status_code == 200
    for page in ("/edit", "/people/add", "/plan/activities/add"):
        assert client.get(f"/workstreams/new-parks{page}").status_code in (403, 404), page


def give(person, **more):
    return {"id": new_id(), "user_id": str(person.id), "role": EXTERNAL.value, **more}


def test_an_external_evaluator_is_given_a_last_day(client, zone, lead):
    person = UserFactory()
    client.sign_in(lead)
    answer = client.post(f"{PEOPLE}/add", data=give(person))
    assert answer.status_code == 422
    assert "Enter the last day" in answer.text
    answer = client.post(f"{PEOPLE}/add", data=give(person, ends_on="17 June 2021"))
    assert answer.status_code == 422
    assert "today or later" in answer.text
    answer = client.post(f"{PEOPLE}/add", data=give(person, ends_on="31 March 2022"))
    assert answer.status_code == 303
    assert "until 31 March 2022" in client.get(PEOPLE).text


def test_the_last_day_is_moved_and_one_that_has_ended_can_come_back(client, zone, lead):
    ended = MembershipFactory(
        workstream_id=zone.id, role=EXTERNAL, ends_on=TODAY - timedelta(days=1)
    )
    url = f"{PEOPLE}/{ended.id}/last-day"
    client.sign_in(lead)
    assert "Ended 17 June 2021" in client.get(PEOPLE).text
    assert "17 June 2021" in client.get(url).text
    assert client.post(url, data={"version": 1, "ends_on": ""}).status_code == 422
    assert client.post(url, data={"version": 1, "ends_on": "1 July 2021"}).status_code == 303
    assert client.post(url, data={"version": 1, "ends_on": "2 July 2021"}).status_code == 409
    kept = sa.select(Membership.ends_on).where(Membership.id == ended.id)
    assert db.session.scalar(kept) == date(2021, 7, 1)


def test_any_role_may_have_a_last_day_but_not_the_last_leads(client, zone, lead):
    reader = MembershipFactory(workstream_id=zone.id, role=MemberRole.READER)
    client.sign_in(lead)
    url = f"{PEOPLE}/{reader.id}/last-day"
    assert client.post(url, data={"version": 1, "ends_on": "1 July 2021"}).status_code == 303
    assert client.post(url, data={"version": 2, "ends_on": ""}).status_code == 303
    own = db.session.scalars(sa.select(Membership.id).where(Membership.user_id == lead.id)).one()
    answer = client.post(f"{PEOPLE}/{own}/last-day", data={"version": 1, "ends_on": "1 July 2021"})
    assert answer.status_code == 422
    assert "last lead" in answer.text


def test_only_who_gives_roles_sets_last_days(client, zone):
    reader = MembershipFactory(workstream_id=zone.id, role=MemberRole.READER)
    client.sign_in(reader.user)
    url = f"{PEOPLE}/{reader.id}/last-day"
    assert client.get(url).status_code == 403
    assert client.post(url, data={"version": 1}).status_code == 403
