"""What has changed in every plan that one may see."""

from datetime import UTC, date, datetime

import pytest

from app.delivery.models import PlanStatus, Rag
from app.extensions import db
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, ProgressUpdateFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements
from tests.versions.conftest import text_of
from tests.versions.dated import on

SINCE = "/changes?since=2021-06-01"


def changed_stream(name, day=date(2021, 6, 10), reader=None, **values):
    """A workstream whose plan of 1 April was reworded on a day."""
    with on(date(2021, 4, 1)):
        stream = WorkstreamFactory(name=name, slug=name.lower().replace(" ", "-"), **values)
        row = ActivityFactory(
            plan=DeliveryPlanFactory(workstream_id=stream.id), what=f"Row of {name}", how="Weekly"
        )
    with on(day):
        row.how = "Daily"
    if reader:
        MembershipFactory(workstream_id=stream.id, user=reader, role=MemberRole.READER)
    return stream, row


@pytest.fixture
def reader(app):
    return UserFactory()


def test_only_what_one_may_see(client, reader):
    changed_stream("Seen", reader=reader)
    changed_stream("Hidden")
    page = text_of(client.sign_in(reader).get(SINCE))
    assert "1 of 1 plan has changed since the end of 1 June 2021" in page
    assert "Row of Seen" in page
    assert "Hidden" not in page
    assert "1 activity reworded." in page
    assert 'href="/workstreams/seen/plan/changes?since=2021-06-01"' in page


def test_somebody_with_an_opcc_wide_role_sees_all(client):
    changed_stream("One")
    changed_stream("Two")
    page = text_of(client.sign_in(UserFactory(opcc_reader=True)).get(SINCE))
    assert "2 of 2 plans have changed" in page


def test_only_plans_that_changed_since(client, reader):
    changed_stream("Lately", reader=reader)
    changed_stream("Before", day=date(2021, 5, 30), reader=reader)
    page = text_of(client.sign_in(reader).get(SINCE))
    assert "1 of 2 plans has changed" in page
    assert "Row of Lately" in page and "Row of Before" not in page


def test_a_draft_of_the_next_plan_is_no_change_of_this_one(client, reader):
    stream, row = changed_stream("Zone", day=date(2021, 5, 1), reader=reader)
    with on(date(2021, 5, 2)):
        row.plan.status, row.plan.agreed_on = PlanStatus.AGREED, date(2021, 4, 1)
    with on(date(2021, 6, 10)):
        following = DeliveryPlanFactory(
            workstream_id=stream.id, starts_on=date(2022, 4, 1), ends_on=date(2023, 3, 31)
        )
        ActivityFactory(plan=following, what="Next year")
    page = text_of(client.sign_in(reader).get("/changes?since=2021-06-01"))
    assert "No plan has changed" in page


def test_in_the_order_of_the_tree_with_what_is_above(client, reader):
    programme, _ = changed_stream("Zones", reader=reader)
    changed_stream("Alpha", parent_id=programme.id)
    changed_stream("Beta", reader=reader)
    page = text_of(client.sign_in(reader).get(SINCE))
    places = [page.index(f"Row of {name}") for name in ("Beta", "Zones", "Alpha")]
    assert places == sorted(places)
    assert '<span class="wm-row__sub">Zones · Delivery plan 2021/22</span>' in page


def test_by_kind_and_by_part_of_the_tree(client, reader):
    programme, _ = changed_stream("Zones", reader=reader, kind=WorkstreamKind.PROGRAMME)
    changed_stream("Alpha", parent_id=programme.id, kind=WorkstreamKind.PEOPLE_ZONE)
    changed_stream("Beta", reader=reader)

    client.sign_in(reader)

    def shown(query):
        page = text_of(client.get(f"{SINCE}&{query}"))
        return {name for name in ("Zones", "Alpha", "Beta") if f"Row of {name}" in page}

    assert shown("kind=people_zone") == {"Alpha"}
    assert shown("within=zones") == {"Zones", "Alpha"}
    assert shown("within=nowhere") == set()
    assert shown("kind=nonsense") == {"Zones", "Alpha", "Beta"}


def test_progress_updates_are_counted_and_rows_told(client, reader):
    _, row = changed_stream("Zone", reader=reader)
    with on(date(2021, 6, 11)):
        row.rag, row.rag_reason = Rag.RED, "No money"
        ProgressUpdateFactory(activity=row, posted_at=datetime(2021, 6, 11, tzinfo=UTC))
        ProgressUpdateFactory(activity=row, posted_at=datetime(2021, 5, 11, tzinfo=UTC))
    page = text_of(client.sign_in(reader).get(SINCE))
    assert "1 activity reworded. Progress: 1 now red. 1 progress update posted." in page
    assert "<strong>Reworded, Now red:</strong> Row of Zone" in page


def test_changed_and_changed_back(client, reader):
    _, row = changed_stream("Zone", reader=reader)
    with on(date(2021, 6, 11)):
        row.how = "Weekly"
    assert "Changed, and changed back" in text_of(client.sign_in(reader).get(SINCE))


def test_a_new_plan_and_an_agreement_are_told(client, reader):
    with on(date(2021, 6, 10)):
        stream = WorkstreamFactory()
        plan = DeliveryPlanFactory(
            workstream_id=stream.id, status=PlanStatus.AGREED, agreed_on=date(2021, 6, 11)
        )
        ActivityFactory(plan=plan)
    MembershipFactory(workstream_id=stream.id, user=reader)
    page = text_of(client.sign_in(reader).get(SINCE))
    assert "The plan is new. Agreed on 11 June 2021. 1 activity added." in page


def test_nothing_changed_and_nothing_to_see(client, reader):
    empty = text_of(client.sign_in(reader).get("/changes"))
    assert "There is no plan here" in empty
    changed_stream("Zone", day=date(2021, 5, 1), reader=reader)
    page = text_of(client.get("/changes"))
    assert "No plan has changed since the end of 11 June 2021" in page


@pytest.mark.parametrize("since", ["banana", "2021-02-30", "2021-06-19", "7", "9" * 40])
def test_a_bad_day_is_said_beside_the_field(client, reader, since):
    answer = client.sign_in(reader).get("/changes", query_string={"since": since})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "There is a problem" in page
    assert f'value="{since}"' in page


def test_archived_workstreams_are_left_out(client, reader):
    stream, _ = changed_stream("Zone", reader=reader)
    stream.archived_at = datetime(2021, 6, 12, tzinfo=UTC)
    assert "Row of Zone" not in text_of(client.sign_in(reader).get(SINCE))


def test_twenty_a_page_and_as_many_queries_for_twenty_as_for_one(client, reader):
    client.sign_in(reader)
    sent = {}
    for number in (1, 22):
        for place in range(number):
            changed_stream(f"Stream {number} {place:02}", reader=reader)
        db.session.commit()
        with statements() as found:
            first = text_of(client.get(SINCE))
        sent[number] = len(found)
    assert sent[22] == sent[1] <= 12
    assert "Showing 1 to 20 of 23 plans" in first
    second = text_of(client.get(f"{SINCE}&page=2"))
    assert "Row of Stream 22 21" in second and "Row of Stream 22 21" not in first
    assert "Showing 21 to 23 of 23 plans" in text_of(client.get(f"{SINCE}&page=99"))


def test_home_and_portfolio_lead_here(client, reader):
    changed_stream("Zone", reader=reader)
    client.sign_in(reader)
    for page in ("/", "/workstreams"):
        assert 'href="/changes"' in text_of(client.get(page))
