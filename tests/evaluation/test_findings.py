"""Findings: filtered, counted, a page at a time."""

from datetime import date

import pytest

from app.evaluation.models import Direction, NoteKind, Scale
from app.workstreams.models import MemberRole
from tests.evaluation.scene import URL, new_parks, somebody
from tests.factories.evaluation import BearingFactory, NoteFactory
from tests.factories.workstreams import AimFactory


@pytest.fixture
def zone(app):
    return new_parks()


@pytest.fixture
def reader(client, zone):
    client.sign_in(somebody(zone, MemberRole.READER))


def titles(client, query=""):
    page = client.get(f"{URL}{query}").text
    return {title for title in ("Alpha", "Beta", "Gamma") if f">{title}</a>" in page}


@pytest.fixture
def three(zone, reader):
    aim = AimFactory(workstream_id=zone.id, text="Everybody feels safe")
    common = {"workstream_id": zone.id}
    alpha = NoteFactory(
        **common,
        title="Alpha",
        text="100% of them",
        direction=Direction.SUPPORTS,
        strength=3,
        scale=Scale.NESTA,
        on=date(2021, 5, 1),
    )
    NoteFactory(
        **common,
        title="Beta",
        so_what="Keep the Hub",
        direction=Direction.CONTRADICTS,
        strength=1,
        scale=Scale.MARYLAND,
        kind=NoteKind.DATA,
    )
    NoteFactory(**common, title="Gamma", on=date(2021, 6, 10))
    BearingFactory(note_id=alpha.id, aim_id=aim.id)
    return aim


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Alpha", "Beta", "Gamma"}),
        ("?direction=supports", {"Alpha"}),
        ("?strength=1", {"Beta"}),
        ("?strength=none", {"Gamma"}),
        ("?kind=data", {"Beta"}),
        ("?since=2+June+2021", {"Gamma"}),
        ("?until=1+June+2021", {"Alpha", "Beta"}),
        ("?since=1+May+2021&until=1+May+2021", {"Alpha"}),
        ("?q=hub+keep", {"Beta"}),
        ("?q=100%25", {"Alpha"}),
        ("?q=%25", {"Alpha"}),
        ("?q=_", set()),
        ("?direction=supports&strength=1", set()),
        ("?direction=sideways&strength=9&kind=rumour&bears=nothing", {"Alpha", "Beta", "Gamma"}),
    ],
)
def test_they_are_filtered(client, three, query, expected):
    assert titles(client, query) == expected


def test_they_are_filtered_by_what_they_bear_on(client, three):
    query = f"?bears=aim:{three.id}"
    assert titles(client, query) == {"Alpha"}
    assert "On: Everybody feels safe" in client.get(f"{URL}{query}").text
    assert titles(client, f"?bears=node:{three.id}") == set()


def test_a_date_that_cannot_be_read_is_said_and_not_applied(client, three):
    answer = client.get(f"{URL}?since=soon")
    assert "Enter a date like 30 July 2021" in answer.text
    assert titles(client, "?since=soon") == {"Alpha", "Beta", "Gamma"}


def test_counts_and_chips_follow_the_filter(client, three):
    page = client.htmx("GET", f"{URL}?strength=1").text
    assert "1 finding" in page and "Strength 1 of 5" in page
    assert "<html" not in page
    assert "No findings like that" in client.get(f"{URL}?q=nowhere").text


def test_fifty_to_a_page_the_newest_first(client, zone, reader):
    for number in range(51):
        NoteFactory(workstream_id=zone.id, title=f"Number {number}", on=date(2021, 1, 1))
    NoteFactory(workstream_id=zone.id, title="The newest")
    first, second = client.get(URL).text, client.get(f"{URL}?page=2").text
    assert "Showing 1 to 50 of 52 findings" in first
    assert first.index("The newest") < first.index("Number 50")
    assert "Number 0<" in second and "Number 50<" not in second
    assert "Number 0<" in client.get(f"{URL}?page=99").text


def test_search_finds_notes_and_recommendations(client, three):
    page = client.get("/search?q=alpha").text
    assert f"{URL}/notes/" in page
    assert "Evaluation note" in page
