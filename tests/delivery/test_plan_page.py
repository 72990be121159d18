"""The plan page: what it shows, to whom, filtered by its URL."""

from datetime import date

import pytest

from app.delivery.models import Rag
from app.workstreams.models import MemberRole
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
)
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


@pytest.fixture
def plan(app):
    workstream = WorkstreamFactory(slug="new-parks", name="New Parks")
    return DeliveryPlanFactory(workstream_id=workstream.id, title="Delivery plan 2021/22")


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def reader(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def test_a_plan_without_activities_says_what_to_do(client, plan, lead):
    page = client.sign_in(lead).get("/workstreams/new-parks/plan")
    assert page.status_code == 200
    assert "No activities yet" in text_of(page)
    assert "/workstreams/new-parks/plan/add" in text_of(page)


def test_a_workstream_without_a_plan_lets_its_lead_start_one(client, app):
    workstream = WorkstreamFactory(slug="coalville")
    lead = MembershipFactory(workstream_id=workstream.id, role=MemberRole.LEAD).user
    page = client.sign_in(lead).get("/workstreams/coalville/plan")
    assert "There is no delivery plan yet" in text_of(page)
    assert "/workstreams/coalville/plan/start" in text_of(page)


def test_a_row_shows_what_the_lead_wrote(client, plan, reader):
    organisation = OrganisationFactory(name="Leicester City Council")
    person = UserFactory(name="Asha Patel")
    activity = ActivityFactory(
        plan=plan,
        what="Open a community kitchen",
        how="Weekly sessions led by the panel",
        lead_person=person,
        lead_organisation=organisation,
        due_text="by early February 2021",
        due_on=date(2021, 2, 10),
        rag=Rag.AMBER,
        rag_reason="The oven is late",
        last_word_on=date(2021, 6, 16),
    )
    ProgressUpdateFactory(activity=activity, text="The room is booked")
    MilestoneFactory(plan=plan, activity_id=activity.id, title="Oven delivered")
    page = text_of(client.sign_in(reader).get("/workstreams/new-parks/plan"))
    for words in (
        "Open a community kitchen",
        "Weekly sessions led by the panel",
        "Asha Patel",
        "Leicester City Council",
        "10 February 2021",
        "by early February 2021",
        "Overdue 128 days",
        "Amber",
        "The oven is late",
        "updated 2 days ago",
        "The room is booked",
        "Oven delivered",
    ):
        assert words in page, words


def test_a_reader_is_offered_nothing_they_may_not_do(client, plan, reader):
    ActivityFactory(plan=plan)
    page = text_of(client.sign_in(reader).get("/workstreams/new-parks/plan"))
    assert "/update" not in page
    assert "/plan/add" not in page


def test_a_contributor_is_offered_an_update_only_on_what_is_theirs(client, plan):
    contributor = MembershipFactory(
        workstream_id=plan.workstream_id, role=MemberRole.CONTRIBUTOR
    ).user
    mine = ActivityFactory(plan=plan, contributors=[contributor])
    other = ActivityFactory(plan=plan)
    page = text_of(client.sign_in(contributor).get("/workstreams/new-parks/plan"))
    assert f"activities/{mine.id}/update" in page
    assert f"activities/{other.id}/update" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"overdue", "silent", "green", "done", "future"}),
        ("show=open", {"overdue", "silent", "green", "future"}),
        ("show=overdue", {"overdue"}),
        ("show=silent", {"silent"}),
        ("show=done", {"done"}),
        ("rag=red", {"overdue"}),
        ("rag=none", {"silent", "done", "future"}),
        ("domain=safety", {"green"}),
        ("rag=red&domain=safety", set()),
        ("rag=mauve&show=nonsense&lead=7", {"overdue", "silent", "green", "done", "future"}),
    ],
)
def test_the_filter_lives_in_the_url(client, plan, reader, query, shown):
    recent = date(2021, 6, 10)
    ActivityFactory(
        plan=plan, what="overdue", due_text="1 May 2021", due_on=date(2021, 5, 1),
        rag=Rag.RED, rag_reason="Why", last_word_on=recent,
    )  # fmt: skip
    ActivityFactory(plan=plan, what="silent", last_word_on=date(2021, 5, 19))
    ActivityFactory(plan=plan, what="green", rag=Rag.GREEN, last_word_on=recent, builds_safety=True)
    ActivityFactory(plan=plan, what="done", done_on=date(2021, 5, 30))
    ActivityFactory(
        plan=plan, what="future", start_text="September 2021", start_on=date(2021, 9, 1)
    )
    page = client.sign_in(reader).get(f"/workstreams/new-parks/plan?{query}")
    html = page.get_data(as_text=True)
    found = {
        w for w in ("overdue", "silent", "green", "done", "future") if f">{w}</a></h3>" in html
    }
    assert found == shown


def test_filtering_by_lead_and_organisation(client, plan, reader):
    person, organisation = UserFactory(), OrganisationFactory()
    ActivityFactory(plan=plan, what="theirs", lead_person=person, lead_organisation=organisation)
    ActivityFactory(plan=plan, what="another")
    client.sign_in(reader)
    for query in (f"lead={person.id}", f"organisation={organisation.id}"):
        html = client.get(f"/workstreams/new-parks/plan?{query}").get_data(as_text=True)
        assert ">theirs</a></h3>" in html
        assert ">another</a></h3>" not in html


def test_htmx_gets_the_fragment_that_the_page_includes(client, plan, reader):
    ActivityFactory(plan=plan, what="A row")
    fragment = client.sign_in(reader).htmx("GET", "/workstreams/new-parks/plan?show=open")
    assert fragment.get_data(as_text=True).lstrip().startswith('<div id="plan">')
    assert "A row" in fragment.get_data(as_text=True)


def test_long_plans_page_by_a_hundred(client, plan, reader):
    for number in range(101):
        ActivityFactory(plan=plan, what=f"Row {number:03}", position=number)
    client.sign_in(reader)
    first = client.get("/workstreams/new-parks/plan").get_data(as_text=True)
    second = client.get("/workstreams/new-parks/plan?page=2").get_data(as_text=True)
    assert "Row 099" in first and "Row 100" not in first
    assert "Row 100" in second and "Row 099" not in second


def test_removed_activities_are_not_shown(client, plan, lead):
    activity = ActivityFactory(plan=plan, what="Gone soon")
    client.sign_in(lead)
    client.post(
        f"/workstreams/new-parks/plan/activities/{activity.id}/remove", data={"version": "1"}
    )
    assert "Gone soon" not in text_of(client.get("/workstreams/new-parks/plan"))
    assert client.get(f"/workstreams/new-parks/plan/activities/{activity.id}").status_code == 404


def test_mine_is_what_each_reader_leads_or_helps_with(client, plan, lead):
    other = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user
    ActivityFactory(plan=plan, what="Led by one", lead_person=lead)
    ActivityFactory(plan=plan, what="Helped by the other", contributors=[other])
    url = "/workstreams/new-parks/plan?show=mine"
    first = client.sign_in(lead).get(url).get_data(as_text=True)
    second = client.sign_in(other).get(url).get_data(as_text=True)
    assert ">Led by one</a></h3>" in first and ">Helped by the other</a></h3>" not in first
    assert ">Helped by the other</a></h3>" in second and ">Led by one</a></h3>" not in second


@pytest.mark.parametrize("page", ["0", "-1", "2", "nonsense", "9" * 30])
def test_a_page_beyond_the_end_is_the_first(client, plan, reader, page):
    ActivityFactory(plan=plan, what="A row")
    answer = client.sign_in(reader).get(f"/workstreams/new-parks/plan?page={page}")
    assert answer.status_code == 200
    assert ">A row</a></h3>" in answer.get_data(as_text=True)
