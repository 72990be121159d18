"""How a plan stands is kept beside it; here it is compared with what its rows say."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.delivery.models import Activity, PlanStanding, Rag
from app.delivery.standing import worked_out
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import BodyFactory, MembershipFactory, WorkstreamFactory

PLAN = "/workstreams/new-parks/plan"


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id).user


def kept(plan):
    row = db.session.execute(
        sa.select(PlanStanding.__table__).where(PlanStanding.plan_id == plan.id)
    ).one()
    return {
        name: value for name, value in row._mapping.items() if name not in ("plan_id", "revision")
    }


def check(plan):
    """What is kept is what its rows say; gives it."""
    db.session.flush()
    standing = kept(plan)
    assert standing == worked_out(db.session(), [plan.id])[plan.id]
    return standing


def test_counts_are_of_what_is_open(plan):
    for rag, reason in ((Rag.RED, "No money"), (Rag.AMBER, "Late"), (Rag.GREEN, ""), (None, "")):
        ActivityFactory(plan=plan, rag=rag, rag_reason=reason)
    ActivityFactory(plan=plan, rag=Rag.RED, rag_reason="Was", done_on=date(2021, 5, 1))
    standing = check(plan)
    counts = {name: standing[name] for name in ("red", "amber", "green", "unrated", "done")}
    assert counts == {"red": 1, "amber": 1, "green": 1, "unrated": 1, "done": 1}


def test_the_reason_is_the_newest_of_the_worst_colour(plan):
    ActivityFactory(plan=plan, rag=Rag.RED, rag_reason="Old", last_word_on=date(2021, 5, 1))
    ActivityFactory(plan=plan, rag=Rag.RED, rag_reason="New", last_word_on=date(2021, 6, 1))
    ActivityFactory(plan=plan, rag=Rag.AMBER, rag_reason="Newer", last_word_on=date(2021, 6, 9))
    assert check(plan)["reason"] == "New"


def test_the_next_milestone_is_the_first_expected_that_is_not_done(plan):
    MilestoneFactory(
        plan=plan, title="Done", promised_on=date(2021, 5, 1), done_on=date(2021, 5, 1)
    )
    MilestoneFactory(
        plan=plan, title="Moved", promised_on=date(2021, 6, 1), forecast_on=date(2021, 9, 1)
    )
    MilestoneFactory(plan=plan, title="Next", promised_on=date(2021, 7, 1))
    standing = check(plan)
    assert (standing["next_title"], standing["next_expected_on"]) == ("Next", date(2021, 7, 1))


def test_every_way_of_changing_a_plan_keeps_it_right(client, plan, lead):
    activity = ActivityFactory(plan=plan)
    milestone = MilestoneFactory(plan=plan, activity_id=activity.id)
    client.sign_in(lead)
    steps = [
        (f"activities/{activity.id}/update", {
            "id": new_id(), "version": "1", "text": "Word", "rag": "red", "rag_reason": "Why",
            "forecast_on": "",
        }),
        (f"milestones/{milestone.id}/tick", {}),
        (f"milestones/{milestone.id}/untick", {}),
        (f"milestones/{milestone.id}/edit", {
            "version": "3", "title": "New words", "promised_words": "June 2021",
            "promised_on": "", "forecast_on": "1/8/2021", "done_on": "", "evidence": "",
        }),
        (f"milestones/{milestone.id}/remove", {"version": "4"}),
        (f"activities/{activity.id}/remove", {"version": "2"}),
    ]  # fmt: skip
    seen = []
    for path, data in steps:
        assert client.post(f"{PLAN}/{path}", data=data).status_code == 303, path
        seen.append(check(plan))
    assert [standing["red"] for standing in seen] == [1, 1, 1, 1, 1, 0]
    assert [standing["next_title"] != "" for standing in seen] == [
        True,
        False,
        True,
        True,
        False,
        False,
    ]


def test_a_change_that_is_rolled_back_changes_nothing(plan):
    ActivityFactory(plan=plan, rag=Rag.GREEN)
    db.session.commit()
    db.session.scalars(sa.select(Activity)).one().rag = Rag.RED
    try:
        db.session.flush()
    except sa.exc.IntegrityError:  # red without a reason
        db.session.rollback()
    assert check(plan)["green"] == 1


class TestThePageIsReadAnewWhen:
    """The plan page keeps what it has read until the plan's revision moves on."""

    @pytest.fixture
    def page(self, client, plan, lead):
        client.sign_in(lead)

        def read():
            return client.get(PLAN).get_data(as_text=True)

        return read

    def test_a_row_changes(self, page, client, plan):
        activity = ActivityFactory(plan=plan, what="Open a kitchen")
        assert "Open a kitchen" in page()
        activity.what = "Open a community kitchen"
        assert "Open a community kitchen" in page()

    def test_rows_change_places(self, page, client, plan):
        first = ActivityFactory(plan=plan, what="Alpha", position=0)
        ActivityFactory(plan=plan, what="Omega", position=1)
        assert page().index("Alpha") < page().index("Omega")
        client.post(f"{PLAN}/order", data={"version": "0", "down": str(first.id)})
        assert page().index("Omega") < page().index("Alpha")

    def test_a_milestone_waits_for_another(self, page, client, plan):
        first = MilestoneFactory(plan=plan, title="First")
        last = MilestoneFactory(plan=plan, title="Last")
        assert "It waits for" not in page()
        url = f"{PLAN}/milestones/{last.id}/waits-for"
        client.post(url, data={"version": "1", "waits_for": [str(first.id)]})
        assert "It waits for: First" in page()
        client.post(url, data={"version": "2"})
        assert "It waits for" not in page()

    def test_somebody_or_their_organisation_is_renamed(self, page, plan):
        person = UserFactory(name="Asha Patel", organisation__name="Old Council")
        ActivityFactory(plan=plan, lead_person=person, lead_organisation=person.organisation)
        assert "Asha Patel" in page()
        person.name = "Asha Patel-Jones"
        person.organisation.name = "New Council"
        read = page()
        assert "Asha Patel-Jones" in read and "New Council" in read

    def test_but_not_when_somebody_only_changes_how_they_sign_in(self, plan):
        person = UserFactory()
        ActivityFactory(plan=plan, lead_person=person)

        def revision():
            db.session.flush()
            return db.session.scalar(
                sa.select(PlanStanding.revision).where(PlanStanding.plan_id == plan.id)
            )

        before = revision()
        person.password = "another hash"
        assert revision() == before
        person.name = "Asha Patel-Jones"
        assert revision() != before

    def test_a_group_that_rows_report_to_is_renamed(self, page, plan):
        group = BodyFactory(name="Old group")
        ActivityFactory(plan=plan, reports_to=group)
        assert "Reports to Old group" in page()
        group.name = "New group"
        assert "Reports to New group" in page()

    def test_somebody_else_looks(self, client, plan, lead):
        helper = MembershipFactory(
            workstream_id=plan.workstream_id, role=MemberRole.CONTRIBUTOR
        ).user
        ActivityFactory(plan=plan, contributors=[helper])
        seen = [client.sign_in(user).get(PLAN).get_data(as_text=True) for user in (lead, helper)]
        assert all("/update" in read for read in seen)
        other = MembershipFactory(
            workstream_id=plan.workstream_id, role=MemberRole.CONTRIBUTOR
        ).user
        assert "/update" not in client.sign_in(other).get(PLAN).get_data(as_text=True)
