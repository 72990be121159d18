"""A recommendation's way: made, answered, seen to, late, done."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core.flags import flags_for
from app.core.restoring import latest_change_id
from app.evaluation.models import Answer, Recommendation, RecommendationUpdate
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.conftest import TODAY
from tests.evaluation.scene import URL, new_parks, somebody
from tests.factories.evaluation import (
    NoteFactory,
    RecommendationFactory,
    RecommendationUpdateFactory,
)

LIST = f"{URL}/recommendations"


def made(workstream, **more):
    return RecommendationFactory(workstream_id=workstream.id, **more)


def kinds(user):
    return [flag.kind.key for flag in flags_for(user, TODAY) if "recommendation" in flag.kind.key]


def test_it_is_recorded_from_a_note(client):
    workstream = new_parks()
    note = NoteFactory(workstream_id=workstream.id, title="Footfall doubled")
    client.sign_in(somebody(workstream, MemberRole.EXTERNAL_EVALUATOR))
    assert f'value="{note.id}" selected' in client.get(f"{LIST}/add?note={note.id}").text
    data = {"id": new_id(), "text": "Open on Sundays", "note_id": str(note.id)}
    assert client.post(f"{LIST}/add", data=data).status_code == 303
    assert client.post(f"{LIST}/add", data=data).status_code == 303
    one = db.session.scalars(sa.select(Recommendation)).one()
    assert one.answer is Answer.WAITING
    assert "Open on Sundays" in client.get(f"{URL}/notes/{note.id}").text
    assert "Footfall doubled" in client.get(LIST).text


def test_it_says_where_it_is_from(client):
    workstream = new_parks()
    client.sign_in(somebody(workstream))
    answer = client.post(f"{LIST}/add", data={"id": new_id(), "text": "Open on Sundays"})
    assert answer.status_code == 422
    assert "say which report" in answer.text and "Open on Sundays" in answer.text
    other = NoteFactory()
    data = {"id": new_id(), "text": "Open", "note_id": str(other.id)}
    assert client.post(f"{LIST}/add", data=data).status_code == 422


@pytest.mark.parametrize("role", [MemberRole.READER, MemberRole.CONTRIBUTOR])
def test_others_do_not_record_nor_answer(client, role):
    workstream = new_parks()
    one = made(workstream)
    client.sign_in(somebody(workstream, role))
    assert client.get(f"{LIST}/{one.id}").status_code == 200
    for path in ("add", f"{one.id}/edit", f"{one.id}/remove", f"{one.id}/answer"):
        assert client.get(f"{LIST}/{path}").status_code == 403
    assert client.post(f"{LIST}/{one.id}/progress").status_code == 403


def test_a_lead_answers_it_and_its_owner_sees_it_done(client):
    workstream = new_parks()
    one = made(workstream)
    lead = somebody(workstream, MemberRole.LEAD)
    owner = somebody(workstream, MemberRole.CONTRIBUTOR)
    client.sign_in(lead)
    answer = {
        "version": 1,
        "answer": "part",
        "reason": "Only in summer",
        "owner_id": str(owner.id),
        "due_on": "1 July 2021",
    }
    assert client.post(f"{LIST}/{one.id}/answer", data=answer).status_code == 303
    assert client.post(f"{LIST}/{one.id}/answer", data=answer).status_code == 409
    client.sign_in(owner)
    assert "Only in summer" in client.get(f"{LIST}?mine=yes").text
    update = {"id": new_id(), "version": 2, "text": "Opened last Sunday", "done": "no"}
    assert client.post(f"{LIST}/{one.id}/progress", data=update).status_code == 303
    data = {"csrf_token": client.csrf_token(), **update, "id": new_id(), "done": "yes"}
    done = client.htmx("POST", f"{LIST}/{one.id}/progress", data=data)
    assert done.status_code == 200 and 'id="progress"' in done.text
    assert db.session.get(Recommendation, one.id).done_on == TODAY
    assert "Done" in client.get(f"{LIST}?standing=done").text
    assert kinds(owner) == []


@pytest.mark.parametrize("answer", ["part", "declined"])
def test_declining_or_accepting_a_part_needs_a_reason(client, answer):
    workstream = new_parks()
    one = made(workstream)
    client.sign_in(somebody(workstream, MemberRole.LEAD))
    said = client.post(f"{LIST}/{one.id}/answer", data={"version": 1, "answer": answer})
    assert said.status_code == 422
    assert "Say why" in said.text


def test_what_is_not_accepted_is_not_done(client):
    workstream = new_parks()
    one = made(workstream)
    client.sign_in(somebody(workstream, MemberRole.LEAD))
    update = {"id": new_id(), "version": 1, "text": "We did it", "done": "yes"}
    answer = client.post(f"{LIST}/{one.id}/progress", data=update)
    assert answer.status_code == 422
    assert "We did it" in answer.text and "Answer the recommendation first" in answer.text
    done = made(workstream, answer=Answer.ACCEPTED, done_on=TODAY)
    again = {"version": 1, "answer": "declined", "reason": "No money"}
    answer = client.post(f"{LIST}/{done.id}/answer", data=again)
    assert answer.status_code == 422
    assert "It is marked as done" in answer.text


def test_a_double_click_says_what_was_done_once(client):
    workstream = new_parks()
    one = made(workstream, answer=Answer.ACCEPTED)
    client.sign_in(somebody(workstream, MemberRole.LEAD))
    update = {"id": new_id(), "version": 1, "text": "We did it", "done": "yes"}
    for _ in range(2):
        assert client.post(f"{LIST}/{one.id}/progress", data=update).status_code == 303
    assert len(db.session.scalars(sa.select(RecommendationUpdate)).all()) == 1


def test_progress_on_what_has_moved_on_shows_both(client):
    workstream = new_parks()
    one = made(workstream, answer=Answer.ACCEPTED)
    client.sign_in(somebody(workstream, MemberRole.LEAD))
    client.post(f"{LIST}/{one.id}/edit", data={"version": 1, "text": "Other", "report": "R"})
    update = {"id": new_id(), "version": 1, "text": "We did it", "done": "yes"}
    answer = client.post(f"{LIST}/{one.id}/progress", data=update)
    assert answer.status_code == 409
    assert "We did it" in answer.text


def test_late_ones_need_their_owner_and_the_lead(app):
    workstream = new_parks()
    lead = somebody(workstream, MemberRole.LEAD)
    owner = somebody(workstream, MemberRole.CONTRIBUTOR)
    other = somebody(workstream, MemberRole.CONTRIBUTOR)
    late = {"answer": Answer.ACCEPTED, "due_on": date(2021, 6, 1), "owner_id": owner.id}
    made(workstream, **late)
    made(workstream, **{**late, "done_on": TODAY})
    made(workstream, **{**late, "due_on": TODAY})
    made(workstream, **{**late, "answer": Answer.DECLINED, "reason": "No money"})
    db.session.commit()
    assert kinds(lead) == kinds(owner) == ["late_recommendation"]
    assert kinds(other) == []


def test_what_nobody_answers_for_a_month_needs_the_lead(app):
    workstream = new_parks()
    lead = somebody(workstream, MemberRole.LEAD)
    made(workstream, made_on=date(2021, 5, 1))
    made(workstream, made_on=date(2021, 6, 1))
    db.session.commit()
    assert kinds(lead) == ["unanswered_recommendation"]


def test_the_list_is_filtered_and_says_how_many_stand_how(client):
    workstream = new_parks()
    made(workstream, text="Waiting one")
    made(workstream, text="Late one", answer=Answer.ACCEPTED, due_on=date(2021, 6, 1))
    done = made(workstream, text="Done one", answer=Answer.ACCEPTED, done_on=date(2021, 6, 1))
    RecommendationUpdateFactory(recommendation=done, text="All of it")
    client.sign_in(somebody(workstream, MemberRole.READER))
    page = client.get(LIST).text
    for words in ("Waiting one", "Late one", "Done one", "All of it", "Late (1)"):
        assert words in page
    page = client.htmx("GET", f"{LIST}?standing=late").text
    assert "Late one" in page and "Done one" not in page


def test_removed_it_is_gone_and_undo_brings_it_back(client):
    workstream = new_parks()
    one = made(workstream, text="Open on Sundays")
    client.sign_in(somebody(workstream))
    answer = client.post(f"{LIST}/{one.id}/remove", data={"version": 1})
    page = client.get(answer.headers["Location"]).text
    assert "Recommendation removed" in page and "Open on Sundays" not in page
    undo = f"/workstreams/new-parks/history/{latest_change_id(one.id)}/undo"
    assert client.post(undo, data={"next": LIST}).status_code == 303
    assert "Open on Sundays" in client.get(LIST).text
