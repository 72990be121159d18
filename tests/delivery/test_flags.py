"""What in the plans needs somebody, and whom."""

from datetime import date

import pytest

from app.delivery.flags import DUE_SOON, OVERDUE, RED, SILENT, delivery_flags
from app.delivery.models import Rag
from app.workstreams.models import MemberRole, WorkstreamStatus
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

RECENT = date(2021, 6, 10)


@pytest.fixture
def workstream(app):
    return WorkstreamFactory(slug="new-parks", name="New Parks")


@pytest.fixture
def plan(workstream):
    return DeliveryPlanFactory(workstream_id=workstream.id)


@pytest.fixture
def lead(workstream):
    return MembershipFactory(workstream_id=workstream.id, role=MemberRole.LEAD).user


def quiet(plan, **changes):
    """An activity that needs nobody, but for `changes`."""
    return ActivityFactory(plan=plan, rag=Rag.GREEN, last_word_on=RECENT, **changes)


def kinds(user):
    return [(flag.kind, flag.title) for flag in delivery_flags(user, TODAY)]


def test_what_is_on_track_needs_nobody(plan, lead):
    quiet(plan)
    assert kinds(lead) == []


@pytest.mark.parametrize(
    ("changes", "kind", "why"),
    [
        (
            {"due_text": "7 June 2021", "due_on": date(2021, 6, 7)},
            OVERDUE,
            "It was due on 7 June 2021, 11 days ago.",
        ),
        (
            {"due_text": "2 July 2021", "due_on": date(2021, 7, 2)},
            DUE_SOON,
            "It is due in 14 days, on 2 July 2021.",
        ),
        ({"due_text": "today", "due_on": TODAY}, DUE_SOON, "It is due today."),
        ({"last_word_on": date(2021, 5, 19)}, SILENT, "Nobody has posted an update for 30 days."),
        ({"last_word_on": None}, SILENT, "Nobody has posted an update yet."),
    ],
)  # fmt: skip
def test_each_flag_says_why(plan, lead, changes, kind, why):
    ActivityFactory(plan=plan, **{"rag": Rag.GREEN, "last_word_on": RECENT, **changes})
    [flag] = delivery_flags(lead, TODAY)
    assert (flag.kind, flag.why) == (kind, why)


def test_red_and_amber_carry_their_reason(plan, lead):
    ActivityFactory(plan=plan, rag=Rag.RED, rag_reason="No room", last_word_on=RECENT)
    [flag] = delivery_flags(lead, TODAY)
    assert (flag.kind, flag.why) == (RED, "Red: No room.")


def test_an_activity_raises_one_flag_that_says_everything(plan, lead):
    ActivityFactory(
        plan=plan, due_text="7 June 2021", due_on=date(2021, 6, 7), rag=Rag.AMBER,
        rag_reason="No room", forecast_on=date(2021, 7, 1), last_word_on=date(2021, 5, 1),
    )  # fmt: skip
    [flag] = delivery_flags(lead, TODAY)
    assert flag.kind is OVERDUE
    assert "forecast for 1 July 2021" in flag.why
    assert "Amber: No room." in flag.why
    assert "for 48 days" in flag.why


def test_fifteen_days_ahead_is_not_soon(plan, lead):
    quiet(plan, due_text="3 July 2021", due_on=date(2021, 7, 3))
    assert kinds(lead) == []


def test_what_has_not_started_owes_nobody_a_word(plan, lead):
    ActivityFactory(plan=plan, start_text="July 2021", start_on=date(2021, 7, 1))
    assert kinds(lead) == []


def test_what_is_done_or_removed_needs_nobody(plan, lead):
    ActivityFactory(plan=plan, done_on=RECENT)
    ActivityFactory(plan=plan, archived_at=_noon())
    assert kinds(lead) == []


@pytest.mark.parametrize(
    "status", [WorkstreamStatus.PROPOSED, WorkstreamStatus.PAUSED, WorkstreamStatus.CLOSED]
)
def test_a_workstream_that_is_not_running_chases_nobody(plan, lead, workstream, status):
    workstream.status = status
    ActivityFactory(plan=plan)
    assert kinds(lead) == []


class TestWhomItNeeds:
    def test_a_contributor_only_where_it_is_assigned_to_them(self, plan, workstream):
        person = MembershipFactory(workstream_id=workstream.id, role=MemberRole.CONTRIBUTOR).user
        ActivityFactory(plan=plan, what="mine", contributors=[person])
        ActivityFactory(plan=plan, what="led", lead_person=person)
        ActivityFactory(plan=plan, what="other")
        assert {title for _, title in kinds(person)} == {"mine", "led"}

    def test_a_lead_of_the_programme_above(self, app):
        programme = WorkstreamFactory()
        zone = WorkstreamFactory(parent_id=programme.id)
        person = MembershipFactory(workstream_id=programme.id, role=MemberRole.LEAD).user
        ActivityFactory(plan=DeliveryPlanFactory(workstream_id=zone.id), what="below")
        assert kinds(person) == [(SILENT, "below")]

    @pytest.mark.parametrize("role", [MemberRole.EVALUATOR, MemberRole.READER])
    def test_not_those_who_only_read(self, plan, workstream, role):
        person = MembershipFactory(workstream_id=workstream.id, role=role).user
        ActivityFactory(plan=plan)
        assert kinds(person) == []

    def test_not_a_reader_who_could_not_answer_it(self, plan, workstream):
        person = MembershipFactory(workstream_id=workstream.id, role=MemberRole.READER).user
        ActivityFactory(plan=plan, lead_person=person)
        assert kinds(person) == []

    def test_not_every_administrator(self, plan):
        ActivityFactory(plan=plan)
        assert kinds(UserFactory(administrator=True)) == []

    def test_not_somebody_who_has_lost_their_role(self, plan):
        former = UserFactory()
        ActivityFactory(plan=plan, lead_person=former)
        assert kinds(former) == []


class TestMilestones:
    def test_late_and_soon(self, plan, lead):
        MilestoneFactory(plan=plan, title="late", promised_on=date(2021, 6, 1))
        MilestoneFactory(plan=plan, title="soon", promised_on=date(2021, 6, 25))
        MilestoneFactory(plan=plan, title="far", promised_on=date(2021, 9, 1))
        MilestoneFactory(plan=plan, title="done", promised_on=date(2021, 6, 1), done_on=RECENT)
        assert kinds(lead) == [(OVERDUE, "late"), (DUE_SOON, "soon")]

    def test_a_forecast_far_ahead_does_not_silence_a_late_promise(self, plan, lead):
        MilestoneFactory(
            plan=plan, title="late", promised_on=date(2021, 1, 1), forecast_on=date(2021, 12, 1)
        )
        [flag] = delivery_flags(lead, TODAY)
        assert flag.kind is OVERDUE
        assert "forecast for 1 December 2021" in flag.why

    def test_they_name_the_activity_they_belong_to(self, plan, lead):
        activity = quiet(plan, what="Kitchen")
        MilestoneFactory(plan=plan, activity_id=activity.id, promised_on=date(2021, 6, 1))
        [flag] = delivery_flags(lead, TODAY)
        assert flag.why == (
            "It is a milestone of “Kitchen”. It was promised for 1 June 2021, 17 days ago."
        )
        assert flag.url.endswith(f"/plan/activities/{activity.id}#milestones")


def _noon():
    from app.core import clock

    return clock.now()
