"""The portfolio: all that you may see and nothing else, grouped, with RAG and why."""

import re
from datetime import date, timedelta

import html5lib
import pytest

from app.core import clock
from app.delivery.models import PlanStatus, Rag
from app.extensions import db
from app.workstreams.models import WorkstreamKind, WorkstreamStatus
from tests.conftest import TODAY
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements, writes


@pytest.fixture
def reader(app):
    """Somebody who sees everything and may change nothing."""
    return UserFactory(opcc_reader=True)


def planned(name, *rags, parent=None, **changes):
    """A workstream whose plan has one open activity of each colour given (None: not rated)."""
    slug = name.lower().replace(" ", "-")
    parent_id = parent.id if parent else None
    workstream = WorkstreamFactory(name=name, slug=slug, parent_id=parent_id, **changes)
    plan = DeliveryPlanFactory(workstream_id=workstream.id)
    workstream.plan = plan
    for number, rag in enumerate(rags):
        ActivityFactory(
            plan=plan,
            rag=rag,
            rag_reason=f"{rag} because {number}" if rag and rag.needs_reason else "",
            last_word_on=TODAY - timedelta(days=number) if rag else None,
        )
    return workstream


def names(response):
    """The workstreams shown, in order."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    titles = [e for e in page.iter() if e.get("class") == "wm-stream__title"]
    return ["".join(e.itertext()).strip() for e in titles]


def depths(response):
    """(name, how many lists of children it is in) of each workstream shown."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)

    def walk(element, depth):
        if element.get("class") == "wm-portfolio__children":
            depth += 1
        if element.get("class") == "wm-stream__title":
            yield "".join(element.itertext()).strip(), depth
        for child in element:
            yield from walk(child, depth)

    return list(walk(page, 0))


def item(response, name):
    """The words of one workstream's entry, without those below it."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    for stream in (e for e in page.iter() if e.get("class") == "wm-stream"):
        words = " ".join("".join(stream.itertext()).replace("\xa0", " ").split())
        if words.startswith(name):
            return words
    raise AssertionError(f"{name} is not shown")


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
    assert "New workstream" not in text


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
    """As on the plan page: the newest that nothing has superseded."""
    workstream = planned("New Parks", Rag.GREEN)
    for starts_on, status in (
        (date(2020, 4, 1), PlanStatus.AGREED),
        (date(2022, 4, 1), PlanStatus.SUPERSEDED),
    ):
        other = DeliveryPlanFactory(
            workstream_id=workstream.id,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=364),
            status=status,
        )
        ActivityFactory(plan=other, rag=Rag.RED, rag_reason="Of another year")
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
    assert "Keys, 24 June 2021 7 days later than first agreed" in words


def test_a_removed_activitys_milestone_is_not_next(client, reader):
    plan = planned("New Parks").plan
    gone = ActivityFactory(plan=plan, archived_at=clock.now())
    MilestoneFactory(plan=plan, activity_id=gone.id, title="Gone")
    assert "Gone" not in client.sign_in(reader).get("/workstreams").text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Last word: today"),
        (30, "Last word: 30 days ago"),
        (31, "Last word: 31 days ago Silent"),
    ],
)
def test_days_since_the_last_word(client, reader, days, words):
    plan = planned("New Parks").plan
    ActivityFactory(plan=plan, rag=Rag.GREEN, last_word_on=TODAY - timedelta(days=days))
    shown = item(client.sign_in(reader).get("/workstreams"), "New Parks")
    assert shown.endswith(words)


# --- Filters and sorting, all in the URL ---


@pytest.fixture
def mixed(reader):
    council = OrganisationFactory(name="Leicester City Council")
    zones = planned("People Zones", Rag.GREEN, kind=WorkstreamKind.PROGRAMME)
    planned(
        "New Parks",
        Rag.RED,
        parent=zones,
        kind=WorkstreamKind.PEOPLE_ZONE,
        lead_organisation_id=council.id,
    )
    planned("Coalville", Rag.AMBER, parent=zones, kind=WorkstreamKind.PEOPLE_ZONE)
    planned("Volunteering", None, status=WorkstreamStatus.PAUSED)
    planned("Old one", Rag.RED, archived_at=clock.now())
    return council


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["People Zones", "Coalville", "New Parks", "Volunteering"]),
        ("kind=people_zone", ["People Zones", "Coalville", "New Parks"]),
        ("kind=programme", ["People Zones"]),
        ("status=paused", ["Volunteering"]),
        ("rag=red", ["People Zones", "New Parks"]),
        ("rag=none", ["Volunteering"]),
        ("organisation={council}", ["People Zones", "New Parks"]),
        ("archived=yes", ["Old one", "People Zones", "Coalville", "New Parks", "Volunteering"]),
        ("archived=yes&rag=red", ["Old one", "People Zones", "New Parks"]),
        ("kind=cohort", []),
        ("kind=nonsense&rag=purple&organisation=x&sort=x&page=x", None),
    ],
)
def test_filters(client, reader, mixed, query, expected):
    response = client.sign_in(reader).get("/workstreams?" + query.format(council=mixed.id))
    assert response.status_code == 200
    if expected is None:
        expected = ["People Zones", "Coalville", "New Parks", "Volunteering"]
    assert names(response) == expected


def test_a_programme_kept_only_as_a_heading_shows_no_facts(client, reader, mixed):
    words = item(client.sign_in(reader).get("/workstreams?rag=red"), "People Zones")
    assert "Green" not in words


def test_filters_in_force_can_be_taken_away_one_by_one(client, reader, mixed):
    text = client.sign_in(reader).get("/workstreams?rag=red&kind=people_zone&sort=rag").text
    assert 'href="/workstreams?kind=people_zone&amp;sort=rag"' in text
    assert 'href="/workstreams?rag=red&amp;sort=rag"' in text
    assert re.search(r'<option value="red" selected>Red</option>', text)


def test_nothing_matches(client, reader, mixed):
    text = client.sign_in(reader).get("/workstreams?kind=cohort").text
    assert "No workstream is like that" in text
    assert "show all 4" in text


def test_sorting_by_rag_puts_the_worst_first_and_its_programme_with_it(client, reader):
    planned("Amber one", Rag.AMBER)
    planned("Bare one", None)
    zones = planned("Zones", Rag.GREEN)
    planned("Green zone", Rag.GREEN, parent=zones)
    planned("Red zone", Rag.RED, parent=zones)
    assert names(client.sign_in(reader).get("/workstreams?sort=rag")) == [
        "Zones",
        "Red zone",
        "Green zone",
        "Amber one",
        "Bare one",
    ]


def test_sorting_by_next_milestone(client, reader):
    for name, day in (("A", 30), ("B", 20), ("C", None), ("D", 25)):
        plan = planned(name).plan
        if day:
            MilestoneFactory(plan=plan, promised_on=date(2021, 6, day))
    assert names(client.sign_in(reader).get("/workstreams?sort=milestone")) == ["B", "D", "A", "C"]


def test_sorting_by_last_word_puts_the_longest_silent_first(client, reader):
    for name, day in (("A", 10), ("B", 5), ("C", None)):
        plan = planned(name).plan
        if day:
            ActivityFactory(plan=plan, rag=Rag.GREEN, last_word_on=date(2021, 6, day))
    assert names(client.sign_in(reader).get("/workstreams?sort=word")) == ["B", "A", "C"]


# --- Paging, and what it costs ---


def test_pages_of_a_hundred_repeat_the_heading_of_what_goes_on(client, reader):
    for number in range(99):
        WorkstreamFactory(name=f"A {number:03}")
    zones = WorkstreamFactory(name="Zones")
    for number in range(3):
        WorkstreamFactory(name=f"Zone {number}", parent_id=zones.id)
    client.sign_in(reader)
    first = client.get("/workstreams")
    assert names(first)[-2:] == ["A 098", "Zones"]
    assert "Showing 1 to 100 of 103 workstreams" in first.text
    second = client.get("/workstreams?page=2")
    assert depths(second) == [("Zones", 0), ("Zone 0", 1), ("Zone 1", 1), ("Zone 2", 1)]
    assert "Showing 101 to 103 of 103 workstreams" in second.text
    assert names(client.get("/workstreams?page=9")) == names(second)


def test_paging_keeps_the_filter(client, reader):
    for number in range(101):
        WorkstreamFactory(name=f"A {number:03}", kind=WorkstreamKind.COHORT)
    text = client.sign_in(reader).get("/workstreams?kind=cohort").text
    assert 'href="/workstreams?kind=cohort&amp;page=2"' in text


@pytest.mark.parametrize("query", ["", "?sort=milestone", "?sort=rag&rag=red"])
def test_as_many_queries_for_one_as_for_sixty(client, reader, query):
    parent = planned("First", Rag.RED)
    MilestoneFactory(plan=parent.plan)
    client.sign_in(reader)
    client.get("/workstreams" + query)
    with statements() as few:
        client.get("/workstreams" + query)
    for number in range(60):
        child = planned(f"Zone {number}", Rag.RED, None)
        MilestoneFactory(plan=child.plan)
    db.session.commit()
    with statements() as many:
        client.get("/workstreams" + query)
    assert len(many) == len(few) <= 6
    assert not writes(many)
