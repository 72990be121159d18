"""Restoring and undoing by hand: who may, what is asked first, what is answered."""

import pytest

from app.core.acting import acting
from app.core.database import new_id
from app.core.history import ChangeRecord
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.extensions import db
from app.people_zones.models import ZoneFunding
from app.workstreams.models import KeyIssue
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    ProgressUpdateFactory,
)
from tests.factories.people_zones import ZoneFundingFactory
from tests.factories.workstreams import KeyIssueFactory


class Reworded:
    """A key issue whose text went from First to Second."""

    def __init__(self, people):
        issue = KeyIssueFactory(workstream_id=people.place_id, text="First words")
        self.id = issue.id
        self.created_id = latest_change_id(issue.id)
        issue.text = "Second words"
        self.change_id = latest_change_id(issue.id)
        self.thing_url = f"{people.url}/{issue.id}"
        self.restore_url = f"{people.url}/{self.change_id}/restore"
        self.undo_url = f"{people.url}/{self.change_id}/undo"

    @property
    def row(self):
        return db.session.get(KeyIssue, self.id)


@pytest.fixture
def issue(people):
    return Reworded(people)


def test_a_lead_sees_the_ways_back_and_a_reader_does_not(people, issue, client):
    page = client.sign_in(people.lead).get(issue.thing_url).get_data(as_text=True)
    assert f"{issue.change_id}/restore?side=before" in page
    assert f"{issue.change_id}/restore?side=after" not in page, "it reads like that now"
    assert f"{issue.created_id}/restore?side=after" in page
    page = client.sign_in(people.reader).get(issue.thing_url).get_data(as_text=True)
    assert "/restore" not in page


def test_restoring_asks_first_now_beside_then(people, issue, client):
    response = client.sign_in(people.lead).get(f"{issue.restore_url}?side=before")
    assert response.status_code == 200
    page = response.get_data(as_text=True)
    assert "<dt>Now</dt><dd>Second words</dd>" in page
    assert "<dt>Restored</dt><dd>First words</dd>" in page
    assert issue.row.text == "Second words"


@pytest.mark.parametrize("htmx", [False, True])
def test_restoring_puts_the_wording_back(people, issue, client, htmx):
    client.sign_in(people.lead)
    data = {"side": "before", "version": str(issue.row.version)}
    if htmx:
        response = client.htmx("POST", issue.restore_url, data=data)
        assert response.status_code == 204
        assert response.headers["HX-Redirect"] == issue.thing_url
    else:
        response = client.post(issue.restore_url, data=data)
        assert response.status_code == 303
        assert response.location == issue.thing_url
    assert issue.row.text == "First words"
    newest = db.session.get(ChangeRecord, latest_change_id(issue.id))
    assert newest.actor_id == people.lead.id


@pytest.mark.parametrize("htmx", [False, True])
def test_restoring_over_somebody_elses_change_is_refused(people, issue, client, htmx):
    client.sign_in(people.lead)
    data = {"side": "before", "version": str(issue.row.version)}
    issue.row.text = "Third words"
    headers = {"HX-Request": "true"} if htmx else {}
    response = client.post(issue.restore_url, data=data, headers=headers)
    assert response.status_code == 409
    assert "Third words" in response.get_data(as_text=True)
    assert issue.row.text == "Third words"


@pytest.mark.parametrize(
    "data", [{"side": "sideways"}, {"side": "before", "version": "x"}, {"side": "before"}, {}]
)
def test_an_invalid_form_is_422(people, issue, client, data):
    response = client.sign_in(people.lead).post(issue.restore_url, data=data)
    assert response.status_code == 422
    assert issue.row.text == "Second words"


@pytest.mark.parametrize("role", ["contributor", "evaluator", "reader", "opcc_reader"])
def test_only_who_may_edit_may_restore_or_undo(people, issue, client, role):
    client.sign_in(getattr(people, role))
    assert client.get(f"{issue.restore_url}?side=before").status_code == 403
    data = {"side": "before", "version": "2"}
    assert client.post(issue.restore_url, data=data).status_code == 403
    assert client.post(issue.undo_url).status_code == 403
    assert issue.row.text == "Second words"


@pytest.mark.parametrize(
    ("right", "who", "status"),
    [
        (Right.VIEW_HISTORY, "reader", 303),
        (Right.MOVE_WORKSTREAM, "lead", 403),
        (Right.MOVE_WORKSTREAM, "administrator", 303),
        (None, "administrator", 404),
    ],
)
def test_the_model_says_which_right_it_takes(
    people, issue, client, monkeypatch, right, who, status
):
    monkeypatch.setattr(KeyIssue, "restore_right", right)
    client.sign_in(getattr(people, who))
    data = {"side": "before", "version": str(issue.row.version)}
    assert client.post(issue.restore_url, data=data).status_code == status
    # The restoring was a change too, so what is undone is the newest.
    undo_url = f"{people.url}/{latest_change_id(issue.id)}/undo"
    assert client.post(undo_url).status_code == status
    page = client.get(issue.thing_url).get_data(as_text=True)
    assert ("/restore" in page) is (status == 303)


def test_where_a_model_wants_what_is_assigned_nobody_else_restores(
    people, issue, client, monkeypatch
):
    monkeypatch.setattr(KeyIssue, "restore_right", Right.UPDATE_ACTIVITY)
    assert client.sign_in(people.contributor).post(issue.undo_url).status_code == 403
    assert client.sign_in(people.lead).post(issue.undo_url).status_code == 303


def test_an_addition_is_not_taken_away_by_restoring(people, issue, client):
    client.sign_in(people.lead)
    url = f"{people.url}/{issue.created_id}/restore"
    assert "nothing to restore" in client.get(f"{url}?side=before").get_data(as_text=True)
    data = {"side": "before", "version": str(issue.row.version)}
    assert client.post(url, data=data).status_code == 422
    assert issue.row.archived_at is None


def test_a_stranger_learns_nothing(people, issue, client):
    client.sign_in(people.stranger)
    assert client.get(issue.restore_url).status_code == 404
    assert client.post(issue.restore_url).status_code == 404
    assert client.post(issue.undo_url).status_code == 404


def test_a_change_of_another_workstream_is_not_found_here(people, client):
    elsewhere = KeyIssueFactory()
    url = f"{people.url}/{latest_change_id(elsewhere.id)}"
    client.sign_in(people.lead)
    assert client.post(f"{url}/undo").status_code == 404
    assert client.post(f"{url}/restore").status_code == 404
    assert client.post(f"{people.url}/{new_id()}/undo").status_code == 404


def test_a_progress_update_has_no_way_back(people, client):
    plan = DeliveryPlanFactory(workstream_id=people.place_id)
    word = ProgressUpdateFactory(activity=ActivityFactory(plan=plan))
    url = f"{people.url}/{latest_change_id(word.id)}"
    thing_url = f"{people.url}/{word.id}"
    client.sign_in(people.lead)
    assert client.post(f"{url}/undo").status_code == 404
    assert "/restore" not in client.get(thing_url).get_data(as_text=True)


def test_undo_goes_on_to_where_it_was_pressed(people, issue, client):
    onward = "/workstreams/new-parks/history?kind=key_issues"
    response = client.sign_in(people.lead).post(issue.undo_url, data={"next": onward})
    assert (response.status_code, response.location) == (303, onward)
    assert issue.row.text == "First words"


def test_undo_by_htmx_answers_with_a_redirect_header(people, issue, client):
    client.sign_in(people.lead)
    response = client.htmx("POST", issue.undo_url, data={"next": "/workstreams/new-parks"})
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/workstreams/new-parks"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil", ""])
def test_undo_never_leaves_the_site(people, issue, client, elsewhere):
    response = client.sign_in(people.lead).post(issue.undo_url, data={"next": elsewhere})
    assert (response.status_code, response.location) == (303, issue.thing_url)


@pytest.mark.parametrize("htmx", [False, True])
def test_undo_after_a_newer_change_is_refused_and_says_who(people, issue, client, htmx):
    with acting(people.administrator):
        issue.row.text = "Third words"
    client.sign_in(people.lead)
    response = client.htmx("POST", issue.undo_url) if htmx else client.post(issue.undo_url)
    assert response.status_code == 409
    page = response.get_data(as_text=True)
    assert "The officer changed this key issue again afterwards" in page
    assert issue.thing_url in page
    assert issue.row.text == "Third words"


def test_undo_without_a_token_is_refused(people, issue, client):
    response = client.sign_in(people.lead).post(issue.undo_url, csrf=False)
    assert response.status_code == 400
    assert issue.row.text == "Second words"


def test_something_removed_comes_back_from_its_history(people, client):
    funding = ZoneFundingFactory(workstream_id=people.place_id)
    funding_id = funding.id
    db.session.delete(funding)
    removed = latest_change_id(funding_id)
    client.sign_in(people.lead)
    page = client.get(f"{people.url}/{funding_id}").get_data(as_text=True)
    assert "Bring it back" in page
    assert "Funding for 2021/22" in page
    url = f"{people.url}/{removed}/restore"
    page = client.get(f"{url}?side=before").get_data(as_text=True)
    assert "£25,000" in page
    assert client.post(url, data={"side": "before"}).status_code == 303
    assert db.session.get(ZoneFunding, funding_id).amount_pence == 25_000_00
    assert client.post(url, data={"side": "before"}).status_code == 422, "it is back already"
