"""Posting progress: quick, dated, never overwritten, by those who may."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from app.delivery.models import Activity, Milestone, ProgressUpdate, Rag
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
)
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def activity(plan):
    return ActivityFactory(plan=plan, what="Open a kitchen")


def url_of(activity, page="update"):
    return f"/workstreams/new-parks/plan/activities/{activity.id}/{page}"


def words(**changes):
    return {
        "id": new_id(),
        "version": "1",
        "text": "The oven has come",
        "rag": "green",
        "rag_reason": "",
        "forecast_on": "",
        **changes,
    }


def updates():
    return db.session.scalars(sa.select(ProgressUpdate).order_by(ProgressUpdate.posted_at)).all()


def test_an_update_is_a_dated_record_and_the_plan_shows_it(client, activity, lead):
    client.sign_in(lead)
    answer = client.post(url_of(activity), data=words())
    assert answer.status_code == 303
    assert answer.location.endswith(f"/workstreams/new-parks/plan#activity-{activity.id}")
    [update] = updates()
    assert (update.text, update.rag, update.reported_on) == (
        "The oven has come",
        Rag.GREEN,
        date(2021, 6, 18),
    )
    assert update.author_id == lead.id
    row = db.session.get(Activity, activity.id)
    assert (row.rag, row.last_word_on) == (Rag.GREEN, date(2021, 6, 18))


def test_with_htmx_the_row_comes_back_in_place(client, activity, lead):
    answer = client.sign_in(lead).htmx("POST", url_of(activity), data=words())
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    assert html.lstrip().startswith("<li") and f'id="activity-{activity.id}"' in html
    assert "The oven has come" in html
    assert "Update saved" in answer.headers["HX-Trigger"]


def test_the_form_opens_in_place_or_as_a_page_with_last_times_words(client, activity, lead):
    ProgressUpdateFactory(activity=activity, text="The room is booked")
    client.sign_in(lead)
    page = client.get(url_of(activity))
    assert "<html" in page.get_data(as_text=True)
    assert "The room is booked" in page.get_data(as_text=True)
    row = client.htmx("GET", url_of(activity))
    assert row.get_data(as_text=True).lstrip().startswith("<li")
    assert "The room is booked" in row.get_data(as_text=True)


def test_the_definitions_of_the_colours_are_shown_at_the_choice(client, activity, lead):
    page = client.sign_in(lead).get(url_of(activity)).get_data(as_text=True)
    assert "On track: expected by the date promised" in page


@pytest.mark.parametrize("colour", ["red", "amber"])
@pytest.mark.parametrize("htmx", [False, True])
def test_red_and_amber_need_a_reason_and_nothing_typed_is_lost(
    client, activity, lead, colour, htmx
):
    client.sign_in(lead)
    send = (lambda **k: client.htmx("POST", url_of(activity), **k)) if htmx else (
        lambda **k: client.post(url_of(activity), **k)
    )  # fmt: skip
    answer = send(data=words(rag=colour, text="Two families joined", forecast_on="1 July 2021"))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"Say why it is {colour}" in html
    assert "Two families joined" in html and "1 July 2021" in html
    assert updates() == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("text", "", "Say what has happened"),
        ("rag", "", "Choose red, amber or green"),
        ("rag", "mauve", "Choose one from the list"),
        ("forecast_on", "someday", "Enter a date like 30 July 2021"),
        ("text", "x" * 5001, "Use 5000 characters or fewer"),
    ],
)
def test_bad_input_is_told_beside_the_field(client, activity, lead, field, value, message):
    answer = client.sign_in(lead).post(url_of(activity), data=words(**{field: value}))
    assert answer.status_code == 422
    assert message in answer.get_data(as_text=True)


def test_green_carries_no_reason_on(client, activity, lead):
    client.sign_in(lead).post(url_of(activity), data=words(rag_reason="An old reason"))
    assert updates()[0].rag_reason == ""


def test_milestones_are_ticked_and_the_activity_done_in_the_same_update(
    client, plan, activity, lead
):
    reached = MilestoneFactory(plan=plan, activity_id=activity.id, title="Oven delivered")
    ahead = MilestoneFactory(plan=plan, activity_id=activity.id, title="Kitchen open")
    client.sign_in(lead).post(
        url_of(activity), data=words(ticked=[str(reached.id)], done="y", forecast_on="20/6/2021")
    )
    assert db.session.get(Milestone, reached.id).done_on == date(2021, 6, 18)
    assert db.session.get(Milestone, ahead.id).done_on is None
    row = db.session.get(Activity, activity.id)
    assert (row.done_on, row.forecast_on) == (date(2021, 6, 18), date(2021, 6, 20))
    assert [m.title for m in updates()[0].milestones] == ["Oven delivered"]


def test_a_milestone_of_another_activity_cannot_be_ticked_from_here(client, plan, activity, lead):
    elsewhere = MilestoneFactory(plan=plan, activity_id=ActivityFactory(plan=plan).id)
    MilestoneFactory(plan=plan, activity_id=activity.id)
    answer = client.sign_in(lead).post(url_of(activity), data=words(ticked=[str(elsewhere.id)]))
    assert answer.status_code == 422
    assert db.session.get(Milestone, elsewhere.id).done_on is None


def test_a_double_click_posts_once(client, activity, lead):
    client.sign_in(lead)
    twice = words()
    assert client.post(url_of(activity), data=twice).status_code == 303
    assert client.post(url_of(activity), data=twice).status_code == 303
    assert len(updates()) == 1


def test_a_resend_with_other_words_loses_neither(client, activity, lead):
    """The answer to the first sending never arrived; the lead mended a word and pressed again."""
    client.sign_in(lead)
    first = words(text="The oven came")
    assert client.post(url_of(activity), data=first).status_code == 303
    answer = client.post(url_of(activity), data={**first, "text": "The oven came on Friday"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "The oven came on Friday" in html
    again = dict(re.findall(r'name="(id|version)" value="([^"]+)"', html))
    assert again["id"] != first["id"]
    answer = client.post(
        url_of(activity), data={**first, **again, "text": "The oven came on Friday"}
    )
    assert answer.status_code == 303
    assert [u.text for u in updates()] == ["The oven came", "The oven came on Friday"]


@pytest.mark.parametrize("htmx", [False, True])
def test_the_second_of_two_people_gets_both_texts(client, activity, lead, plan, htmx):
    first = MembershipFactory(workstream_id=plan.workstream_id, user__name="Tom Reid").user
    client.sign_in(first).post(url_of(activity), data=words(text="Tom says it is open"))
    client.sign_in(lead)
    mine = words(text="I say it is shut", rag="red", rag_reason="No key")
    answer = (
        client.htmx("POST", url_of(activity), data=mine)
        if htmx
        else client.post(url_of(activity), data=mine)
    )
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Tom Reid" in html
    assert "Tom says it is open" in html and html.count("I say it is shut") == 2
    assert len(updates()) == 1
    # Having seen both, saving again adds the second word after the first.
    answer = client.post(url_of(activity), data={**mine, "version": "2"})
    assert answer.status_code == 303
    assert [u.text for u in updates()] == ["Tom says it is open", "I say it is shut"]


def test_two_updates_on_one_day_that_change_no_column_are_still_a_conflict(client, activity, lead):
    client.sign_in(lead)
    client.post(url_of(activity), data=words())
    client.post(url_of(activity), data=words(version="2"))
    assert client.post(url_of(activity), data=words(version="2")).status_code == 409


def test_updates_are_never_overwritten(client, activity, lead):
    client.sign_in(lead)
    client.post(url_of(activity), data=words(text="First"))
    client.post(url_of(activity), data=words(text="Second", version="2"))
    assert [update.text for update in updates()] == ["First", "Second"]
    page = client.get(f"/workstreams/new-parks/plan/activities/{activity.id}")
    html = page.get_data(as_text=True)
    assert html.index("Second") < html.index("First")


class TestWhoMayPost:
    def test_a_contributor_on_what_is_assigned_to_them(self, client, plan):
        person = MembershipFactory(
            workstream_id=plan.workstream_id, role=MemberRole.CONTRIBUTOR
        ).user
        mine = ActivityFactory(plan=plan, contributors=[person])
        led = ActivityFactory(plan=plan, lead_person=person)
        other = ActivityFactory(plan=plan)
        client.sign_in(person)
        assert client.post(url_of(mine), data=words()).status_code == 303
        assert client.post(url_of(led), data=words()).status_code == 303
        refused = client.post(url_of(other), data=words())
        assert refused.status_code == 403
        assert "only where it is assigned to you" in refused.get_data(as_text=True)

    def test_an_evaluator_on_what_they_lead(self, client, plan, activity):
        person = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.EVALUATOR).user
        led = ActivityFactory(plan=plan, lead_person=person)
        client.sign_in(person)
        assert client.post(url_of(led), data=words()).status_code == 303
        assert client.post(url_of(activity), data=words()).status_code == 403

    def test_not_a_reader_even_of_what_was_once_theirs(self, client, plan):
        person = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user
        activity = ActivityFactory(plan=plan, lead_person=person)
        assert client.sign_in(person).post(url_of(activity), data=words()).status_code == 403
        assert updates() == []

    def test_somebody_without_a_role_cannot_tell_that_it_exists(self, client, activity):
        stranger = MembershipFactory().user
        assert client.sign_in(stranger).post(url_of(activity), data=words()).status_code == 404


class TestWalkingThePlan:
    def test_row_after_row_to_the_end(self, client, plan, lead):
        rows = [ActivityFactory(plan=plan, position=n) for n in range(3)]
        rows[1].done_on = date(2021, 6, 1)
        client.sign_in(lead)
        start = client.get("/workstreams/new-parks/plan/walk")
        assert start.location.endswith(f"/walk/{rows[0].id}")
        page = client.get(start.location)
        assert "Activity 1 of 2" in page.get_data(as_text=True)
        answer = client.post(start.location, data=words())
        assert answer.location.endswith(f"/walk/{rows[2].id}")
        assert client.post(answer.location, data=words()).location.endswith("/new-parks/plan")

    def test_save_and_stop_goes_back_to_the_plan(self, client, plan, lead):
        first, _ = ActivityFactory(plan=plan), ActivityFactory(plan=plan)
        client.sign_in(lead)
        url = f"/workstreams/new-parks/plan/walk/{first.id}"
        assert client.post(url, data=words(stop="1")).location.endswith("/new-parks/plan")

    def test_last_times_words_stand_beside_the_new_box(self, client, activity, lead):
        ProgressUpdateFactory(activity=activity, text="The room is booked")
        page = client.sign_in(lead).get(f"/workstreams/new-parks/plan/walk/{activity.id}")
        assert "The room is booked" in page.get_data(as_text=True)

    def test_a_contributor_walks_only_through_what_is_theirs(self, client, plan):
        person = MembershipFactory(
            workstream_id=plan.workstream_id, role=MemberRole.CONTRIBUTOR
        ).user
        ActivityFactory(plan=plan, position=0)
        mine = ActivityFactory(plan=plan, position=1, contributors=[person])
        client.sign_in(person)
        start = client.get("/workstreams/new-parks/plan/walk")
        assert start.location.endswith(f"/walk/{mine.id}")
        assert "Activity 1 of 1" in client.get(start.location).get_data(as_text=True)

    def test_with_nothing_to_update_it_says_so(self, client, plan, lead):
        page = client.sign_in(lead).get("/workstreams/new-parks/plan/walk")
        assert "Nothing here is waiting for you" in page.get_data(as_text=True)


def test_the_id_of_another_activitys_update_is_not_taken_for_ones_own(client, plan, activity, lead):
    elsewhere = ProgressUpdateFactory(activity=ActivityFactory(plan=plan), text="The oven has come")
    answer = client.sign_in(lead).post(url_of(activity), data=words(id=str(elsewhere.id)))
    assert answer.status_code == 422
    assert "Reload the page and try again" in answer.get_data(as_text=True)
    assert [update.id for update in updates()] == [elsewhere.id]
