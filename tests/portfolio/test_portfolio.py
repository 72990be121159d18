"""The portfolio: all that you may see and nothing else, grouped, with RAG and why."""

from datetime import date, timedelta

import pytest

from app.core import clock
from app.delivery.models import PlanStatus, Rag
from app.extensions import db
from app.workstreams.models import WorkstreamKind
from tests.conftest import TODAY
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.portfolio.reading import depths, item, names, planned

# --- What is shown, and to whom ---


def test_a_visitor_is_sent_to_sign_in(client, app):
    assert client.get("/workstreams").location.startswith("/account/sign-in")


def test_the_tree_is_grouped_by_programme(client, reader):
    zones = WorkstreamFactory(name="People Zones", kind=WorkstreamKind.PROGRAMME)
    WorkstreamFactory(name="New Parks", parent_id=zones.id, kind=WorkstreamKind.PEOPLE_ZONE)
    coalville = WorkstreamFactory(name="Coalville", parent_id=zones.id)
    WorkstreamFactory(name="High street", parent_id=coalville.id)
    WorkstreamFactory(name="Volunteering")
    assert depths(client.sign_in(reader).get("/workstreams")) == [
        ("People Zones", 0),
        ("Coalville", 1),
        ("High street", 2),
        ("New Parks", 1),
        ("Volunteering", 0),
    ]


def test_people_see_only_what_they_have_a_role_on(client, app):
    """In the list, in the counts, in the choices of the filter, and as the heading of what they see."""
    zones = planned("People Zones", Rag.RED, kind=WorkstreamKind.PROGRAMME)
    mine = planned("New Parks", Rag.GREEN, parent=zones)
    secret = OrganisationFactory(name="A secret council")
    planned("Coalville", Rag.RED, parent=zones, lead_organisation_id=secret.id)
    user = UserFactory()
    MembershipFactory(workstream_id=mine.id, user=user)
    response = client.sign_in(user).get("/workstreams")
    assert names(response) == ["New Parks"]
    assert "1 workstream you can see" in response.text
    for hidden in ("People Zones", "Coalville", "A secret council", "1 red"):
        assert hidden not in response.text.replace("\xa0", " ")
    assert names(client.get(f"/workstreams?organisation={secret.id}")) == []
    assert names(client.get("/workstreams?rag=red")) == []


def test_a_role_reaches_the_children(client, app):
    zones = planned("People Zones")
    planned("New Parks", parent=zones)
    user = UserFactory()
    MembershipFactory(workstream_id=zones.id, user=user)
    assert names(client.sign_in(user).get("/workstreams")) == ["People Zones", "New Parks"]


def test_nothing_to_see_yet(client, app):
    text = client.sign_in(UserFactory()).get("/workstreams").text
    assert "No workstreams yet" in text
    assert "Add a workstream" not in text


def test_only_an_administrator_is_offered_a_new_workstream(client, reader):
    planned("New Parks")
    assert 'href="/workstreams/new"' not in client.sign_in(reader).get("/workstreams").text
    administrator = UserFactory(administrator=True)
    assert 'href="/workstreams/new"' in client.sign_in(administrator).get("/workstreams").text


# --- RAG and why ---


@pytest.mark.parametrize(
    ("rags", "words"),
    [
        ([Rag.GREEN, Rag.AMBER, Rag.RED], "Red 1 red, 1 amber, 1 green"),
        ([Rag.GREEN, Rag.AMBER], "Amber 1 amber, 1 green"),
        ([Rag.GREEN, None], "Green 1 green, 1 not rated"),
        ([None, None], "Not rated 2 not rated"),
        ([], "Not rated no activities"),
    ],
)
def test_the_worst_open_activity_colours_the_workstream(client, reader, rags, words):
    planned("New Parks", *rags)
    assert words in item(client.sign_in(reader).get("/workstreams"), "New Parks")


def test_what_is_done_or_removed_no_longer_counts(client, reader):
    workstream = planned("New Parks", Rag.GREEN)
    ActivityFactory(plan=workstream.plan, rag=Rag.RED, rag_reason="Was late", done_on=TODAY)
    ActivityFactory(
        plan=workstream.plan, rag=Rag.AMBER, rag_reason="Was slow", archived_at=clock.now()
    )
    words = item(client.sign_in(reader).get("/workstreams"), "New Parks")
    assert "Green 1 green, 1 done" in words
    assert "Was late" not in words
    assert "Was slow" not in words


def test_a_plan_with_everything_done_says_so(client, reader):
    workstream = planned("Cohort 1")
    ActivityFactory(plan=workstream.plan, rag=Rag.GREEN, done_on=TODAY)
    assert "All done 1 done" in item(client.sign_in(reader).get("/workstreams"), "Cohort 1")


def test_the_reason_is_the_newest_of_the_worst_colour(client, reader):
    plan = planned("New Parks").plan
    for rag, reason, day in (
        (Rag.RED, "An old red reason", date(2021, 4, 1)),
        (Rag.RED, "The newest red reason", date(2021, 5, 1)),
        (Rag.AMBER, "A newer amber reason", date(2021, 6, 1)),
    ):
        ActivityFactory(plan=plan, rag=rag, rag_reason=reason, last_word_on=day)
    words = item(client.sign_in(reader).get("/workstreams"), "New Parks")
    assert "The newest red reason" in words
    assert "amber reason" not in words
    assert "An old red reason" not in words


def test_only_the_current_plan_counts(client, reader):
    """As on the plan page: the newest that has begun and nothing has superseded."""
    workstream = planned("New Parks", Rag.GREEN)
    for starts_on, superseded_on in (
        (date(2020, 4, 1), date(2021, 4, 1)),
        (date(2022, 4, 1), None),  # has not begun
    ):
        other = DeliveryPlanFactory(
            workstream_id=workstream.id,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=364),
            status=PlanStatus.AGREED,
            agreed_on=starts_on,
        )
        ActivityFactory(plan=other, rag=Rag.RED, rag_reason="Of another year")
        other.superseded_on = superseded_on
    db.session.flush()
    words = item(client.sign_in(reader).get("/workstreams"), "New Parks")
    assert "Green 1 green" in words
    assert "Of another year" not in words


def test_without_a_plan(client, reader):
    WorkstreamFactory(name="New Parks")
    assert "No delivery plan" in item(client.sign_in(reader).get("/workstreams"), "New Parks")


def test_totals_are_of_everything_whatever_the_filter(client, reader):
    planned("A", Rag.RED)
    planned("B", Rag.GREEN)
    planned("C", Rag.GREEN)
    text = client.sign_in(reader).get("/workstreams?rag=red").text
    assert "3 workstreams you can see" in text
    assert "1 red" in text
    assert "2 green" in text


# --- Next milestone and last word ---


def test_the_next_milestone_is_the_first_that_is_not_done(client, reader):
    plan = planned("New Parks").plan
    MilestoneFactory(plan=plan, title="Long done", promised_on=date(2021, 5, 1), done_on=TODAY)
    MilestoneFactory(
        plan=plan,
        title="Moved back",
        promised_on=date(2021, 6, 20),
        forecast_on=date(2021, 9, 1),
    )
    MilestoneFactory(plan=plan, title="Next one", promised_on=date(2021, 7, 1))
    words = item(client.sign_in(reader).get("/workstreams"), "New Parks")
    assert "Next: Next one, 1 July 2021" in words
    assert "Overdue" not in words
    assert "later" not in words


def test_a_late_milestone_says_how_late(client, reader):
    plan = planned("New Parks").plan
    MilestoneFactory(plan=plan, title="Keys", promised_on=date(2021, 6, 17))
    words = item(client.sign_in(reader).get("/workstreams"), "New Parks")
    assert "Next: Keys, 17 June 2021 Overdue 1 day" in words


def test_a_moved_milestone_says_how_far(client, reader):
    plan = planned("New Parks").plan
    MilestoneFactory(
        plan=plan, title="Keys", promised_on=date(2021, 6, 17), forecast_on=date(2021, 6, 24)
    )
    words = item(client.sign_in(reader).get("/workstreams"), "New Parks")
    assert "Keys, 24 June 2021 7 days later than promised" in words


def test_a_removed_activitys_milestone_is_not_next(client, reader):
    plan = planned("New Parks").plan
    gone = ActivityFactory(plan=plan, archived_at=clock.now())
    MilestoneFactory(plan=plan, activity_id=gone.id, title="Gone")
    assert "Gone" not in client.sign_in(reader).get("/workstreams").text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Last word: today"),
        (29, "Last word: 29 days ago"),
        (30, "Last word: 30 days ago Silent"),
    ],
)
def test_days_since_the_last_word(client, reader, days, words):
    plan = planned("New Parks").plan
    ActivityFactory(plan=plan, rag=Rag.GREEN, last_word_on=TODAY - timedelta(days=days))
    shown = item(client.sign_in(reader).get("/workstreams"), "New Parks")
    assert shown.endswith(words)


def test_a_programme_says_how_those_below_it_stand(client, reader):
    programme = WorkstreamFactory(name="People Zones")
    for name, rag in (
        ("New Parks", Rag.RED),
        ("Coalville", Rag.GREEN),
        ("Bell Foundry", Rag.GREEN),
    ):
        zone = WorkstreamFactory(name=name, parent_id=programme.id)
        reason = "No room" if rag is Rag.RED else ""
        plan = DeliveryPlanFactory(workstream_id=zone.id)
        ActivityFactory(plan=plan, rag=rag, rag_reason=reason)
    words = item(client.sign_in(reader).get("/workstreams"), "People Zones")
    assert "Below it: 1 red 2 green" in words
