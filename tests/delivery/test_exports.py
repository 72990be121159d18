"""A plan as a file: who may have it, what it leaves out, what it says it is."""

from datetime import date

import pytest

from app.delivery.exports import pdf
from app.delivery.exports.naming import status_line
from app.delivery.models import DeliveryPlan, PlanStatus, PlanVersion, Rag, VersionKind
from app.workstreams.models import MemberRole
from tests.conftest import TODAY
from tests.delivery.exported import from_csv, from_docx, from_xlsx
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements

URL = "/workstreams/new-parks/plan"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
}


@pytest.fixture
def plan(app):
    return DeliveryPlanFactory(
        workstream_id=WorkstreamFactory(slug="new-parks", name="New Parks").id
    )


@pytest.fixture
def reader(client, plan):
    user = MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user
    client.sign_in(user)
    return user


@pytest.mark.parametrize("ending", TYPES)
def test_whoever_sees_the_plan_may_have_it(client, plan, reader, ending):
    ActivityFactory(plan=plan)
    answer = client.get(f"{URL}.{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == TYPES[ending]
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=new-parks-delivery-plan-2021-22-2021-06-18.{ending}"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("ending", TYPES)
def test_a_plan_that_is_hidden_is_not_there(client, plan, ending):
    client.sign_in(UserFactory())
    assert client.get(f"{URL}.{ending}").status_code == 404
    assert client.get(f"/workstreams/new-parks/plans/{plan.id}.{ending}").status_code == 404


def test_where_there_is_no_plan_there_is_no_file(client):
    workstream = WorkstreamFactory(slug="coalville")
    client.sign_in(MembershipFactory(workstream_id=workstream.id).user)
    assert client.get("/workstreams/coalville/plan.csv").status_code == 404
    assert client.get("/workstreams/coalville/plan.exe").status_code == 404


def test_any_plan_of_the_workstream_has_its_own_files(client, plan, reader):
    earlier = DeliveryPlanFactory(
        workstream_id=plan.workstream_id,
        title="Delivery plan 2020/21",
        starts_on=date(2020, 4, 1),
        ends_on=date(2021, 3, 31),
    )
    ActivityFactory(plan=earlier, what="Of last year")
    elsewhere = DeliveryPlanFactory()
    answer = client.get(f"/workstreams/new-parks/plans/{earlier.id}.csv")
    assert [row["Activity"] for row in from_csv(answer.data)] == ["Of last year"]
    assert "new-parks-delivery-plan-2020-21" in answer.headers["Content-Disposition"]
    assert client.get(f"/workstreams/new-parks/plans/{elsewhere.id}.csv").status_code == 404


@pytest.mark.parametrize("ending", ["xlsx", "csv", "docx"])
def test_the_filter_of_the_url_holds(client, plan, reader, ending):
    read = {"csv": from_csv, "xlsx": from_xlsx, "docx": from_docx}[ending]
    red = ActivityFactory(plan=plan, what="red", rag=Rag.RED, rag_reason="Why")
    ActivityFactory(plan=plan, what="other")
    ActivityFactory(plan=plan, what="mine", lead_person=reader)
    MilestoneFactory(plan=plan, activity_id=red.id)
    for query, shown in {
        "rag=red": ["red"],
        "show=mine": ["mine"],
        f"lead={reader.id}": ["mine"],
        "page=7": ["red", "other", "mine"],
    }.items():
        answer = client.get(f"{URL}.{ending}?{query}")
        assert [row["Activity"] for row in read(answer.data)] == shown
        filtered = "plan-2021-22-filtered-2021" in answer.headers["Content-Disposition"]
        assert filtered == (query != "page=7")


def test_a_filtered_file_says_so(client, plan, reader):
    ActivityFactory(plan=plan, rag=Rag.RED, rag_reason="Why", lead_person=reader)
    answer = client.get(f"{URL}.csv?rag=red&lead={reader.id}&show=mine")
    words = from_csv(answer.data)[0]["Version of the plan"]
    assert words.endswith(
        f"1 activity. Only some of the plan. Lead: {reader.name}; RAG: Red; "
        "Show: what the person who downloaded it leads or helps with"
    )


def test_a_file_holds_more_than_a_page_and_says_when_it_is_not_all(
    client, plan, reader, monkeypatch
):
    for number in range(101):
        ActivityFactory(plan=plan, position=number)
    assert len(from_csv(client.get(f"{URL}.csv").data)) == 101
    monkeypatch.setattr("app.delivery.routes.exports._FORMATS", _limited_to(100))
    rows = from_csv(client.get(f"{URL}.csv").data)
    assert len(rows) == 100
    assert "The first 100 activities of 101: filter" in rows[0]["Version of the plan"]


def _limited_to(rows):
    from app.delivery.routes.exports import _FORMATS

    return {ending: (write, kind, rows) for ending, (write, kind, _) in _FORMATS.items()}


def test_removed_rows_do_not_leave(client, plan, reader):
    from app.core import clock

    ActivityFactory(plan=plan, what="stays")
    gone = ActivityFactory(plan=plan, what="gone", archived_at=clock.now())
    MilestoneFactory(plan=plan, activity_id=gone.id, title="gone too")
    assert [row["Activity"] for row in from_csv(client.get(f"{URL}.csv").data)] == ["stays"]
    assert b"gone" not in client.get(f"{URL}.ics").data


AGREED = {"status": PlanStatus.AGREED, "agreed_on": date(2021, 4, 1)}


@pytest.mark.parametrize(
    ("plan", "versions", "line"),
    [
        ({}, {}, "Draft, not agreed, as of 18 June 2021"),
        (
            {"status": PlanStatus.SUBMITTED, "submitted_on": date(2021, 6, 10)},
            {VersionKind.SUBMITTED: (1, date(2021, 6, 10))},
            "Submitted 10 June 2021, version 1, with changes to 18 June 2021, not agreed",
        ),
        (AGREED, {}, "Agreed 1 April 2021, with changes to 18 June 2021"),
        (
            AGREED,
            {VersionKind.AGREED: (2, date(2021, 4, 1)), VersionKind.KEPT: (3, date(2021, 5, 1))},
            "Agreed 1 April 2021, version 2, with changes to 18 June 2021",
        ),
        (
            AGREED,
            {VersionKind.AGREED: (2, TODAY)},
            "Agreed 18 June 2021, version 2",
        ),
        (
            {**AGREED, "superseded_on": date(2021, 6, 1)},
            {VersionKind.AGREED: (2, date(2021, 4, 1))},
            "Superseded 1 June 2021. Agreed 1 April 2021, version 2, with changes to 18 June 2021",
        ),
    ],
)
def test_the_line_that_names_a_version(plan, versions, line):
    assert (
        status_line(DeliveryPlan(**{"status": PlanStatus.DRAFT, **plan}), versions, TODAY) == line
    )


def test_the_newest_agreed_version_is_named(client, db, plan, reader):
    plan.status, plan.agreed_on = PlanStatus.AGREED, date(2021, 4, 1)
    ActivityFactory(plan=plan)
    for number, kind in enumerate((VersionKind.SUBMITTED, VersionKind.AGREED, VersionKind.KEPT), 1):
        db.session.add(
            PlanVersion(
                plan_id=plan.id,
                workstream_id=plan.workstream_id,
                number=number,
                kind=kind,
                taken_on=date(2021, 4, number),
                content={"plan": {}, "activities": [], "milestones": []},
            )
        )
    words = from_csv(client.get(f"{URL}.csv").data)[0]["Version of the plan"]
    assert "Agreed 2 April 2021, version 2, with changes to 18 June 2021" in words


@pytest.mark.parametrize("ending", ["csv", "ics"])
def test_queries_do_not_grow_with_rows(client, plan, reader, ending):
    """All formats read alike; these two are quick to write."""
    counts = []
    for _ in range(2):
        for _ in range(10):
            activity = ActivityFactory(plan=plan, contributors=[reader])
            MilestoneFactory(plan=plan, activity_id=activity.id)
        client.get(f"{URL}.{ending}?show=open")
        with statements() as sent:
            client.get(f"{URL}.{ending}?show=open")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 13


def test_the_plan_page_offers_what_its_filter_shows(client, plan, reader):
    ActivityFactory(plan=plan, rag=Rag.RED, rag_reason="Why")
    ActivityFactory(plan=plan)
    page = client.get(f"{URL}?rag=red&show=open").text
    for ending in TYPES:
        assert f'href="{URL}.{ending}?rag=red&amp;show=open"' in page
    assert 'Excel<span class="govuk-visually-hidden"> file of the plan, 1 row</span>' in page
    assert f'href="{URL}.pdf"' in client.get(URL).text
    assert ".pdf" not in client.get(f"{URL}?rag=green").text, "nothing to download"


def test_a_pdf_that_cannot_be_made_is_a_page_that_says_what_to_do(
    client, plan, reader, monkeypatch
):
    def fail(_file):
        raise pdf.NotTypeset("It took too long.")

    formats = {"pdf": (fail, pdf.MIMETYPE, 10)}
    monkeypatch.setattr("app.delivery.routes.exports._FORMATS", formats)
    answer = client.get(f"{URL}.pdf")
    assert answer.status_code == 503
    assert answer.mimetype == "text/html"
    assert "download it as Word or Excel" in answer.text
