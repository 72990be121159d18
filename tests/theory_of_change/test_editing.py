"""Steps, links and assumptions: who reads and writes them, plainly and with HTMX."""

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.theory_of_change.interchange import MOST_NODES
from app.theory_of_change.models import Assumption, Link, Node, NodeKind
from app.theory_of_change.reading import read_map
from tests.client import new_id
from tests.factories.delivery import ActivityFactory, MilestoneFactory
from tests.factories.theory_of_change import AssumptionFactory, NodeFactory, TheoryFactory
from tests.factories.workstreams import AimFactory

HTMX = {"HX-Request": "true"}


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def texts(drawn):
    return [node.text for node in read_map(drawn.theory).nodes]


# --- What is shown ---


def test_a_map_is_shown_as_list_and_table_with_its_panel(drawn, client):
    client.sign_in(drawn.reader)
    text = text_of(client.get(drawn.url))
    assert text.count("Weekly drop-in") >= 3
    assert "3 steps, 2 links" in text
    assert "nodes/add" not in text, "a reader has nothing to press"
    panel = text_of(client.get(f"{drawn.url}/nodes/{drawn.outcome}", headers=HTMX))
    assert panel.startswith("<aside")
    assert "What leads here" in panel
    assert "People are healthier" in panel
    page = text_of(client.get(f"{drawn.url}/links/{drawn.first}"))
    assert "<h1" in page
    assert "nobody has said why yet" in page


def test_the_tab_leads_to_the_only_map_else_to_the_list(drawn, client):
    client.sign_in(drawn.reader)
    assert client.get("/workstreams/new-parks/map").location == drawn.url
    TheoryFactory(workstream_id=drawn.id, title="Another")
    db.session.commit()
    assert "Another" in client.get("/workstreams/new-parks/map").text


def test_another_workstreams_map_is_not_found_here(drawn, client):
    other = TheoryFactory()
    node = NodeFactory(theory=other)
    db.session.commit()
    client.sign_in(drawn.lead)
    assert client.get(f"/workstreams/new-parks/map/{other.id}").status_code == 404
    assert client.get(f"{drawn.url}/nodes/{node.id}").status_code == 404


# --- Who may write ---


def _writes(drawn):
    assumption = AssumptionFactory(link=db.session.get(Link, drawn.first)).id
    db.session.commit()
    return [
        "/workstreams/new-parks/map/new",
        "/workstreams/new-parks/map/paste",
        "/workstreams/new-parks/map/import",
        *(
            f"{drawn.url}/{path}"
            for path in (
                "edit",
                "remove",
                "nodes/add",
                f"nodes/{drawn.activity}/edit",
                f"nodes/{drawn.activity}/move",
                f"nodes/{drawn.activity}/remove",
                f"nodes/{drawn.activity}/bring-back",
                "links/add",
                f"links/{drawn.first}/edit",
                f"links/{drawn.first}/remove",
                f"links/{drawn.first}/bring-back",
                f"links/{drawn.first}/assumptions/add",
                f"assumptions/{assumption}/edit",
                f"assumptions/{assumption}/remove",
                f"assumptions/{assumption}/bring-back",
                "versions/keep",
            )
        ),
    ]


@pytest.mark.parametrize("role", ["contributor", "reader", "external_evaluator"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_only_those_who_draw_maps_write(drawn, client, role, headers):
    writes = _writes(drawn)
    client.sign_in(getattr(drawn, role))
    assert {client.post(url, headers=headers).status_code for url in writes} == {403}


def test_an_evaluator_draws_but_does_not_agree(drawn, client):
    client.sign_in(drawn.evaluator)
    assert client.get(f"{drawn.url}/edit").status_code == 200
    assert client.post(f"{drawn.url}/agree").status_code == 403
    assert client.post(f"{drawn.url}/draft").status_code == 403


# --- Steps ---


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_step_is_added_with_its_ties_and_after_another(drawn, client, headers):
    activity = ActivityFactory(plan_id=drawn.plan_id, workstream_id=drawn.id)
    milestone = MilestoneFactory(plan_id=drawn.plan_id, workstream_id=drawn.id)
    aim = AimFactory(workstream_id=drawn.id)
    foreign = AimFactory()
    db.session.commit()
    client.sign_in(drawn.lead)
    node_id = new_id()
    sent = {
        "id": node_id,
        "after": drawn.activity,
        "kind": "output",
        "text": "People come",
        "activities": activity.id,
        "milestones": milestone.id,
        "aims": aim.id,
    }
    answer = client.post(f"{drawn.url}/nodes/add", data=sent, headers=headers)
    assert answer.status_code == (200 if headers else 303)
    if headers:
        assert 'id="map"' in answer.text
    else:
        assert answer.location == f"{drawn.url}/nodes/{node_id}"
    client.post(f"{drawn.url}/nodes/add", data=sent, headers=headers)
    [node] = read_map(drawn.theory).column(NodeKind.OUTPUT)
    assert [len(node.activities), len(node.milestones), len(node.aims)] == [1, 1, 1]
    assert [link.from_id for link in read_map(drawn.theory).into(node.id)] == [drawn.activity]
    bad = {**sent, "id": new_id(), "aims": foreign.id}
    assert client.post(f"{drawn.url}/nodes/add", data=bad, headers=headers).status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_step_without_words_is_invalid_and_keeps_the_rest(drawn, client, headers):
    client.sign_in(drawn.lead)
    sent = {"id": new_id(), "kind": "impact", "text": " ", "detail": "A long story"}
    answer = client.post(f"{drawn.url}/nodes/add", data=sent, headers=headers)
    assert answer.status_code == 422
    assert "Enter what it is" in answer.text
    assert "A long story" in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_second_of_two_editors_sees_both_texts(drawn, client, headers):
    client.sign_in(drawn.lead)
    url = f"{drawn.url}/nodes/{drawn.activity}/edit"
    sent = {"version": 1, "kind": "activity"}
    assert client.post(url, data={**sent, "text": "Daily drop-in"}).status_code == 303
    answer = client.post(url, data={**sent, "text": "Monthly drop-in"}, headers=headers)
    assert answer.status_code == 409
    assert "Daily drop-in" in answer.text
    assert "Monthly drop-in" in answer.text
    assert texts(drawn)[0] == "Daily drop-in"


def test_another_column_is_a_matter_of_editing(drawn, client):
    client.sign_in(drawn.lead)
    url = f"{drawn.url}/nodes/{drawn.activity}/edit"
    client.post(url, data={"version": 1, "kind": "input", "text": "A room"})
    assert [n.text for n in read_map(drawn.theory).column(NodeKind.INPUT)] == ["A room"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_steps_move_within_their_column(drawn, client, headers):
    second = NodeFactory(theory=drawn.theory, text="Second").id
    db.session.commit()
    client.sign_in(drawn.lead)
    url = f"{drawn.url}/nodes/{second}/move"
    client.post(url, data={"to": "up"}, headers=headers)
    assert texts(drawn)[:2] == ["Second", "Weekly drop-in"]
    client.post(url, data={"to": "up"}, headers=headers)
    client.post(url, data={"to": "down"}, headers=headers)
    assert texts(drawn)[:2] == ["Weekly drop-in", "Second"]
    assert db.session.get(Node, second).version == 1, "nobody's open form is disturbed"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_step_is_removed_and_brought_back_with_its_links(drawn, client, headers):
    client.sign_in(drawn.lead)
    url = f"{drawn.url}/nodes/{drawn.outcome}"
    assert client.post(f"{url}/remove", data={"version": 0}, headers=headers).status_code == 409
    answer = client.post(f"{url}/remove", data={"version": 1}, headers=headers)
    if not headers:
        assert answer.location == f"{drawn.url}?removed={drawn.outcome}"
        answer = client.get(answer.location)
    assert "Step removed: People have company" in answer.text
    assert f"{url}/bring-back" in answer.text
    assert read_map(drawn.theory).links == ()
    assert client.get(url).status_code == 404
    assert client.get(f"{drawn.url}/links/{drawn.first}").status_code == 404
    again = client.post(f"{url}/remove", data={"version": 1}, headers=headers)
    assert again.status_code == (200 if headers else 303)
    answer = client.post(f"{url}/bring-back", headers=headers)
    assert answer.status_code == (200 if headers else 303)
    assert len(read_map(drawn.theory).links) == 2


def test_a_full_map_takes_no_more(drawn, client):
    for _ in range(MOST_NODES - 3):
        NodeFactory(theory=drawn.theory)
    db.session.commit()
    client.sign_in(drawn.lead)
    sent = {"id": new_id(), "kind": "output", "text": "One too many"}
    answer = client.post(f"{drawn.url}/nodes/add", data=sent)
    assert answer.status_code == 422
    assert "200 steps" in answer.text
    assert client.get(drawn.url).status_code == 200


# --- Links ---


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_two_steps_are_connected_once(drawn, client, headers):
    client.sign_in(drawn.evaluator)
    url = f"{drawn.url}/links/add"
    sent = {
        "id": new_id(),
        "from_id": drawn.activity,
        "to_id": drawn.impact,
        "because": "Company heals",
        "evidence": "weak",
    }
    assert client.get(f"{url}?from={drawn.activity}", headers=headers).status_code == 200
    answer = client.post(url, data=sent, headers=headers)
    assert answer.status_code == (200 if headers else 303)
    client.post(url, data=sent, headers=headers)
    assert len(read_map(drawn.theory).links) == 3
    answer = client.post(url, data={**sent, "id": new_id()}, headers=headers)
    assert answer.status_code == 422
    assert "linked already" in answer.text
    answer = client.post(url, data={**sent, "to_id": drawn.activity}, headers=headers)
    assert "A step cannot lead to itself" in answer.text
    assert client.post(url, data={"id": new_id()}, headers=headers).status_code == 422


def test_loops_are_allowed_and_named(drawn, client):
    client.sign_in(drawn.lead)
    sent = {
        "id": new_id(),
        "from_id": drawn.impact,
        "to_id": drawn.activity,
        "evidence": "none",
    }
    assert client.post(f"{drawn.url}/links/add", data=sent).status_code == 303
    text = text_of(client.get(f"{drawn.url}/gaps"))
    assert (
        "“Weekly drop-in” → “People have company” → “People are healthier” → “Weekly drop-in”"
        in text
    )
    assert client.get(drawn.url).status_code == 200


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_link_is_edited_and_a_conflict_shows_both(drawn, client, headers):
    client.sign_in(drawn.lead)
    url = f"{drawn.url}/links/{drawn.first}/edit"
    sent = {
        "version": 1,
        "from_id": drawn.activity,
        "to_id": drawn.outcome,
        "evidence": "strong",
        "owner_id": drawn.lead.id,
    }
    client.post(url, data={**sent, "because": "They talk"})
    answer = client.post(url, data={**sent, "because": "They eat"}, headers=headers)
    assert answer.status_code == 409
    assert "They talk" in answer.text
    assert "They eat" in answer.text
    assert db.session.get(Link, drawn.first).owner.id == drawn.lead.id


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_link_comes_back_unless_the_two_are_linked_again(drawn, client, headers):
    client.sign_in(drawn.lead)
    url = f"{drawn.url}/links/{drawn.first}"
    client.post(f"{url}/remove", data={"version": 1}, headers=headers)
    assert len(read_map(drawn.theory).links) == 1
    client.post(f"{url}/bring-back", headers=headers)
    assert len(read_map(drawn.theory).links) == 2
    client.post(f"{url}/remove", data={"version": 3}, headers=headers)
    sent = {"id": new_id(), "from_id": drawn.activity, "to_id": drawn.outcome, "evidence": "none"}
    client.post(f"{drawn.url}/links/add", data=sent, headers=headers)
    answer = client.post(f"{url}/bring-back", headers=headers)
    assert answer.status_code == 422
    assert "These two are linked already" in answer.text


# --- Assumptions ---


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_assumption_that_is_judged_needs_a_reason(drawn, client, headers):
    client.sign_in(drawn.lead)
    url = f"{drawn.url}/links/{drawn.first}/assumptions/add"
    assert client.get(url, headers=headers).status_code == 200
    sent = {"id": new_id(), "text": "They come", "state": "holds", "review_on": "1 July 2021"}
    answer = client.post(url, data=sent, headers=headers)
    assert answer.status_code == 422
    assert "Say why it holds" in answer.text
    answer = client.post(url, data={**sent, "why": "Counted"}, headers=headers)
    assert answer.status_code == (200 if headers else 303)
    [assumption] = read_map(drawn.theory).assumptions
    assert (assumption.text, assumption.why) == ("They come", "Counted")
    edit = f"{drawn.url}/assumptions/{assumption.id}"
    judged = {"version": 1, "text": "They come", "state": "failed", "why": "Nobody came"}
    client.post(f"{edit}/edit", data=judged, headers=headers)
    answer = client.post(f"{edit}/edit", data={**judged, "why": "One came"}, headers=headers)
    assert answer.status_code == 409
    assert "Nobody came" in answer.text
    client.post(f"{edit}/remove", data={"version": 2}, headers=headers)
    assert read_map(drawn.theory).assumptions == []
    client.post(f"{edit}/bring-back", headers=headers)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Assumption)) == 1
    assert len(read_map(drawn.theory).assumptions) == 1


def test_what_changed_is_in_history_by_its_name(drawn, client):
    client.sign_in(drawn.lead)
    client.post(
        f"{drawn.url}/nodes/{drawn.activity}/edit",
        data={"version": 1, "kind": "output", "text": "Weekly drop-in", "owner_id": drawn.lead.id},
    )
    client.post(f"{drawn.url}/links/{drawn.first}/remove", data={"version": 1})
    text = text_of(client.get("/workstreams/new-parks/history"))
    assert "Weekly drop-in" in text
    assert client.get(f"/workstreams/new-parks/history/{drawn.activity}").status_code == 200
    assert client.get(f"/workstreams/new-parks/history/{drawn.first}").status_code == 200
    assert client.get(f"/workstreams/new-parks/history/{drawn.theory_id}").status_code == 200
