"""The delivery plan on a workstream's overview: what a board reads in one glance."""

from datetime import date

from app.delivery.models import Rag
from app.workstreams.models import MemberRole
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


def test_red_comes_first_then_amber_then_overdue_and_what_is_on_track_is_left_out(client, app):
    workstream = WorkstreamFactory(slug="new-parks")
    plan = DeliveryPlanFactory(workstream_id=workstream.id)
    reader = MembershipFactory(workstream_id=workstream.id, role=MemberRole.READER).user
    past = {"due_text": "1 June 2021", "due_on": date(2021, 6, 1)}
    ActivityFactory(plan=plan, what="On track", rag=Rag.GREEN)
    ActivityFactory(plan=plan, what="Late", rag=Rag.GREEN, **past)
    ActivityFactory(plan=plan, what="At risk", rag=Rag.AMBER, rag_reason="No room yet")
    ActivityFactory(plan=plan, what="Off track", rag=Rag.RED, rag_reason="No money")
    ActivityFactory(plan=plan, what="Finished", done_on=date(2021, 5, 1), **past)
    page = client.sign_in(reader).get("/workstreams/new-parks").get_data(as_text=True)
    shown = [
        page.index(what) for what in ("Off track", "No money", "At risk", "No room yet", "Late")
    ]
    assert shown == sorted(shown)
    assert "Overdue 17 days" in page
    assert "On track" not in page and "Finished" not in page


def test_without_a_plan_a_lead_is_shown_how_to_start_one(client, app):
    workstream = WorkstreamFactory(slug="new-parks")
    lead = MembershipFactory(workstream_id=workstream.id).user
    page = client.sign_in(lead).get("/workstreams/new-parks").get_data(as_text=True)
    assert "There is no delivery plan yet" in page
    assert "/workstreams/new-parks/plan/start" in page
