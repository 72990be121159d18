"""The timeline's page: the drawing, the table that says the same, and the filter in its URL."""

import re
from datetime import date

import html5lib
import pytest

from app.delivery.dependencies.services import set_waits_for
from app.delivery.models import Rag
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.server import ROOT
from tests.statements import statements

PLAN = "/workstreams/new-parks/plan"
URL = f"{PLAN}/timeline"
SVG, XHTML = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def reader(client, plan):
    client.sign_in(MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user)
    return client


def parsed(answer):
    assert answer.status_code == 200
    return html5lib.parse(answer.get_data(as_text=True))


def words(element):
    return " ".join("".join(element.itertext()).split())


def text_of(answer):
    return " ".join(answer.get_data(as_text=True).split())


def drawn(page):
    """The names of the drawing's rows, as a screen reader says them."""
    return [words(a.find(f"{SVG}title")) for a in page.iter(f"{SVG}a")]


def cells(page):
    """The table: a dict of each row by column."""
    table = next(t for t in page.iter(f"{XHTML}table") if t.get("id") == "dates")
    head, *rows = [
        [words(cell) for cell in row if cell.tag in (f"{XHTML}th", f"{XHTML}td")]
        for row in table.iter(f"{XHTML}tr")
    ]
    return [dict(zip(head, row, strict=True)) for row in rows]


class TestDrawingAndTable:
    def test_say_the_same(self, reader, plan):
        ActivityFactory(
            plan=plan, what="Open a kitchen", position=0, start_on=date(2021, 4, 12),
            start_text="12 April 2021", due_text="7 June 2021", due_on=date(2021, 6, 7),
            forecast_on=date(2021, 7, 7), rag=Rag.AMBER, rag_reason="Late",
            agreed_on=date(2021, 4, 1),
        )  # fmt: skip
        ActivityFactory(plan=plan, what="Make a film", position=1, done_on=date(2021, 5, 21))
        page = parsed(reader.get(URL))
        first, second = cells(page)
        assert first == {
            "Activity or milestone": "Open a kitchen", "Start": "12 April 2021",
            "Promised": "7 June 2021", "Forecast": "7 July 2021", "Slippage": "30 days later",
            "Done": "", "Waits for": "", "Holds up": "", "State": "Amber Overdue 11 days",
        }  # fmt: skip
        assert (second["Done"], second["State"]) == ("21 May 2021", "Done")
        assert drawn(page) == [
            "Open a kitchen: start 12 April 2021, promised 7 June 2021, forecast 7 July 2021, "
            "30 days later. Amber, overdue 11 days",
            "Make a film: promised 30 September 2021, done 21 May 2021, "
            "132 days earlier (date not agreed yet). Done",
        ]

    def test_every_activity_and_milestone_is_in_both(self, reader, plan):
        names = []
        for number in range(30):
            activity = ActivityFactory(plan=plan, what=f"Activity {number}", position=number)
            MilestoneFactory(plan=plan, title=f"Milestone {number}", activity_id=activity.id)
            names += [f"Activity {number}", f"Milestone: Milestone {number}"]
        MilestoneFactory(plan=plan, title="Of the plan")
        page = parsed(reader.get(URL))
        told = [row["Activity or milestone"] for row in cells(page)]
        assert told == ["Milestone: Of the plan", *names]
        assert [label.split(":")[0] for label in drawn(page)] == names[::2]
        titles = {words(title) for title in page.iter(f"{SVG}title")}
        assert titles >= {f"Milestone {number}" for number in range(30)} | {"Of the plan"}

    def test_links_lead_to_the_activities(self, reader, plan):
        activity = ActivityFactory(plan=plan)
        url = f"{PLAN}/activities/{activity.id}"
        page = parsed(reader.get(URL))
        assert [a.get("href") for a in page.iter(f"{SVG}a")] == [url]
        assert reader.get(url).status_code == 200

    def test_what_left_the_period_is_said(self, reader, plan):
        ActivityFactory(plan=plan, forecast_on=date(2022, 5, 2), rag=Rag.GREEN)
        page = reader.get(URL)
        assert "After the period" in text_of(page)
        assert cells(parsed(page))[0]["State"] == "Green Expected after the period"

    def test_titles_are_words_and_never_code(self, reader, plan):
        nasty = "\"><script>alert(1)</script><a href='javascript:x'>"
        activity = ActivityFactory(plan=plan, what=nasty)
        MilestoneFactory(plan=plan, title=nasty, activity_id=activity.id)
        page = parsed(reader.get(URL))
        assert not [e for e in page.iter(f"{XHTML}script") if not e.get("src")]
        assert not list(page.iter(f"{SVG}script"))
        assert cells(page)[0]["Activity or milestone"] == nasty


class TestDependencies:
    def test_are_drawn_and_named(self, reader, plan):
        late = MilestoneFactory(plan=plan, title="Hall found", promised_on=date(2021, 6, 1))
        opens = MilestoneFactory(plan=plan, title="Kitchen opens", promised_on=date(2021, 6, 30))
        party = MilestoneFactory(plan=plan, title="Street party", promised_on=date(2021, 7, 30))
        db.session.flush()
        set_waits_for(milestone=opens, version=1, chosen=[late.id])
        set_waits_for(milestone=party, version=1, chosen=[opens.id])
        answer = reader.get(URL)
        hall, kitchen, street = cells(parsed(answer))
        held = "Kitchen opens (promised 30 June 2021); 1 more that wait for those"
        assert (hall["Holds up"], hall["State"]) == (held, "Overdue 17 days")
        assert kitchen["Waits for"] == "Hall found (expected 1 June 2021)"
        assert kitchen["Holds up"] == ""
        assert street["Waits for"] == "Kitchen opens (expected 30 June 2021)"
        svg = answer.get_data(as_text=True).split('id="drawing"')[1].split("wm-tl-key")[0]
        assert svg.count('"wm-tl__line wm-tl__line--late"') == 1
        assert svg.count('"wm-tl__line"') == 1


class TestTheUrl:
    def test_honours_the_filter(self, reader, plan):
        ActivityFactory(plan=plan, what="Going well", rag=Rag.GREEN)
        ActivityFactory(plan=plan, what="Going badly", rag=Rag.RED, rag_reason="No money")
        page = parsed(reader.get(f"{URL}?rag=red"))
        assert [row["Activity or milestone"] for row in cells(page)] == ["Going badly"]
        assert len(drawn(page)) == 1
        fragment = reader.htmx("GET", f"{URL}?rag=red").get_data(as_text=True)
        assert "Going badly" in fragment and "Going well" not in fragment
        assert f'href="{URL}?"' in fragment  # the chip that takes it off stays on the timeline

    def test_a_filter_that_nothing_passes_can_be_cleared(self, reader, plan):
        ActivityFactory(plan=plan)
        page = text_of(reader.get(f"{URL}?rag=red"))
        assert "Nothing in this plan matches the filter" in page
        assert f'<a href="{URL}">Clear filters</a>' in page

    @pytest.mark.parametrize("query", ["rag=purple&page=-3", "page=99", "lead=x&show=", "page=x"])
    def test_nonsense_is_left_out(self, reader, plan, query):
        ActivityFactory(plan=plan, what="Open a kitchen")
        assert "Open a kitchen" in text_of(reader.get(f"{URL}?{query}"))

    def test_a_long_plan_is_told_page_by_page(self, reader, plan):
        for number in range(101):
            ActivityFactory(plan=plan, what=f"Activity {number}.", position=number)
        first = reader.get(URL)
        assert "Showing 1 to 100 of 101 activities" in text_of(first)
        assert len(drawn(parsed(first))) == 100
        assert drawn(parsed(reader.get(f"{URL}?page=2")))[0].startswith("Activity 100.")

    def test_any_plan_of_the_workstream(self, reader, plan):
        later = DeliveryPlanFactory(
            workstream_id=plan.workstream_id, starts_on=date(2022, 4, 1), ends_on=date(2023, 3, 31)
        )
        ActivityFactory(plan=later, what="Next year", due_on=date(2022, 6, 30))
        page = text_of(reader.get(f"/workstreams/new-parks/plans/{later.id}/timeline"))
        assert "Next year" in page and "is before the first day here" in page
        assert f'href="/workstreams/new-parks/plans/{later.id}"' in page

    def test_is_nothing_to_somebody_without_a_role(self, client, plan):
        assert client.sign_in(UserFactory()).get(URL).status_code == 404


class TestWhatIsNotThere:
    def test_no_activities(self, client, plan, lead):
        page = text_of(client.sign_in(lead).get(URL))
        assert "No activities yet" in page and f"{PLAN}/add" in page
        assert 'id="drawing"' not in page

    def test_no_plan(self, client, app):
        workstream = WorkstreamFactory(slug="coalville")
        client.sign_in(MembershipFactory(workstream_id=workstream.id).user)
        assert client.get("/workstreams/coalville/plan/timeline").status_code == 404

    def test_activities_without_dates_are_listed(self, reader, plan):
        ActivityFactory(plan=plan, what="Think", due_on=None, due_text="")
        page = text_of(reader.get(URL))
        assert "No dates yet" in page and "Think" in page and 'id="drawing"' not in page
        ActivityFactory(plan=plan, what="Act")
        page = parsed(reader.get(URL))
        assert [row["Activity or milestone"] for row in cells(page)] == ["Act"]
        undated = next(e for e in page.iter() if e.get("id") == "undated")
        assert words(undated) == "No dates yet Think"

    def test_removed_rows_and_milestones(self, client, plan, lead):
        gone = ActivityFactory(plan=plan, what="Gone")
        MilestoneFactory(plan=plan, title="Gone too", activity_id=gone.id)
        kept = MilestoneFactory(plan=plan, title="Left out")
        client.sign_in(lead)
        for url in (f"activities/{gone.id}", f"milestones/{kept.id}"):
            client.post(f"{PLAN}/{url}/remove", data={"version": "1"})
        page = text_of(client.get(URL))
        assert "Gone" not in page and "Left out" not in page


def test_the_plan_leads_to_it(reader, plan):
    assert f'href="{URL}"' in text_of(reader.get(PLAN))


def test_it_asks_the_database_eight_times_at_most(reader, plan):
    for number in range(20):
        activity = ActivityFactory(plan=plan, position=number)
        some = [MilestoneFactory(plan=plan, activity_id=activity.id) for _ in range(2)]
        db.session.flush()
        set_waits_for(milestone=some[1], version=1, chosen=[some[0].id])
    reader.get("/")
    with statements() as sent:
        reader.get(URL)
    assert len(sent) <= 8, sent


def test_it_prints_on_a3(reader, plan):
    ActivityFactory(plan=plan)
    assert "wm-paper--a3" in text_of(reader.get(URL))
    assert "wm-paper--a3" not in text_of(reader.get(PLAN))
    styles = (ROOT / "app/static/src/styles/_drawing.scss").read_text()
    page = re.search(r"@page wide-a3 \{(.*?)\}", styles, re.DOTALL)
    assert page and "size: a3 landscape" in page[1]
    assert re.search(r"\.wm-paper--a3 \{\s*page: wide-a3;", styles)
