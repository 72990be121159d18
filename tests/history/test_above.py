"""The history of what is above workstreams: organisations, reporting groups, the colours' meaning."""

import pytest

from app.core.acting import acting
from app.core.restoring import latest_change_id
from app.extensions import db
from app.workstreams.models import Body
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.workstreams import BodyFactory, KeyIssueFactory

URL = "/admin/history"


class Renamed:
    """A reporting group that the administrator called First and then Second."""

    def __init__(self, people):
        with acting(people.administrator):
            body = BodyFactory(name="First group")
            self.id = body.id
            body.name = "Second group"
        self.change_id = latest_change_id(self.id)
        self.restore_url = f"{URL}/{self.change_id}/restore"

    @property
    def row(self):
        return db.session.get(Body, self.id)


@pytest.fixture
def renamed(people):
    return Renamed(people)


def test_an_administrator_reads_who_changed_what(people, renamed, client):
    OrganisationFactory(name="A charity")
    page = client.sign_in(people.administrator).get(URL)
    assert page.status_code == 200
    assert "Reporting group changed" in page.text
    assert "The officer" in page.text
    assert "A charity" in page.text
    thing = client.get(f"{URL}/{renamed.id}").text
    assert f"{renamed.restore_url}?side=before" in thing


def test_the_settings_page_leads_there(people, client):
    assert f'href="{URL}"' in client.sign_in(people.administrator).get("/admin/settings").text


def test_people_and_workstreams_are_not_in_it(people, client):
    person = UserFactory(name="Somebody Private")
    issue = KeyIssueFactory(workstream_id=people.place_id, text="Of a workstream")
    client.sign_in(people.administrator)
    page = client.get(URL).text
    assert "Somebody Private" not in page
    assert "Person added" not in page
    assert 'value="users"' not in page
    assert "Of a workstream" not in page
    for thing in (person, issue):
        assert client.get(f"{URL}/{thing.id}").status_code == 404
        change_id = latest_change_id(thing.id)
        assert client.get(f"{URL}/{change_id}/restore").status_code == 404


@pytest.mark.parametrize("role", ["opcc_reader", "lead", "reader", "stranger"])
def test_only_an_administrator_reads_or_restores(people, renamed, client, role):
    client.sign_in(getattr(people, role))
    for url in (URL, f"{URL}/{renamed.id}", renamed.restore_url, f"{URL}/{people.place_id}"):
        assert client.get(url).status_code == 403
    data = {"side": "before", "version": renamed.row.version}
    assert client.post(renamed.restore_url, data=data).status_code == 403
    assert renamed.row.name == "Second group"


@pytest.mark.parametrize("htmx", [False, True])
def test_an_earlier_wording_is_put_back(people, renamed, client, htmx):
    client.sign_in(people.administrator)
    assert "First group" in client.get(f"{renamed.restore_url}?side=before").text
    data = {"side": "before", "version": renamed.row.version}
    answer = client.post(
        renamed.restore_url, data=data, headers={"HX-Request": "true"} if htmx else {}
    )
    assert answer.status_code == (204 if htmx else 303)
    where = answer.headers["HX-Redirect"] if htmx else answer.location
    assert where == f"{URL}/{renamed.id}"
    assert renamed.row.name == "First group"


def test_a_stale_or_invalid_form_restores_nothing(people, renamed, client):
    client.sign_in(people.administrator)
    version = renamed.row.version
    renamed.row.name = "Third group"
    data = {"side": "before", "version": version}
    assert client.post(renamed.restore_url, data=data).status_code == 409
    assert client.post(renamed.restore_url, data={"side": "before"}).status_code == 422
    assert renamed.row.name == "Third group"
