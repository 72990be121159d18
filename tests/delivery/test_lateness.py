"""Late, silent and soon mean the same everywhere: in SQL, in a row's words, in flags, on the portfolio.

Friday 18 June 2021 is followed by a weekend; Good Friday 2021 is 2 April.
"""

import re
import uuid
from datetime import date, timedelta

import pytest

from app.core import clock
from app.delivery import plan_reading
from app.delivery.dependencies.graph import Point
from app.delivery.filters import PlanFilter, as_of, counts_as_overdue, overdue_from
from app.delivery.flags import DUE_SOON, OVERDUE, SILENT, delivery_flags
from app.delivery.models import Rag
from app.delivery.row_views import row_views
from app.delivery.timeline import facts
from app.extensions import db
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

THURSDAY, FRIDAY = date(2021, 6, 17), date(2021, 6, 18)
SATURDAY, SUNDAY, MONDAY, TUESDAY = (FRIDAY + timedelta(days=n) for n in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("promised", "from_day"),
    [
        (THURSDAY, FRIDAY),
        (FRIDAY, MONDAY),
        (SATURDAY, TUESDAY),  # counts for Monday
        (SUNDAY, TUESDAY),
        (MONDAY, TUESDAY),
        (date(2021, 4, 1), date(2021, 4, 6)),  # the Thursday before Easter
        (date(2021, 4, 2), date(2021, 4, 7)),  # Good Friday counts for the Tuesday after
        (date(2021, 12, 25), date(2021, 12, 30)),
    ],
)
def test_a_promise_is_overdue_from_the_working_day_after_the_one_it_counts_for(
    app, promised, from_day
):
    assert overdue_from(promised) == from_day
    assert promised < as_of(from_day)["overdue_before"]
    assert promised >= as_of(from_day - timedelta(days=1))["overdue_before"]


def test_silence_is_thirty_days_and_not_raised_on_a_day_off(app):
    assert as_of(FRIDAY)["silent_since"] == FRIDAY - timedelta(days=30)
    for day_off in (SATURDAY, SUNDAY):
        assert as_of(day_off)["silent_since"] == as_of(FRIDAY)["silent_since"]
    assert as_of(MONDAY)["silent_since"] == MONDAY - timedelta(days=30)


def test_soon_is_ten_working_days(app):
    assert as_of(FRIDAY)["soon_until"] == date(2021, 7, 2)
    # Two days of Christmas and one of New Year make it longer.
    assert as_of(date(2021, 12, 20))["soon_until"] == date(2022, 1, 6)


@pytest.mark.parametrize("today", [SATURDAY, SUNDAY, MONDAY, TUESDAY])
@pytest.mark.parametrize("promised", [THURSDAY, FRIDAY, SATURDAY, SUNDAY, MONDAY])
def test_the_timeline_and_dependencies_tell_late_by_the_same_day(app, promised, today):
    late = promised < as_of(today)["overdue_before"]
    assert counts_as_overdue(promised, today) == late
    row = facts.Milestone(id=uuid.uuid4(), title="Panel chosen", promised_on=promised)
    assert row.overdue(today) == ((today - promised).days if late else 0)
    assert Point(row.id, row.title, promised, None, None).is_late(today) == late


@pytest.fixture
def plan(app):
    """A row for each day around Friday: due then, last heard of then; and one with neither."""
    workstream = WorkstreamFactory(slug="new-parks", name="New Parks")
    plan = DeliveryPlanFactory(workstream_id=workstream.id)
    for number in range(-4, 25):
        due_on = FRIDAY + timedelta(days=number)
        ActivityFactory(
            plan=plan,
            what=f"due {due_on}",
            due_text=str(due_on),
            due_on=due_on,
            rag=Rag.GREEN,
            last_word_on=FRIDAY,
        )
        said_on = FRIDAY - timedelta(days=30 - number)
        ActivityFactory(plan=plan, what=f"said {said_on}", rag=Rag.GREEN, last_word_on=said_on)
    ActivityFactory(plan=plan, what="never", due_text="", due_on=None)
    return plan


@pytest.mark.parametrize("today", [THURSDAY, FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY])
def test_everything_agrees_on_what_is_overdue_and_silent(app, plan, today):
    lead = MembershipFactory(workstream_id=plan.workstream_id).user
    facets = plan_reading.facets(plan.id, today)
    rows, _ = plan_reading.plan_rows(plan.id, lead.id, PlanFilter(), today)
    views = row_views(rows, {}, today, ends_on=plan.ends_on, may_update=False, may_update_own=False)
    flags = delivery_flags(lead, today)
    concerns = plan_reading.concerns(plan.id, today, limit=500)
    overdue = {
        row.what for row in rows if row.due_on and row.due_on < as_of(today)["overdue_before"]
    }
    assert overdue
    assert {view.what for view in views if view.overdue} == overdue
    assert {flag.title for flag in flags if flag.kind is OVERDUE} == overdue
    assert {row.what for row in concerns if row.overdue} == overdue
    assert facets.overdue == len(overdue)
    filtered, _ = plan_reading.plan_rows(plan.id, lead.id, PlanFilter(show="overdue"), today)
    assert {row.what for row in filtered} == overdue
    silent = {view.what for view in views if view.silent}
    assert "never" in silent
    assert facets.silent == len(silent)
    filtered, _ = plan_reading.plan_rows(plan.id, lead.id, PlanFilter(show="silent"), today)
    assert {row.what for row in filtered} == silent
    assert {flag.title for flag in flags if flag.kind is SILENT} == silent - overdue
    soon = {row.what for row in rows if row.due_on and row.due_on <= as_of(today)["soon_until"]}
    assert {flag.title for flag in flags if flag.kind is DUE_SOON} == soon - overdue


@pytest.mark.parametrize("today", [FRIDAY, SATURDAY, MONDAY, TUESDAY])
def test_the_pages_agree_about_a_milestone(client, app, monkeypatch, today):
    """Promised for a Saturday: overdue on the portfolio, its activity's page and the front page from
    the same day."""
    monkeypatch.setitem(app.config, "TODAY", today)
    plan = DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)
    lead = MembershipFactory(workstream_id=plan.workstream_id).user
    activity = ActivityFactory(plan=plan, rag=Rag.GREEN, last_word_on=FRIDAY)
    MilestoneFactory(plan=plan, activity_id=activity.id, title="Panel chosen", promised_on=SATURDAY)
    activity_id = activity.id
    client.sign_in(lead)
    expected = today >= TUESDAY
    assert counts_as_overdue(SATURDAY) is expected
    assert clock.today() == today
    pages = [
        client.get("/workstreams").text,
        client.get(f"/workstreams/new-parks/plan/activities/{activity_id}").text,
    ]
    for page in pages:
        assert bool(re.search(r"[Oo]verdue\s+3 days", page)) is expected
    assert ("wm-need--overdue" in client.get("/").text) is expected


@pytest.mark.parametrize(
    ("due", "today", "why"),
    [
        (FRIDAY, SATURDAY, "It was due on 18 June 2021 and is overdue from 21 June 2021."),
        (SATURDAY, MONDAY, "It was due on 19 June 2021 and is overdue from 22 June 2021."),
        (SATURDAY, TUESDAY, "It was due on 19 June 2021, 3 days ago."),
    ],
)
def test_what_was_due_over_a_weekend_says_from_when_it_is_overdue(app, due, today, why):
    plan = DeliveryPlanFactory()
    lead = MembershipFactory(workstream_id=plan.workstream_id).user
    ActivityFactory(plan=plan, due_text="x", due_on=due, rag=Rag.GREEN, last_word_on=FRIDAY)
    [flag] = delivery_flags(lead, today)
    assert flag.why == why


def test_a_milestone_over_a_weekend_says_so_too(app):
    plan = DeliveryPlanFactory()
    lead = MembershipFactory(workstream_id=plan.workstream_id).user
    MilestoneFactory(plan=plan, promised_on=SATURDAY, forecast_on=date(2021, 7, 1))
    [flag] = delivery_flags(lead, MONDAY)
    assert flag.kind is DUE_SOON
    assert flag.why == (
        "It was promised for 19 June 2021 and forecast for 1 July 2021. "
        "It is overdue from 22 June 2021."
    )


class TestOneCard:
    """An overdue activity and its own overdue milestones are one thing to mend."""

    @pytest.fixture
    def late(self, app):
        plan = DeliveryPlanFactory()
        activity = ActivityFactory(
            plan=plan, due_text="x", due_on=date(2021, 6, 1), rag=Rag.GREEN, last_word_on=FRIDAY
        )
        lead = MembershipFactory(workstream_id=plan.workstream_id).user
        return plan, activity, lead

    def test_its_sentence_names_the_milestone(self, late):
        plan, activity, lead = late
        MilestoneFactory(
            plan=plan,
            activity_id=activity.id,
            title="Votes counted",
            promised_on=date(2021, 6, 1),
            forecast_on=date(2021, 6, 24),
        )
        [flag] = delivery_flags(lead, FRIDAY)
        assert flag.subject_id == activity.id
        assert flag.why == (
            "It was due on 1 June 2021, 17 days ago. Its milestone “Votes counted” was promised for "
            "1 June 2021 and is forecast for 24 June 2021."
        )

    def test_several_are_counted(self, late):
        plan, activity, lead = late
        for day in (3, 2):
            MilestoneFactory(plan=plan, activity_id=activity.id, promised_on=date(2021, 6, day))
        [flag] = delivery_flags(lead, FRIDAY)
        assert flag.why.endswith(
            "2 of its milestones are overdue too, the first since 2 June 2021."
        )

    def test_one_that_is_only_near_stays_a_card_of_its_own(self, late):
        plan, activity, lead = late
        MilestoneFactory(plan=plan, activity_id=activity.id, promised_on=date(2021, 6, 25))
        assert {flag.kind for flag in delivery_flags(lead, FRIDAY)} == {OVERDUE, DUE_SOON}

    def test_a_late_milestone_of_an_activity_in_time_too(self, late):
        plan, activity, lead = late
        activity.due_on = date(2021, 9, 30)
        MilestoneFactory(plan=plan, activity_id=activity.id, promised_on=date(2021, 6, 1))
        db.session.flush()
        [flag] = delivery_flags(lead, FRIDAY)
        assert flag.why.startswith("It is a milestone of")
