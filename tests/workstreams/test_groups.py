"""The groups that plans report to."""

import sqlalchemy as sa

from app.extensions import db
from app.workstreams.models import Body
from tests.client import new_id
from tests.factories.workstreams import BodyFactory, WorkstreamFactory
from tests.workstreams.people import administrator, lead_of


def test_an_administrator_adds_one(client):
    client.sign_in(administrator())
    assert "No groups yet" in client.get("/admin/groups").text
    data = {"id": new_id(), "name": "Charnwood CSP", "abbreviation": "", "is_csp": "y"}
    for _ in range(2):
        assert client.post("/admin/groups/new", data=data).status_code == 303
    body = db.session.scalars(sa.select(Body)).one()
    assert (body.name, body.abbreviation, body.is_csp) == ("Charnwood CSP", None, True)
    assert "Charnwood CSP" in client.get("/admin/groups").text


def test_two_of_one_name_are_refused(client):
    BodyFactory(name="LSCSB")
    client.sign_in(administrator())
    response = client.post("/admin/groups/new", data={"id": new_id(), "name": "LSCSB"})
    assert response.status_code == 422
    assert "There is already a group of this name" in response.text


def test_a_name_is_needed(client):
    client.sign_in(administrator())
    response = client.post("/admin/groups/new", data={"id": new_id(), "name": ""})
    assert response.status_code == 422
    assert "Enter a name" in response.text


def test_of_two_editors_the_second_sees_both_texts(client):
    body = BodyFactory(name="Board")
    url = f"/admin/groups/{body.id}/edit"
    client.sign_in(administrator())
    assert client.post(url, data={"name": "Executive board", "version": 1}).status_code == 303
    response = client.post(url, data={"name": "Strategic board", "version": 1})
    assert response.status_code == 409
    assert "Executive board" in response.text
    assert "Strategic board" in response.text


def test_there_is_no_such_group(client):
    client.sign_in(administrator())
    assert client.get(f"/admin/groups/{new_id()}/edit").status_code == 404


def test_others_are_kept_out(client):
    body = BodyFactory()
    client.sign_in(lead_of(WorkstreamFactory()))
    for url in ("/admin/groups", "/admin/groups/new", f"/admin/groups/{body.id}/edit"):
        assert client.get(url).status_code == 403
