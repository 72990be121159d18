"""Agreement: a draft is submitted, agreed and one day superseded; agreed dates stay."""

import uuid
from datetime import date

import pytest

from app.core.acting import acting
from app.core.errors import EditConflict, Refused
from app.delivery import agreement, next_period, progress, services
from app.delivery.content import PlanContent
from app.delivery.models import (
    Activity,
    DeliveryPlan,
    Milestone,
    PlanStatus,
    PlanVersion,
    Rag,
    VersionKind,
)
from app.delivery.plan_reading import current_plan
from app.extensions import db
from app.workstreams.models import MemberRole, Workstream
from tests.client import HTMX
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
)
from tests.factories.workstreams import BodyFactory, MembershipFactory, WorkstreamFactory

PLAN = "/workstreams/new-parks/plan"


@pytest.fixture
def plan(db):
    workstream = WorkstreamFactory(name="New Parks", slug="new-parks")
    return DeliveryPlanFactory(workstream_id=workstream.id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def officer(db):
    return UserFactory(administrator=True)


def revision_of(plan):
    db.session.refresh(plan, ["standing"])
    return plan.standing.revision


def agreed(plan, lead, on=TODAY):
    """Take a plan through submission to agreement by its services."""
    with acting(lead):
        agreement.submit(plan=plan, version=plan.version, by=lead)
        agreement.agree(plan=plan, version=plan.version, seen=None, by=lead, on=on)
    return plan


class TestSubmitting:
    def test_a_lead_submits_a_draft_and_a_version_is_kept(self, client, plan, lead):
        ActivityFactory(plan=plan, what="Open the kitchen")
        page = client.sign_in(lead)
        answer = page.post(f"{PLAN}/submit", data={"version": plan.version})
        assert answer.status_code == 303
        db.session.refresh(plan)
        assert plan.status is PlanStatus.SUBMITTED
        assert (plan.submitted_on, plan.submitted_by_id) == (TODAY, lead.id)
        version = db.session.query(PlanVersion).one()
        assert (version.kind, version.number) == (VersionKind.SUBMITTED, 1)

    def test_an_empty_plan_is_not_submitted(self, client, plan, lead):
        answer = client.sign_in(lead).post(f"{PLAN}/submit", data={"version": plan.version})
        assert answer.status_code == 422
        assert "Add at least one activity" in answer.text

    def test_a_second_press_changes_nothing(self, client, plan, lead):
        ActivityFactory(plan=plan)
        version = plan.version
        client.sign_in(lead).post(f"{PLAN}/submit", data={"version": version})
        again = client.post(f"{PLAN}/submit", data={"version": version})
        assert again.status_code == 409
        assert db.session.query(PlanVersion).count() == 1

    def test_those_who_submitted_take_it_back(self, client, plan, lead):
        ActivityFactory(plan=plan)
        client.sign_in(lead).post(f"{PLAN}/submit", data={"version": plan.version})
        db.session.refresh(plan)
        client.post(f"{PLAN}/take-back", data={"version": plan.version})
        db.session.refresh(plan)
        assert plan.status is PlanStatus.DRAFT


class TestAgreeing:
    @pytest.fixture
    def submitted(self, plan, lead):
        row = ActivityFactory(plan=plan, what="Open the kitchen")
        MilestoneFactory(plan=plan, activity_id=row.id)
        with acting(lead):
            agreement.submit(plan=plan, version=plan.version, by=lead)
        db.session.commit()
        return plan

    def send(self, client, plan, **data):
        fields = {
            "version": plan.version,
            "seen": revision_of(plan),
            "agreed_on": "7 June 2021",
            "agreed_at": "",
        }
        return client.post(f"{PLAN}/agree", data=fields | data)

    def test_it_says_when_and_by_whom(self, client, submitted, officer):
        body = BodyFactory(name="Strategic Partnership Board", abbreviation="SPB")
        answer = self.send(client.sign_in(officer), submitted, agreed_at=body.id)
        assert answer.status_code == 303
        db.session.refresh(submitted)
        assert submitted.status is PlanStatus.AGREED
        assert (submitted.agreed_on, submitted.agreed_by_id) == (date(2021, 6, 7), officer.id)
        page = client.get(f"{PLAN}/agreement").text
        assert "Agreed on 7 June 2021 by Strategic Partnership Board" in page
        assert officer.name in page

    def test_a_lead_does_not_agree_their_own_plan(self, client, submitted, lead):
        assert self.send(client.sign_in(lead), submitted).status_code == 403

    def test_every_date_is_locked_and_a_version_kept(self, client, submitted, officer):
        self.send(client.sign_in(officer), submitted)
        db.session.expire_all()
        rows = [*db.session.query(Activity), *db.session.query(Milestone)]
        assert {row.agreed_on for row in rows} == {date(2021, 6, 7)}
        version = db.session.query(PlanVersion).filter_by(kind=VersionKind.AGREED).one()
        content = PlanContent.from_json(version.content)
        assert [row["what"] for row in content.activities.values()] == ["Open the kitchen"]
        assert version.taken_on == date(2021, 6, 7)

    def test_not_on_a_day_to_come(self, client, submitted, officer):
        answer = self.send(client.sign_in(officer), submitted, agreed_on="19 June 2021")
        assert answer.status_code == 422
        assert "cannot be in the future" in answer.text

    def test_not_what_nobody_looked_at(self, client, submitted, officer):
        """A row changed between the page that was read and the button that was pressed."""
        client.sign_in(officer)
        seen = revision_of(submitted)
        ActivityFactory(plan=submitted, what="Slipped in")
        db.session.commit()
        answer = self.send(client, submitted, seen=seen)
        assert answer.status_code == 422
        assert "Somebody has changed the plan" in answer.text
        db.session.refresh(submitted)
        assert submitted.status is PlanStatus.SUBMITTED

    def test_a_draft_is_not_agreed(self, client, plan, officer):
        ActivityFactory(plan=plan)
        answer = self.send(client.sign_in(officer), plan)
        assert answer.status_code == 422
        assert "The plan is draft" in answer.text

    def test_sending_back_needs_a_reason_which_the_lead_reads(
        self, client, submitted, officer, lead
    ):
        client.sign_in(officer)
        url = f"{PLAN}/send-back"
        refused = client.post(url, data={"version": submitted.version, "sent_back_reason": ""})
        assert refused.status_code == 422
        words = "Say who leads the kitchen"
        client.post(url, data={"version": submitted.version, "sent_back_reason": words})
        assert words in client.sign_in(lead).get(PLAN).text
        db.session.refresh(submitted)
        assert submitted.status is PlanStatus.DRAFT

    def test_of_two_who_decide_at_once_the_second_is_told(self, submitted, officer):
        opened_at = submitted.version
        agreement.send_back(plan=submitted, version=opened_at, reason="Not yet")
        with pytest.raises(EditConflict):
            agreement.agree(plan=submitted, version=opened_at, seen=None, by=officer, on=TODAY)

    def test_what_is_added_later_is_agreed_later(self, client, submitted, officer):
        self.send(client.sign_in(officer), submitted)
        db.session.refresh(submitted)
        late = ActivityFactory(plan=submitted, what="Thought of later")
        db.session.commit()
        assert late.agreed_on is None
        assert "1 activity added since it was agreed" in client.get(PLAN).text
        self.send(client, submitted, agreed_on="18 June 2021")
        db.session.expire_all()
        assert late.agreed_on == date(2021, 6, 18)
        # The day of the plan itself stays the first.
        assert submitted.agreed_on == date(2021, 6, 7)
        again = self.send(client, submitted)
        assert again.status_code == 422
        assert "agreed already" in again.text


class TestAnAgreedDateStays:
    @pytest.fixture
    def row(self, plan, lead):
        row = ActivityFactory(plan=plan, what="Open the kitchen")
        agreed(plan, lead)
        db.session.commit()
        return row

    def test_the_form_does_not_ask_for_it(self, client, row, lead):
        page = client.sign_in(lead).get(f"{PLAN}/activities/{row.id}/edit").text
        assert 'name="due_words"' not in page
        assert "as agreed on 18 June 2021" in page

    def test_everything_else_is_still_edited(self, client, row, lead):
        data = {"version": row.version, "what": "Open the community kitchen"}
        answer = client.sign_in(lead).post(f"{PLAN}/activities/{row.id}/edit", data=data)
        assert answer.status_code == 303
        db.session.refresh(row)
        assert (row.what, row.due_on) == ("Open the community kitchen", date(2021, 9, 30))

    def test_a_form_from_before_loses_nothing_in_silence(self, client, row, lead):
        data = {"version": row.version, "what": "Other words", "due_words": "1 November 2021"}
        answer = client.sign_in(lead).post(f"{PLAN}/activities/{row.id}/edit", data=data)
        assert answer.status_code == 422
        assert "agreed while you were editing" in answer.text
        assert "1 November 2021" in answer.text
        assert "Other words" in answer.text

    def test_no_write_moves_it(self, row):
        row.due_text, row.due_on = "1 November 2021", date(2021, 11, 1)
        with pytest.raises(Refused, match="stays as promised"):
            db.session.flush()
        db.session.rollback()

    def test_nor_that_of_a_milestone(self, plan, lead):
        row = ActivityFactory(plan=plan)
        milestone = MilestoneFactory(plan=plan, activity_id=row.id)
        agreed(plan, lead)
        milestone.promised_on = date(2021, 12, 1)
        with pytest.raises(Refused):
            db.session.flush()
        db.session.rollback()

    def test_nor_the_period_of_the_plan(self, client, row, plan, lead):
        page = client.sign_in(lead).get(f"{PLAN}/edit").text
        assert 'name="ends_on"' not in page
        plan.ends_on = date(2022, 6, 30)
        with pytest.raises(Refused):
            db.session.flush()
        db.session.rollback()

    def test_a_row_agreed_without_a_date_may_be_given_one(self, plan, lead):
        row = ActivityFactory(plan=plan, due_text="", due_on=None)
        agreed(plan, lead)
        row.due_text, row.due_on = "1 November 2021", date(2021, 11, 1)
        db.session.flush()
        assert row.due_on == date(2021, 11, 1)

    def test_a_version_is_never_changed(self, row):
        version = db.session.query(PlanVersion).first()
        version.label = "Another name"
        with pytest.raises(RuntimeError):
            db.session.flush()
        db.session.rollback()


class TestSlippage:
    """Days later than agreed, and whether that is after the plan's last day; shown on the row, the
    plan and the portfolio."""

    @pytest.fixture
    def row(self, plan, lead):
        return ActivityFactory(plan=plan, what="Open the kitchen", lead_person=lead)

    def forecast(self, client, row, words):
        data = {
            "id": uuid.uuid4(),
            "version": row.version,
            "text": "The builders are late",
            "rag": "amber",
            "rag_reason": "Builders",
            "forecast_on": words,
        }
        answer = client.post(f"{PLAN}/activities/{row.id}/update", data=data)
        assert answer.status_code == 303

    def test_a_draft_does_not_slip(self, client, plan, row, lead):
        self.forecast(client.sign_in(lead), row, "30 October 2021")
        assert "later than agreed" not in client.get(PLAN).text

    def test_an_agreed_date_does(self, client, plan, row, lead):
        agreed(plan, lead)
        db.session.commit()
        self.forecast(client.sign_in(lead), row, "30 October 2021")
        page = client.get(PLAN).text
        assert "30 days later than agreed</span>" in page
        assert "1 date slipped, by 30 days" in page
        assert "1 date slipped, by 30 days" in client.get("/workstreams").text
        assert "1 date slipped, by 30 days" in client.get("/workstreams/new-parks").text
        assert "30 days later than agreed" in client.get(f"{PLAN}/activities/{row.id}").text

    def test_it_may_leave_the_period(self, client, plan, row, lead):
        agreed(plan, lead)
        db.session.commit()
        self.forecast(client.sign_in(lead), row, "1 April 2022")
        assert "183 days later than agreed, after the plan ends" in client.get(PLAN).text
        assert "1 left the period" in client.get("/workstreams").text

    def test_an_earlier_date_is_no_slippage(self, client, plan, row, lead):
        agreed(plan, lead)
        db.session.commit()
        self.forecast(client.sign_in(lead), row, "1 September 2021")
        assert "later than agreed" not in client.get(PLAN).text

    def test_a_milestone_slips_too_and_its_row_is_found(self, client, plan, row, lead):
        milestone = MilestoneFactory(plan=plan, activity_id=row.id)
        ActivityFactory(plan=plan, what="Another row")
        agreed(plan, lead)
        milestone.forecast_on = date(2021, 8, 10)
        db.session.commit()
        page = client.sign_in(lead).get(f"{PLAN}?show=slipped").text
        assert "1 date slipped, by 10 days" in page
        assert ">Open the kitchen</a></h3>" in page
        assert ">Another row</a></h3>" not in page

    def test_what_is_done_has_slipped_by_when_it_was_done(self, client, plan, lead):
        row = ActivityFactory(plan=plan, due_text="1 June 2021", due_on=date(2021, 6, 1))
        agreed(plan, lead)
        row.done_on = date(2021, 6, 11)
        db.session.commit()
        page = client.sign_in(lead).get(PLAN).text
        assert "10 days later than agreed" in page
        assert "date slipped" not in page  # nothing open has


class TestTheNextPlan:
    @pytest.fixture
    def rows(self, plan, lead):
        open_row = ActivityFactory(
            plan=plan,
            what="Open the kitchen",
            lead_person=lead,
            forecast_on=date(2022, 5, 1),
            contributors=[lead],
        )
        MilestoneFactory(plan=plan, activity_id=open_row.id, title="Keys handed over")
        done = ActivityFactory(plan=plan, what="Paint the hall", done_on=date(2021, 5, 1))
        agreed(plan, lead)
        db.session.commit()
        return open_row, done

    def start(self, client, plan, carry=(), **data):
        fields = {
            "id": uuid.uuid4(),
            "title": "Delivery plan 2022/23",
            "starts_on": "1 April 2022",
            "ends_on": "31 March 2023",
            "carry": [str(row.id) for row in carry],
        }
        return client.post(f"{PLAN}/next", data=fields | data)

    def next_plan(self):
        return db.session.query(DeliveryPlan).filter_by(title="Delivery plan 2022/23").one()

    def test_it_offers_what_is_unfinished(self, client, rows, plan, lead):
        page = client.sign_in(lead).get(f"{PLAN}/next").text
        assert "Open the kitchen" in page
        assert "Paint the hall" not in page
        assert 'value="1 April 2022"' in page

    def test_carried_rows_are_marked_and_keep_what_is_known(self, client, rows, plan, lead):
        answer = self.start(client.sign_in(lead), plan, carry=rows[:1])
        assert answer.status_code == 303
        new = self.next_plan()
        (copy,) = db.session.query(Activity).filter_by(plan_id=new.id)
        assert (copy.what, copy.carried_from_id) == ("Open the kitchen", rows[0].id)
        assert copy.due_on == date(2022, 5, 1)  # as it is now expected
        assert copy.contributors == [lead]
        assert copy.agreed_on is None
        assert [m.title for m in db.session.query(Milestone).filter_by(plan_id=new.id)] == [
            "Keys handed over"
        ]
        page = client.get(answer.headers["Location"]).text
        assert "Carried over from the plan before" in page
        assert "This is not the plan worked to now" in page
        detail = client.get(f"{PLAN}/activities/{copy.id}").text
        assert "where it was due on 30 September 2021" in detail

    def test_the_agreed_plan_is_worked_to_until_then(self, client, rows, plan, lead):
        self.start(client.sign_in(lead), plan, carry=rows[:1], starts_on="1 May 2021")
        assert current_plan(plan.workstream_id).id == plan.id
        page = client.get(PLAN).text
        assert "The next plan: " in page

    def test_one_at_a_time(self, client, rows, plan, lead):
        self.start(client.sign_in(lead), plan)
        again = self.start(client, plan, title="Yet another")
        assert again.status_code == 422
        assert "has been started already: Delivery plan 2022/23" in again.text

    def test_sent_twice_it_is_started_once(self, client, rows, plan, lead):
        form_id = uuid.uuid4()
        for _ in range(2):
            answer = self.start(client.sign_in(lead), plan, carry=rows[:1], id=form_id)
            assert answer.status_code == 303
        assert db.session.query(Activity).filter_by(plan_id=self.next_plan().id).count() == 1

    def test_a_draft_has_none(self, client, plan, lead):
        answer = self.start(client.sign_in(lead), plan)
        assert answer.status_code == 422
        assert "not agreed yet" in answer.text

    def test_another_workstreams_row_is_not_carried(self, client, rows, plan, lead):
        other = ActivityFactory()
        answer = self.start(client.sign_in(lead), plan, carry=[other])
        assert answer.status_code == 422

    def begin(self, plan, rows, starts_on, lead):
        return next_period.start_next_plan(
            plan=plan,
            plan_id=uuid.uuid4(),
            title="Next",
            starts_on=starts_on,
            ends_on=date(2023, 3, 31),
            carry=[row.id for row in rows],
        )

    def test_agreeing_it_supersedes_the_last_from_its_first_day(self, rows, plan, lead):
        begun = agreed(self.begin(plan, rows[:1], date(2022, 4, 1), lead), lead)
        assert plan.superseded_on == date(2022, 4, 1)
        assert plan.status_on(TODAY) is PlanStatus.AGREED
        assert plan.status_on(date(2022, 4, 1)) is PlanStatus.SUPERSEDED
        assert current_plan(plan.workstream_id).id == plan.id
        assert begun.superseded_on is None

    def test_what_was_reported_meanwhile_comes_along(self, rows, plan, lead):
        begun = self.begin(plan, rows[:1], date(2021, 5, 1), lead)
        old = rows[0]
        old.done_on, old.last_word_on = date(2021, 6, 10), date(2021, 6, 10)
        db.session.flush()
        agreed(begun, lead)
        (copy,) = db.session.query(Activity).filter_by(plan_id=begun.id)
        assert copy.done_on == date(2021, 6, 10)

    def test_what_is_reported_before_an_agreed_next_plan_begins_is_true_there_too(
        self, rows, plan, lead
    ):
        begun = agreed(self.begin(plan, rows[:1], date(2022, 4, 1), lead), lead)
        (copy,) = db.session.query(Activity).filter_by(plan_id=begun.id)

        def report(rag):
            with acting(lead):
                progress.post_update(
                    activity=rows[0], update_id=uuid.uuid4(), version=rows[0].version, by=lead,
                    text="Voles", rag=rag, rag_reason="Voles", forecast_on=date(2022, 6, 1),
                )  # fmt: skip

        report(Rag.AMBER)
        assert (copy.rag, copy.rag_reason, copy.last_word_on) == (Rag.AMBER, "Voles", TODAY)
        assert copy.forecast_on == date(2022, 6, 1)
        copy.last_word_on = date(2021, 6, 19)  # it has had a later word of its own
        report(Rag.RED)
        assert copy.rag is Rag.AMBER

    def test_a_superseded_plan_is_for_reading(self, client, rows, plan, lead):
        begun = agreed(self.begin(plan, rows[:1], date(2021, 5, 1), lead), lead)
        db.session.commit()
        assert current_plan(plan.workstream_id).id == begun.id
        client.sign_in(lead)
        page = client.get(f"/workstreams/new-parks/plans/{plan.id}").text
        assert "was superseded on 18 June 2021 and no longer changes" in page
        assert "Add an activity" not in page
        old = rows[0]
        answer = client.post(
            f"{PLAN}/activities/{old.id}/edit", data={"version": old.version, "what": "Late"}
        )
        assert answer.status_code == 422
        assert "no longer changes" in answer.text
        with pytest.raises(Refused):
            services.remove_activity(activity=old, version=old.version)
        db.session.rollback()

    @pytest.mark.parametrize("htmx", [False, True])
    def test_whatever_one_tries_with_a_superseded_plan_is_answered_in_words(
        self, client, rows, plan, lead, htmx
    ):
        first, second = rows[:2]
        done = MilestoneFactory(plan=plan, activity_id=first.id, done_on=TODAY)
        open_one = MilestoneFactory(plan=plan, activity_id=first.id)
        agreed(self.begin(plan, rows[:1], date(2021, 5, 1), lead), lead)
        db.session.commit()
        client.sign_in(lead)
        of_plan = f"/workstreams/new-parks/plans/{plan.id}"
        for url, data in (
            (f"{PLAN}/milestones/{open_one.id}/tick", {}),
            (f"{PLAN}/milestones/{done.id}/untick", {}),
            (f"{of_plan}/order", {"down": str(first.id)}),
            (f"{of_plan}/versions/keep", {"id": str(uuid.uuid4()), "label": "For the board"}),
            (
                f"{of_plan}/edit",
                {"version": plan.version, "title": "Another", "starts_on": "", "ends_on": ""},
            ),
            (
                f"{PLAN}/activities/{first.id}/update",
                {"version": first.version, "id": str(uuid.uuid4()), "text": "Late", "rag": "green"},
            ),
        ):
            in_place = htmx and not url.endswith(("/edit", "/keep"))
            answer = client.post(url, data=data, headers=HTMX if in_place else {})
            assert answer.status_code == 422, url
            assert "superseded on 18 June 2021 and no longer changes" in answer.text, url
        db.session.expire_all()
        assert first.position < second.position
        assert (open_one.done_on, done.done_on) == (None, TODAY)


def test_a_plan_is_found_only_in_its_own_workstream(client, plan, lead):
    elsewhere = DeliveryPlanFactory()
    other = db.session.get(Workstream, elsewhere.workstream_id)
    client.sign_in(lead)
    assert client.get(f"/workstreams/new-parks/plans/{elsewhere.id}").status_code == 404
    assert client.get(f"/workstreams/{other.slug}/plans/{elsewhere.id}").status_code == 404
