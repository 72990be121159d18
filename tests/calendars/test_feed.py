"""What a calendar holds: what is theirs, as far as they may see it at the time of asking."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from app.calendars.models import Holds
from app.core import clock
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.calendars import CalendarFeedFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements

URL = "/calendar/a-token.ics"


@pytest.fixture
def membership(app):
    """A contributor of New Parks, which has a plan."""
    return MembershipFactory(
        workstream_id=WorkstreamFactory(slug="new-parks", name="New Parks").id,
        role=MemberRole.CONTRIBUTOR,
    )


@pytest.fixture
def owner(membership):
    return membership.user


@pytest.fixture
def plan(membership):
    return DeliveryPlanFactory(workstream_id=membership.workstream_id)


@pytest.fixture
def feed(owner):
    return CalendarFeedFactory(token="a-token", user=owner)


def titles(client):
    answer = client.get(URL)
    assert answer.status_code == 200
    return {str(e["SUMMARY"]) for e in Calendar.from_ical(answer.data).walk("VEVENT")}


def test_it_holds_what_they_lead_or_help_with(client, plan, owner, feed):
    led = ActivityFactory(plan=plan, what="Led", lead_person=owner)
    ActivityFactory(plan=plan, what="Helped", contributors=[owner])
    other = ActivityFactory(plan=plan, what="Other")
    ActivityFactory(plan=plan, what="Dateless", lead_person=owner, due_text="", due_on=None)
    ActivityFactory(plan=plan, what="Removed", lead_person=owner, archived_at=clock.now())
    MilestoneFactory(plan=plan, activity_id=led.id, title="Of led")
    MilestoneFactory(plan=plan, activity_id=other.id, title="Of other")
    MilestoneFactory(plan=plan, title="Of the plan")
    assert titles(client) == {
        "Due: Led (New Parks)",
        "Due: Helped (New Parks)",
        "Milestone: Of led (New Parks)",
    }


def test_it_may_hold_everything_in_workstreams_that_they_lead(client, plan, owner, feed):
    child = WorkstreamFactory(name="Below", parent_id=plan.workstream_id)
    below = DeliveryPlanFactory(workstream_id=child.id)
    ActivityFactory(plan=plan, what="Anybody's")
    MilestoneFactory(plan=plan, title="Of the plan")
    ActivityFactory(plan=below, what="Deeper")
    db.session.merge(feed).holds = Holds.WORKSTREAMS
    assert titles(client) == set(), "a contributor leads none"
    MembershipFactory(workstream_id=plan.workstream_id, user=owner, role=MemberRole.LEAD)
    everything = {
        "Due: Anybody's (New Parks)",
        "Milestone: Of the plan (New Parks)",
        "Due: Deeper (Below)",
    }
    assert titles(client) == everything
    db.session.merge(feed).holds = Holds.MINE
    assert titles(client) == set()


def test_an_administrator_is_not_sent_everybodys_dates(client, plan):
    officer = UserFactory(administrator=True)
    CalendarFeedFactory(token="a-token", user=officer, holds=Holds.WORKSTREAMS)
    ActivityFactory(plan=plan, what="Anybody's")
    assert titles(client) == set()


def test_rights_are_asked_for_each_time(client, plan, owner, membership, feed):
    ActivityFactory(plan=plan, what="Led", lead_person=owner)
    assert titles(client)
    db.session.delete(db.session.merge(membership))
    assert titles(client) == set()


def test_only_the_plan_worked_to_now_counts(client, plan, owner, feed):
    for year, superseded in ((2019, None), (2022, None)):
        other = DeliveryPlanFactory(
            workstream_id=plan.workstream_id,
            starts_on=date(year, 4, 1),
            ends_on=date(year + 1, 3, 31),
            superseded_on=superseded,
        )
        ActivityFactory(plan=other, what="Another year's", lead_person=owner)
    ActivityFactory(plan=plan, what="This year's", lead_person=owner)
    assert titles(client) == {"Due: This year's (New Parks)"}


def test_what_has_long_been_done_goes(client, plan, owner, feed):
    for days, what in ((89, "Lately"), (91, "Long ago")):
        done_on = TODAY - timedelta(days=days)
        ActivityFactory(plan=plan, what=what, lead_person=owner, done_on=done_on)
    assert titles(client) == {"Done: Lately (New Parks)"}


def test_an_archived_workstream_leaves_the_calendar(client, plan, owner, feed):
    from app.workstreams.models import Workstream

    ActivityFactory(plan=plan, lead_person=owner)
    db.session.get(Workstream, plan.workstream_id).archived_at = clock.now()
    assert titles(client) == set()


def test_it_names_no_person_and_says_how_old_it_is(client, plan, owner, feed):
    ActivityFactory(
        plan=plan, lead_person=owner, rag_reason="Because of Tom", forecast_on=date(2021, 11, 1)
    )
    answer = client.get(URL)
    assert owner.name not in answer.text and "Tom" not in answer.text
    words = Calendar.from_ical(answer.data)["X-WR-CALDESC"]
    assert words == "1 date as of 18 June 2021. New Parks: Delivery plan 2021/22 (draft)"


def test_asking_again_is_cheap_until_something_changes(client, plan, owner, feed):
    activity = ActivityFactory(plan=plan, lead_person=owner)
    first = client.get(URL)
    assert first.headers["Cache-Control"] == "private, max-age=900"
    etag = {"If-None-Match": first.headers["ETag"]}
    with statements() as sent:
        again = client.get(URL, headers=etag)
    assert again.status_code == 304 and not again.data
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(sent) <= 3, sent  # BEGIN, whose it is, which plans
    db.session.merge(activity).what = "Reworded"
    changed = client.get(URL, headers=etag)
    assert changed.status_code == 200 and b"Reworded" in changed.data
    db.session.merge(feed).holds = Holds.WORKSTREAMS
    assert client.get(URL, headers={"If-None-Match": changed.headers["ETag"]}).status_code == 200


def test_queries_do_not_grow_with_plans_or_rows(client, plan, owner, feed):
    counts = []
    for _ in range(2):
        for _ in range(5):
            workstream = WorkstreamFactory()
            MembershipFactory(workstream_id=workstream.id, user=owner)
            another = DeliveryPlanFactory(workstream_id=workstream.id)
            for _ in range(3):
                activity = ActivityFactory(plan=another, lead_person=owner)
                MilestoneFactory(plan=another, activity_id=activity.id)
        client.get(URL)
        with statements() as sent:
            client.get(URL)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 5


def test_an_address_that_opens_nothing_says_nothing(client, feed):
    """Nothing tells a token that never was from one that was replaced."""
    for token in ("a-token-", "x" * 43, "x" * 5000, "%00", "é"):
        assert client.get(f"/calendar/{token}.ics").status_code == 404
