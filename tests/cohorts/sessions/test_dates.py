"""A cohort's own dates stand beside its plan, on the timeline and in calendars by themselves."""

from datetime import date

import pytest
from icalendar import Calendar

from app.calendars.models import Holds
from app.cohorts.sessions.models import SessionKind
from app.core import clock
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.factories.calendars import CalendarFeedFactory
from tests.factories.cohorts_sessions import CohortSessionFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory
from tests.statements import statements


@pytest.fixture
def plan(cohort):
    cohort.workstream.starts_on = date(2021, 9, 6)
    CohortSessionFactory(
        workstream_id=cohort.id,
        title="Welcome",
        on=date(2021, 9, 8),
        facilitators=[cohort.facilitator],
    )
    CohortSessionFactory(
        workstream_id=cohort.id,
        title="The big evening",
        on=date(2022, 3, 24),
        kind=SessionKind.SHOWCASE,
    )
    CohortSessionFactory(
        workstream_id=cohort.id,
        title="Not held",
        on=date(2021, 9, 9),
        cancelled_at=clock.now(),
        cancelled_reason="Snow",
    )
    return DeliveryPlanFactory(workstream_id=cohort.id)


TITLES = ["Applications open", "Applications close", "Cohort starts", "Welcome", "The big evening"]


def events(answer):
    return {str(e["SUMMARY"]): e for e in Calendar.from_ical(answer.data).walk("VEVENT")}


def test_they_stand_beside_the_plan(as_lead, cohort, plan):
    page = as_lead.get(f"{cohort.url}/plan").text
    assert all(title in page for title in TITLES) and "Not held" not in page
    assert "30 July 2021" in page and "5pm" in page
    assert f'href="{cohort.url}/sessions"' in page
    assert f'href="{cohort.url}/participants/showcase"' in page


def test_a_reader_of_the_plan_sees_them_without_links_that_are_closed(client, cohort, plan):
    reader = MembershipFactory(workstream_id=cohort.id, role=MemberRole.READER).user
    page = client.sign_in(reader).get(f"{cohort.url}/plan").text
    assert all(title in page for title in TITLES)
    assert f"{cohort.url}/sessions" not in page and f"{cohort.url}/participants" not in page


def test_before_there_is_a_plan_too(as_lead, cohort):
    assert "Applications close" in as_lead.get(f"{cohort.url}/plan").text


def test_a_plan_that_was_read_before_shows_a_session_added_since(as_lead, cohort, plan):
    """What is kept for each revision of the plan does not hold them."""
    as_lead.get(f"{cohort.url}/plan")
    CohortSessionFactory(workstream_id=cohort.id, title="Added since", on=date(2021, 9, 10))
    assert "Added since" in as_lead.get(f"{cohort.url}/plan").text


def test_the_plan_page_keeps_within_six_queries_and_no_other_plan_asks(as_lead, cohort, plan):
    from tests.factories.workstreams import WorkstreamFactory

    zone = WorkstreamFactory(parent_id=cohort.id)
    DeliveryPlanFactory(workstream_id=zone.id)
    counts = {}
    for url in (cohort.url, f"/workstreams/{zone.slug}"):
        as_lead.get(f"{url}/plan")
        with statements() as sent:
            as_lead.get(f"{url}/plan")
        counts[url] = [one for one in sent if "cohort_sessions" in one], len(sent)
    (ours, total), (theirs, _) = counts.values()
    assert len(ours) == 1 and total <= 6 and theirs == []


def test_the_timeline_draws_them_and_its_table_says_them(as_lead, cohort, plan):
    page = as_lead.get(f"{cohort.url}/plan/timeline").text
    drawing, _, table = page.partition('<table class="govuk-table')
    assert "Key dates" in drawing
    assert all(title in table for title in TITLES)
    assert "Key date: </span>Welcome" in table
    assert "To come" in table and "Past" in table and "overdue" not in page.lower()


def test_the_plans_calendar_has_them(as_lead, cohort, plan):
    ActivityFactory(plan=plan, what="Book the hall", due_on=date(2021, 8, 1))
    found = events(as_lead.get(f"{cohort.url}/plan.ics"))
    assert {f"{title} (Cohort 2)" for title in TITLES} < set(found)
    welcome = found["Welcome (Cohort 2)"]
    assert welcome["DTSTART"].dt.isoformat() == "2021-09-08T17:00:00+00:00"
    closes = found["Applications close (Cohort 2)"]
    assert closes["DTSTART"].dt == date(2021, 7, 30) and closes["DESCRIPTION"] == "5pm"
    filtered = events(as_lead.get(f"{cohort.url}/plan.ics?show=overdue"))
    assert "Welcome (Cohort 2)" not in filtered


def test_whoever_leads_it_has_them_in_their_own_calendar(client, cohort, plan):
    feed = CalendarFeedFactory(token="a-token", user=cohort.lead, holds=Holds.WORKSTREAMS)
    first = client.get("/calendar/a-token.ics")
    # What is long past has gone.
    assert set(events(first)) == {f"{title} (Cohort 2)" for title in TITLES}
    etag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/calendar/a-token.ics", headers=etag).status_code == 304
    CohortSessionFactory(workstream_id=cohort.id, title="Added since", on=date(2021, 9, 10))
    assert "Added since (Cohort 2)" in events(client.get("/calendar/a-token.ics", headers=etag))
    db.session.merge(feed).holds = Holds.MINE
    assert events(client.get("/calendar/a-token.ics")) == {}


def test_a_facilitators_calendar_has_the_sessions_they_run(client, cohort, plan):
    from app.workstreams.models import Membership

    CalendarFeedFactory(token="a-token", user=cohort.facilitator)
    (event,) = events(client.get("/calendar/a-token.ics")).values()
    assert event["SUMMARY"] == "Welcome (Cohort 2)" and event["LOCATION"] == "The Brite Centre"
    assert event["TRANSP"] == "OPAQUE"
    for membership in db.session.query(Membership).filter_by(user_id=cohort.facilitator.id):
        db.session.delete(membership)
    assert events(client.get("/calendar/a-token.ics")) == {}
