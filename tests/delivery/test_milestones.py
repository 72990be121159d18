"""Milestones: promised, forecast, done; ticked with undo."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.delivery.models import Milestone, slippage_days
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

PLAN = "/workstreams/new-parks/plan"
NOBODYS_ID = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def contributor(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.CONTRIBUTOR).user


def words(**changes):
    return {
        "id": new_id(), "version": "1", "title": "Panel chosen", "promised_words": "June 2021",
        "promised_on": "", "forecast_on": "", "done_on": "", "evidence": "", **changes,
    }  # fmt: skip


def only():
    [milestone] = db.session.scalars(sa.select(Milestone)).all()
    return milestone


def test_slippage_is_the_forecast_or_done_date_against_the_promise(app):
    milestone = MilestoneFactory(promised_on=date(2021, 6, 1))
    assert slippage_days(milestone) == 0
    milestone.forecast_on = date(2021, 6, 11)
    assert slippage_days(milestone) == 10
    milestone.done_on = date(2021, 5, 30)
    assert slippage_days(milestone) == -2


class TestAdding:
    def test_to_the_plan(self, client, plan, lead):
        assert client.sign_in(lead).post(f"{PLAN}/milestones/add", data=words()).status_code == 303
        assert only().activity_id is None
        assert (only().promised_text, only().promised_on) == ("June 2021", date(2021, 6, 30))
        assert "Panel chosen" in client.get(PLAN).get_data(as_text=True)

    def test_to_an_activity(self, client, plan, lead):
        activity = ActivityFactory(plan=plan)
        url = f"{PLAN}/milestones/add?activity={activity.id}"
        assert client.sign_in(lead).post(url, data=words()).status_code == 303
        assert only().activity_id == activity.id

    def test_a_milestone_of_an_activity_is_in_the_activitys_own_plan(self, client, plan, lead):
        elsewhere = DeliveryPlanFactory(workstream_id=plan.workstream_id)
        activity = ActivityFactory(plan=plan)
        with pytest.raises(sa.exc.IntegrityError):
            MilestoneFactory(plan=elsewhere, activity_id=activity.id)

    @pytest.mark.parametrize("activity", ["nonsense", NOBODYS_ID])
    def test_to_an_activity_that_is_not_there(self, client, plan, lead, activity):
        url = f"{PLAN}/milestones/add?activity={activity}"
        assert client.sign_in(lead).post(url, data=words()).status_code == 404

    def test_a_promise_needs_a_day(self, client, plan, lead):
        sent = words(promised_words="soon")
        answer = client.sign_in(lead).post(f"{PLAN}/milestones/add", data=sent)
        assert answer.status_code == 422
        assert "We cannot tell which day" in answer.get_data(as_text=True)

    def test_a_double_click_adds_once(self, client, plan, lead):
        client.sign_in(lead)
        twice = words()
        for _ in range(2):
            assert client.post(f"{PLAN}/milestones/add", data=twice).status_code == 303
        assert only()

    def test_not_a_contributor(self, client, plan, contributor):
        answer = client.sign_in(contributor).post(f"{PLAN}/milestones/add", data=words())
        assert answer.status_code == 403


class TestEditing:
    def test_forecast_done_and_evidence(self, client, plan, lead):
        milestone = MilestoneFactory(plan=plan)
        sent = words(forecast_on="1/7/2021", done_on="17 June 2021", evidence="Minutes of 17 June")
        url = f"{PLAN}/milestones/{milestone.id}/edit"
        assert client.sign_in(lead).post(url, data=sent).status_code == 303
        saved = only()
        assert (saved.forecast_on, saved.done_on) == (date(2021, 7, 1), date(2021, 6, 17))
        assert saved.evidence == "Minutes of 17 June"

    def test_nothing_is_done_in_the_future(self, client, plan, lead):
        url = f"{PLAN}/milestones/{MilestoneFactory(plan=plan).id}/edit"
        answer = client.sign_in(lead).post(url, data=words(done_on="19 June 2021"))
        assert answer.status_code == 422
        assert "cannot be in the future" in answer.get_data(as_text=True)
        assert only().done_on is None

    def test_an_old_copy_gets_both_texts(self, client, plan, lead):
        url = f"{PLAN}/milestones/{MilestoneFactory(plan=plan).id}/edit"
        client.sign_in(lead).post(url, data=words(title="First"))
        answer = client.post(url, data=words(title="Second"))
        assert answer.status_code == 409
        assert only().title == "First"

    def test_not_a_contributor(self, client, plan, contributor):
        url = f"{PLAN}/milestones/{MilestoneFactory(plan=plan).id}/edit"
        assert client.sign_in(contributor).post(url, data=words()).status_code == 403


class TestRemoving:
    def test_it_asks_and_then_keeps_it_out_of_the_plan(self, client, plan, lead):
        milestone = MilestoneFactory(plan=plan, title="Panel chosen")
        url = f"{PLAN}/milestones/{milestone.id}/remove"
        client.sign_in(lead)
        assert "Remove this milestone?" in client.get(url).get_data(as_text=True)
        assert client.post(url, data={"version": "1"}).status_code == 303
        assert "Panel chosen" not in client.get(PLAN).get_data(as_text=True)

    def test_not_a_contributor(self, client, plan, contributor):
        url = f"{PLAN}/milestones/{MilestoneFactory(plan=plan).id}/remove"
        assert client.sign_in(contributor).post(url, data={"version": "1"}).status_code == 403


class TestTicking:
    def test_a_tick_marks_it_done_today_and_offers_undo(self, client, plan, lead):
        milestone = MilestoneFactory(plan=plan)
        url = f"{PLAN}/milestones/{milestone.id}"
        answer = client.sign_in(lead).htmx("POST", f"{url}/tick")
        assert answer.status_code == 200
        assert "Undo" in answer.get_data(as_text=True)
        assert only().done_on == date(2021, 6, 18)
        answer = client.htmx("POST", f"{url}/untick")
        assert "Undo" not in answer.get_data(as_text=True)
        assert only().done_on is None

    def test_without_javascript_it_goes_back_to_where_it_was(self, client, plan, lead):
        activity = ActivityFactory(plan=plan)
        milestone = MilestoneFactory(plan=plan, activity_id=activity.id)
        answer = client.sign_in(lead).post(f"{PLAN}/milestones/{milestone.id}/tick")
        assert answer.status_code == 303
        assert answer.location.endswith(f"/plan/activities/{activity.id}#milestones")

    def test_two_people_who_both_tick_do_not_disagree(self, client, plan, lead):
        milestone = MilestoneFactory(plan=plan, done_on=date(2021, 6, 1))
        answer = client.sign_in(lead).htmx("POST", f"{PLAN}/milestones/{milestone.id}/tick")
        assert answer.status_code == 200
        assert only().done_on == date(2021, 6, 1)

    def test_a_contributor_ticks_what_is_theirs_and_nothing_else(self, client, plan, contributor):
        mine = ActivityFactory(plan=plan, contributors=[contributor])
        milestone = MilestoneFactory(plan=plan, activity_id=mine.id)
        of_plan = MilestoneFactory(plan=plan)
        client.sign_in(contributor)
        assert client.post(f"{PLAN}/milestones/{milestone.id}/tick").status_code == 303
        assert client.post(f"{PLAN}/milestones/{of_plan.id}/tick").status_code == 403

    def test_an_older_tick_is_not_taken_back_by_a_slip_of_the_finger(self, client, plan, lead):
        milestone = MilestoneFactory(plan=plan, done_on=date(2021, 6, 1))
        page = client.sign_in(lead).get(PLAN).get_data(as_text=True)
        assert f"{milestone.id}/untick" not in page
