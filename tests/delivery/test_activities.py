"""Starting a plan; adding, editing, ordering and removing its activities."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.core.history import ChangeRecord
from app.delivery.models import Activity, DeliveryPlan
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.factories.accounts import OrganisationFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import (
    AimFactory,
    BodyFactory,
    MembershipFactory,
    WorkstreamFactory,
)

PLAN = "/workstreams/new-parks/plan"
NOBODYS_ID = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture(params=[MemberRole.CONTRIBUTOR, MemberRole.EVALUATOR, MemberRole.READER])
def not_lead(request, plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=request.param).user


def words(**changes):
    """A filled-in form, as a browser sends it."""
    return {
        "id": new_id(), "version": "0", "what": "Open a community kitchen", "how": "",
        "lead_person": "", "lead_organisation": "", "reports_to": "", "reporting": "",
        "start_words": "", "start_on": "", "due_words": "", "due_on": "", **changes,
    }  # fmt: skip


def rows():
    return db.session.scalars(sa.select(Activity).order_by(Activity.position)).all()


class TestThePlanItself:
    def test_a_lead_starts_it_once_however_often_they_click(self, client, app):
        workstream = WorkstreamFactory(slug="coalville")
        lead = MembershipFactory(workstream_id=workstream.id).user
        sent = {
            "id": new_id(), "version": "0", "title": "Plan",
            "starts_on": "1 April 2021", "ends_on": "31/3/2022",
        }  # fmt: skip
        client.sign_in(lead)
        for _ in range(2):
            assert client.post("/workstreams/coalville/plan/start", data=sent).status_code == 303
        [plan] = db.session.scalars(sa.select(DeliveryPlan)).all()
        assert (plan.starts_on, plan.ends_on) == (date(2021, 4, 1), date(2022, 3, 31))

    def test_there_is_one_plan_at_a_time(self, client, plan, lead):
        sent = {
            "id": new_id(), "version": "0", "title": "Another",
            "starts_on": "1 April 2022", "ends_on": "31/3/2023",
        }  # fmt: skip
        answer = client.sign_in(lead).post(f"{PLAN}/start", data=sent)
        assert answer.status_code == 422
        assert "There is a delivery plan already" in answer.get_data(as_text=True)

    def test_of_several_plans_the_newest_that_has_begun_is_worked_to(self, client, plan, lead):
        for starts_on, title in (
            (date(2020, 4, 1), "Last year's"),
            (date(2022, 4, 1), "Next year's"),
        ):
            DeliveryPlanFactory(
                workstream_id=plan.workstream_id, title=title, starts_on=starts_on,
                ends_on=date(2023, 3, 31),
            )  # fmt: skip
        page = client.sign_in(lead).get(PLAN).get_data(as_text=True)
        assert "<title>Delivery plan 2021/22" in page

    def test_its_period_must_run_forwards(self, client, plan, lead):
        sent = {"version": "1", "title": "Plan", "starts_on": "1/4/2022", "ends_on": "1/4/2021"}
        answer = client.sign_in(lead).post(f"{PLAN}/edit", data=sent)
        assert answer.status_code == 422
        assert "must be the same as or after the first day" in answer.get_data(as_text=True)

    def test_editing_an_old_copy_shows_both_texts(self, client, plan, lead):
        sent = {"version": "1", "title": "Mine", "starts_on": "1/4/2021", "ends_on": "31/3/2022"}
        client.sign_in(lead)
        assert client.post(f"{PLAN}/edit", data={**sent, "title": "First"}).status_code == 303
        answer = client.post(f"{PLAN}/edit", data=sent)
        assert answer.status_code == 409
        assert "First" in answer.get_data(as_text=True) and "Mine" in answer.get_data(as_text=True)

    def test_only_a_lead(self, client, plan, not_lead):
        client.sign_in(not_lead)
        assert client.get(f"{PLAN}/edit").status_code == 403
        assert client.post(f"{PLAN}/edit").status_code == 403


class TestAdding:
    def test_everything_a_row_can_say(self, client, plan, lead):
        organisation, group = OrganisationFactory(), BodyFactory()
        aim = AimFactory(workstream_id=plan.workstream_id)
        contributor = MembershipFactory(
            workstream_id=plan.workstream_id, role=MemberRole.CONTRIBUTOR
        ).user
        sent = words(
            how="With the panel\r\nweekly",
            lead_person=str(lead.id),
            lead_organisation=str(organisation.id),
            contributors=[str(contributor.id)],
            start_words="June 2021",
            due_words="by early February 2022",
            reports_to=str(group.id),
            reporting="Quarterly",
            aims=[str(aim.id)],
            domains=["skills", "health"],
        )
        assert client.sign_in(lead).post(f"{PLAN}/add", data=sent).status_code == 303
        [row] = rows()
        assert row.how == "With the panel\nweekly"
        assert (row.start_text, row.start_on) == ("June 2021", date(2021, 6, 1))
        assert (row.due_text, row.due_on) == ("by early February 2022", date(2022, 2, 10))
        assert [d.value for d in row.domains] == ["skills", "health"]
        assert [p.id for p in row.contributors] == [contributor.id]
        assert [a.id for a in row.aims] == [aim.id]
        assert row.reports_to_id == group.id

    def test_words_that_name_no_day_ask_for_one_and_are_kept_as_written(self, client, plan, lead):
        unclear = words(due_words="once funding has been secured")
        client.sign_in(lead)
        answer = client.post(f"{PLAN}/add", data=unclear)
        assert answer.status_code == 422
        assert "We cannot tell which day" in answer.get_data(as_text=True)
        client.post(f"{PLAN}/add", data={**unclear, "due_on": "30 June 2022"})
        [row] = rows()
        assert (row.due_text, row.due_on) == ("once funding has been secured", date(2022, 6, 30))

    def test_it_cannot_be_due_before_it_starts(self, client, plan, lead):
        sent = words(start_words="July 2021", due_words="June 2021")
        answer = client.sign_in(lead).post(f"{PLAN}/add", data=sent)
        assert answer.status_code == 422
        assert "It is due before it starts" in answer.get_data(as_text=True)

    def test_what_is_required_is_said_beside_the_field(self, client, plan, lead):
        answer = client.sign_in(lead).post(f"{PLAN}/add", data=words(what=" "))
        assert answer.status_code == 422
        assert "Enter what will be done" in answer.get_data(as_text=True)

    def test_somebody_without_a_role_here_cannot_be_given_work(self, client, plan, lead):
        stranger = MembershipFactory().user
        answer = client.sign_in(lead).post(f"{PLAN}/add", data=words(lead_person=str(stranger.id)))
        assert answer.status_code == 422
        assert rows() == []

    def test_a_double_click_adds_once(self, client, plan, lead):
        client.sign_in(lead)
        twice = words()
        for _ in range(2):
            assert client.post(f"{PLAN}/add", data=twice).status_code == 303
        assert len(rows()) == 1

    def test_a_resend_with_other_words_is_told_and_kept(self, client, plan, lead):
        client.sign_in(lead)
        first = words(what="Open a kitchen")
        client.post(f"{PLAN}/add", data=first)
        answer = client.post(f"{PLAN}/add", data={**first, "what": "Open a community kitchen"})
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "saved already" in html and "Open a community kitchen" in html

    def test_a_form_without_its_version_saves_over_nobody(self, client, plan, lead):
        activity = ActivityFactory(plan=plan, what="Open a kitchen")
        sent = words(what="Mine")
        del sent["version"]
        url = f"{PLAN}/activities/{activity.id}/edit"
        assert client.sign_in(lead).post(url, data=sent).status_code == 409
        assert rows()[0].what == "Open a kitchen"

    def test_what_no_keyboard_means_is_left_out(self, client, plan, lead):
        client.sign_in(lead).post(f"{PLAN}/add", data=words(what="Open\x00 a\u200b kitchen\x07"))
        assert rows()[0].what == "Open a kitchen"

    def test_only_a_lead(self, client, plan, not_lead):
        assert client.sign_in(not_lead).post(f"{PLAN}/add", data=words()).status_code == 403


class TestEditing:
    def test_a_change_is_saved_and_kept_in_history(self, client, plan, lead):
        activity = ActivityFactory(plan=plan, what="Open a kitchen")
        url = f"{PLAN}/activities/{activity.id}/edit"
        client.sign_in(lead)
        assert client.get(url).status_code == 200
        answer = client.post(url, data=words(version="1", due_words="30 September 2021"))
        assert answer.status_code == 303
        changes = db.session.scalars(
            sa.select(ChangeRecord.changes)
            .where(ChangeRecord.subject_id == activity.id)
            .order_by(ChangeRecord.id.desc())
        ).first()
        assert changes == {"what": ["Open a kitchen", "Open a community kitchen"]}

    def test_an_old_copy_gets_both_texts_and_loses_neither(self, client, plan, lead):
        activity = ActivityFactory(plan=plan, what="Open a kitchen")
        url = f"{PLAN}/activities/{activity.id}/edit"
        client.sign_in(lead)
        client.post(url, data=words(version="1", what="Tom's words"))
        answer = client.post(url, data=words(version="1", what="My words"))
        html = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "Tom&#39;s words" in html and html.count("My words") == 2
        assert db.session.get(Activity, activity.id).what == "Tom's words"

    def test_a_change_of_contributors_counts_as_an_edit(self, client, plan, lead):
        activity = ActivityFactory(plan=plan)
        url = f"{PLAN}/activities/{activity.id}/edit"
        client.sign_in(lead)
        same = words(version="1", what=activity.what, due_words="30 September 2021")
        client.post(url, data={**same, "contributors": [str(lead.id)]})
        assert client.post(url, data=same).status_code == 409

    def test_only_a_lead(self, client, plan, not_lead):
        activity = ActivityFactory(plan=plan)
        url = f"{PLAN}/activities/{activity.id}/edit"
        assert client.sign_in(not_lead).post(url, data=words()).status_code == 403

    def test_an_activity_is_reached_only_through_its_own_workstream(self, client, plan, lead):
        elsewhere = ActivityFactory()
        url = f"{PLAN}/activities/{elsewhere.id}"
        assert client.sign_in(lead).get(url).status_code == 404


class TestRemoving:
    def test_it_asks_first(self, client, plan, lead):
        activity = ActivityFactory(plan=plan, what="Open a kitchen")
        page = client.sign_in(lead).get(f"{PLAN}/activities/{activity.id}/remove")
        assert "Remove this activity from the plan?" in page.get_data(as_text=True)
        assert rows()[0].archived_at is None

    def test_it_is_kept_but_no_longer_in_the_plan(self, client, plan, lead):
        activity = ActivityFactory(plan=plan)
        url = f"{PLAN}/activities/{activity.id}/remove"
        assert client.sign_in(lead).post(url, data={"version": "1"}).status_code == 303
        assert rows()[0].archived_at is not None

    def test_undo_is_offered_and_brings_it_back(self, client, plan, lead):
        activity = ActivityFactory(plan=plan, what="Open a kitchen")
        url = f"{PLAN}/activities/{activity.id}/remove"
        answer = client.sign_in(lead).post(url, data={"version": "1"})
        page = client.get(answer.location).get_data(as_text=True)
        assert "Activity removed" in page and "Open a kitchen" not in page
        change = answer.location.rpartition("undo=")[2]
        undone = client.post(f"/workstreams/new-parks/history/{change}/undo", data={"next": PLAN})
        assert undone.status_code == 303
        assert "Open a kitchen" in client.get(PLAN).get_data(as_text=True)

    def test_what_somebody_has_changed_meanwhile_is_not_removed_unread(self, client, plan, lead):
        activity = ActivityFactory(plan=plan)
        activity.how = "More"
        url = f"{PLAN}/activities/{activity.id}/remove"
        assert client.sign_in(lead).post(url, data={"version": "1"}).status_code == 409
        assert rows()[0].archived_at is None

    def test_only_a_lead(self, client, plan, not_lead):
        url = f"{PLAN}/activities/{ActivityFactory(plan=plan).id}/remove"
        assert client.sign_in(not_lead).post(url, data={"version": "1"}).status_code == 403


class TestOrdering:
    @pytest.fixture
    def three(self, plan):
        return [ActivityFactory(plan=plan, what=what, position=n) for n, what in enumerate("abc")]

    def order(self):
        return "".join(row.what for row in rows())

    def test_by_buttons(self, client, three, lead):
        client.sign_in(lead)
        client.post(f"{PLAN}/order", data={"version": "0", "down": str(three[0].id)})
        assert self.order() == "bac"
        client.post(f"{PLAN}/order", data={"version": "0", "up": str(three[2].id)})
        assert self.order() == "bca"

    def test_by_dragging(self, client, three, lead):
        client.sign_in(lead)
        sent = {"version": "0", "activity_id": str(three[2].id), "before_id": str(three[0].id)}
        answer = client.htmx("POST", f"{PLAN}/order", data=sent)
        assert answer.status_code == 200
        assert self.order() == "cab"
        client.htmx("POST", f"{PLAN}/order", data={**sent, "before_id": ""})
        assert self.order() == "abc"

    def test_moving_does_not_disturb_somebody_who_is_editing_the_row(self, client, three, lead):
        client.sign_in(lead)
        client.post(f"{PLAN}/order", data={"version": "0", "down": str(three[0].id)})
        url = f"{PLAN}/activities/{three[0].id}/edit"
        assert client.post(url, data=words(version="1")).status_code == 303

    def test_every_row_of_a_long_plan_can_be_moved(self, client, plan, lead):
        for number in range(105):
            ActivityFactory(plan=plan, what=f"Row {number:03}", position=number)
        page = client.sign_in(lead).get(f"{PLAN}/order").get_data(as_text=True)
        assert "Row 000" in page and "Row 104" in page

    def test_a_move_is_in_the_history(self, client, three, lead):
        client.sign_in(lead)
        client.post(f"{PLAN}/order", data={"version": "0", "down": str(three[0].id)})
        last = db.session.scalars(sa.select(ChangeRecord).order_by(ChangeRecord.id.desc())).first()
        assert last.changes == {"position": [1, 2]}
        assert last.actor_id == lead.id

    @pytest.mark.parametrize("sent", [{"up": "nonsense"}, {"up": NOBODYS_ID}, {}])
    def test_a_row_that_is_gone_gets_a_clear_answer(self, client, three, lead, sent):
        answer = client.sign_in(lead).post(f"{PLAN}/order", data={"version": "0", **sent})
        assert answer.status_code == 422
        assert "no longer in the plan" in answer.get_data(as_text=True)
        assert self.order() == "abc"

    def test_only_a_lead(self, client, three, not_lead):
        sent = {"version": "0", "down": str(three[0].id)}
        assert client.sign_in(not_lead).post(f"{PLAN}/order", data=sent).status_code == 403
