"""The plan as a calendar file: whole days, stable names, one address for each thing."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from app.delivery.models import PlanStatus
from app.workstreams.models import MemberRole
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

URL = "/workstreams/new-parks/plan.ics"


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(
        workstream_id=WorkstreamFactory(slug="new-parks", name="New Parks").id,
        status=PlanStatus.AGREED,
        agreed_on=date(2021, 4, 1),
    )


@pytest.fixture
def lead(client, plan):
    user = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user
    client.sign_in(user)
    return user


def events(response):
    """By uid."""
    calendar = Calendar.from_ical(response.data)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_due_dates_and_milestones_are_whole_days(client, plan, lead):
    activity = ActivityFactory(plan=plan, what="Open, a; kitchen\nsoon", due_on=date(2021, 9, 30))
    slipped = MilestoneFactory(
        plan=plan,
        activity_id=activity.id,
        title="Oven",
        forecast_on=date(2021, 8, 12),
        agreed_on=date(2021, 4, 1),
    )
    done = MilestoneFactory(plan=plan, title="Lease", done_on=date(2021, 5, 3))
    ActivityFactory(plan=plan, due_text="", due_on=None)
    found = events(client.get(URL))
    assert set(found) == {
        f"activity-{activity.id}",
        f"milestone-{slipped.id}",
        f"milestone-{done.id}",
    }
    due = found[f"activity-{activity.id}"]
    assert due["SUMMARY"] == "Due: Open, a; kitchen soon (New Parks)"
    assert due["DTSTART"].dt == date(2021, 9, 30) and due["DTEND"].dt == date(2021, 10, 1)
    assert due["URL"] == f"https://localhost/workstreams/new-parks/plan/activities/{activity.id}"
    assert due["STATUS"] == "CONFIRMED" and due["TRANSP"] == "TRANSPARENT"
    oven = found[f"milestone-{slipped.id}"]
    assert oven["DTSTART"].dt == date(2021, 8, 12)
    assert oven["DESCRIPTION"] == (
        "Promised: 31 July 2021\nForecast: 12 August 2021, 12 days later than agreed"
    )
    lease = found[f"milestone-{done.id}"]
    assert lease["SUMMARY"] == "Done: Lease (New Parks)"
    assert lease["DTSTART"].dt == date(2021, 5, 3)


def test_the_file_is_one_that_calendars_take(client, plan, lead):
    ActivityFactory(plan=plan, what="é" * 300)
    response = client.get(URL)
    lines = response.data.split(b"\r\n")
    assert max(map(len, lines)) <= 75, "folded by bytes"
    assert b"\n" not in response.data.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(response.data)
    assert calendar["METHOD"] == "PUBLISH" and calendar["VERSION"] == "2.0"
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "New Parks: Delivery plan 2021/22"
    assert "Agreed 1 April 2021, with changes to 18 June 2021" in calendar["X-WR-CALDESC"]
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)


def test_a_draft_is_tentative(client, lead, plan, db):
    draft = DeliveryPlanFactory(workstream_id=plan.workstream_id, starts_on=date(2021, 5, 1))
    ActivityFactory(plan=draft)
    response = client.get(f"/workstreams/new-parks/plans/{draft.id}.ics")
    assert {event["STATUS"] for event in events(response).values()} == {"TENTATIVE"}


def test_a_change_keeps_the_name_and_raises_the_sequence(client, plan, lead, db):
    activity = ActivityFactory(plan=plan)
    before = events(client.get(URL))
    activity = db.session.merge(activity)
    activity.what = "Reworded"
    after = events(client.get(URL))
    assert before.keys() == after.keys()
    (uid,) = after
    assert after[uid]["SEQUENCE"] == before[uid]["SEQUENCE"] + 1
    assert after[uid]["LAST-MODIFIED"].dt >= before[uid]["LAST-MODIFIED"].dt


def test_what_is_removed_leaves_the_calendar(client, plan, lead):
    activity = ActivityFactory(plan=plan)
    assert events(client.get(URL))
    client.post(
        f"/workstreams/new-parks/plan/activities/{activity.id}/remove", data={"version": "1"}
    )
    assert not events(client.get(URL))
