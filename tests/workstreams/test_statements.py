"""Aims and key issues: add, edit, remove and undo, reorder; in place and as pages."""

import json

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.workstreams.models import (
    Aim,
    AimKind,
    KeyIssue,
    MemberRole,
    ResilienceDomain,
    WorkstreamKind,
)
from tests.client import new_id
from tests.factories.workstreams import AimFactory, KeyIssueFactory, WorkstreamFactory
from tests.workstreams.people import lead_of, someone


@pytest.fixture
def zone(app):
    return WorkstreamFactory(slug="zone", kind=WorkstreamKind.PEOPLE_ZONE)


@pytest.fixture
def strategy(app):
    return WorkstreamFactory(slug="strategy", kind=WorkstreamKind.STRATEGY)


def texts(model):
    return list(
        db.session.scalars(
            sa.select(model.text).where(model.archived_at.is_(None)).order_by(model.position)
        )
    )


def ambition(zone, text, domain=ResilienceDomain.SKILLS, **fields):
    return AimFactory(
        workstream_id=zone.id,
        kind=AimKind.AMBITION_STATEMENT,
        domain=domain,
        text=text,
        **fields,
    )


def test_an_ambition_statement_has_a_resilience_domain(client, zone):
    client.sign_in(lead_of(zone))
    data = {"id": new_id(), "text": "We feel safe."}
    response = client.post("/workstreams/zone/aims/new", data=data)
    assert response.status_code == 422
    assert "Choose a resilience domain" in response.text
    assert "We feel safe." in response.text
    response = client.post("/workstreams/zone/aims/new", data={**data, "domain": "safety"})
    assert response.status_code == 303
    aim = db.session.scalars(sa.select(Aim)).one()
    assert (aim.kind, aim.domain) == (AimKind.AMBITION_STATEMENT, ResilienceDomain.SAFETY)


def test_a_priority_has_none(client, strategy):
    client.sign_in(lead_of(strategy))
    data = {"id": new_id(), "text": "Fewer women in custody", "domain": "safety"}
    assert client.post("/workstreams/strategy/aims/new", data=data).status_code == 303
    aim = db.session.scalars(sa.select(Aim)).one()
    assert (aim.kind, aim.domain) == (AimKind.PRIORITY, None)


def test_added_in_place_the_answer_is_the_list(client, strategy):
    client.sign_in(lead_of(strategy))
    opened = client.htmx("GET", "/workstreams/strategy/key-issues/new")
    assert opened.status_code == 200
    assert "<form" in opened.text
    data = {"id": new_id(), "text": "Volunteers are tired", "raised_at": "Steering group"}
    response = client.htmx("POST", "/workstreams/strategy/key-issues/new", data=data)
    assert response.status_code == 200
    assert "Volunteers are tired" in response.text
    done = json.loads(response.headers["HX-Trigger"])["waymark:done"]
    assert done == {"announce": "Key issue added", "focus": f"#statement-{data['id']}"}


def test_in_place_an_error_comes_with_the_list(client, strategy):
    KeyIssueFactory(workstream_id=strategy.id, text="Already here")
    client.sign_in(lead_of(strategy))
    data = {"id": new_id(), "text": ""}
    response = client.htmx("POST", "/workstreams/strategy/key-issues/new", data=data)
    assert response.status_code == 422
    assert "Enter the text" in response.text
    assert "Already here" in response.text


def test_sent_twice_it_is_added_once(client, strategy):
    client.sign_in(lead_of(strategy))
    data = {"id": new_id(), "text": "Once"}
    for _ in range(2):
        client.post("/workstreams/strategy/aims/new", data=data)
    assert texts(Aim) == ["Once"]


def test_new_ones_stand_last(client, strategy):
    client.sign_in(lead_of(strategy))
    for text in ("First", "Second", "Third"):
        client.post("/workstreams/strategy/aims/new", data={"id": new_id(), "text": text})
    assert texts(Aim) == ["First", "Second", "Third"]


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a_lead_rewords_one(client, zone, htmx):
    aim = ambition(zone, "Old words")
    url = f"/workstreams/zone/aims/{aim.id}/edit"
    client.sign_in(lead_of(zone))
    send = client.htmx if htmx else lambda method, url, **k: client.open(url, method=method, **k)
    assert "Old words" in send("GET", url).text
    data = {"text": "New words", "domain": "resources", "version": 1}
    assert send("POST", url, data=data).status_code == (200 if htmx else 303)
    assert texts(Aim) == ["New words"]
    response = send("POST", url, data={**data, "text": "Other words"})
    assert response.status_code == 409
    assert "New words" in response.text
    assert "Other words" in response.text
    assert texts(Aim) == ["New words"]


def test_removed_it_can_be_brought_back(client, strategy):
    issue = KeyIssueFactory(workstream_id=strategy.id, text="Fatigue")
    url = f"/workstreams/strategy/key-issues/{issue.id}"
    client.sign_in(lead_of(strategy))
    response = client.post(f"{url}/remove")
    assert response.status_code == 303
    page = client.get(response.location)
    assert "Removed: Fatigue" in page.text
    assert texts(KeyIssue) == []
    assert client.post(f"{url}/bring-back").status_code == 303
    assert texts(KeyIssue) == ["Fatigue"]
    # Brought back, the old address offers no undo any more.
    assert "Removed:" not in client.get(response.location).text


def test_removed_in_place_the_undo_comes_with_the_list(client, strategy):
    aim = AimFactory(workstream_id=strategy.id, text="Fewer crimes")
    url = f"/workstreams/strategy/aims/{aim.id}"
    client.sign_in(lead_of(strategy))
    response = client.htmx("POST", f"{url}/remove")
    assert f'action="{url}/bring-back"' in response.text
    assert 'id="aims-removed"' in response.text
    response = client.htmx("POST", f"{url}/bring-back")
    assert "Fewer crimes" in response.text
    assert "bring-back" not in response.text


def test_moved_within_their_domain(client, zone):
    ambition(zone, "A", position=0)
    ambition(zone, "Between", ResilienceDomain.SAFETY, position=1)
    second = ambition(zone, "B", position=2)
    url = f"/workstreams/zone/aims/{second.id}/move"
    client.sign_in(lead_of(zone))
    response = client.htmx("POST", url, data={"direction": "up"})
    assert response.text.index(">B<") < response.text.index(">A<")
    assert texts(Aim) == ["B", "Between", "A"]
    response = client.htmx("POST", url, data={"direction": "up"})
    assert "It is first already" in response.headers["HX-Trigger"]
    assert client.post(url, data={"direction": "down"}).status_code == 303
    assert texts(Aim) == ["A", "Between", "B"]


def test_moved_though_all_positions_are_alike(client, strategy):
    issues = [KeyIssueFactory(workstream_id=strategy.id, text=text) for text in "ABC"]
    url = f"/workstreams/strategy/key-issues/{issues[2].id}/move"
    client.sign_in(lead_of(strategy)).post(url, data={"direction": "up"})
    assert texts(KeyIssue) == ["A", "C", "B"]


@pytest.mark.parametrize("role", [MemberRole.READER, MemberRole.CONTRIBUTOR, MemberRole.EVALUATOR])
def test_others_change_nothing(client, strategy, role):
    aim = AimFactory(workstream_id=strategy.id, text="As it was")
    url = "/workstreams/strategy/aims"
    client.sign_in(someone(role, strategy))
    assert client.get(url).status_code == 200
    for path in ("new", f"{aim.id}/edit", f"{aim.id}/remove", f"{aim.id}/move"):
        assert client.post(f"{url}/{path}").status_code == 403
        assert client.htmx("POST", f"{url}/{path}").status_code == 403
    assert texts(Aim) == ["As it was"]


def test_one_list_does_not_reach_into_another_workstream(client, strategy, zone):
    theirs = AimFactory(workstream_id=zone.id)
    client.sign_in(lead_of(strategy))
    assert client.post(f"/workstreams/strategy/aims/{theirs.id}/remove").status_code == 404
    response = client.get(f"/workstreams/strategy/aims?removed={theirs.id}")
    assert theirs.text not in response.text
