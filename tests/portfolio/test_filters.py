"""The portfolio filtered, sorted and paged, all in the URL."""

import re
from datetime import date

import pytest

from app.core import clock
from app.delivery.models import Rag
from app.extensions import db
from app.workstreams.models import WorkstreamKind, WorkstreamStatus
from tests.factories.accounts import OrganisationFactory
from tests.factories.delivery import ActivityFactory, MilestoneFactory
from tests.factories.workstreams import WorkstreamFactory
from tests.portfolio.reading import depths, item, names, planned
from tests.statements import statements, writes

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
