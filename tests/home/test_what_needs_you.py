"""The front page: what needs you, why, and the way there."""

from datetime import date

from app.delivery.models import DeliveryPlan
from app.extensions import db
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.home.conftest import late_activity
from tests.statements import statements, writes


def test_a_visitor_is_sent_to_sign_in(client, app):
    response = client.get("/")
    assert response.status_code == 303
    assert response.location.startswith("/account/sign-in")


def test_a_flag_says_why_and_leads_there(client, lead, late):
    text = client.sign_in(lead).get("/").text
    assert "Overdue" in text
    assert "It was due on 1 June 2021, 17 days ago." in text
    assert "Open the community room" in text
    assert f"/workstreams/new-parks/plan/activities/{late.id}/update" in text


def test_flags_are_counted_and_grouped_by_kind(client, lead, plan):
    late_activity(plan, what="Late one")
    late_activity(plan, what="Due soon one", due_text="25 June 2021", due_on=date(2021, 6, 25))
    text = client.sign_in(lead).get("/").text
    assert "2 things need you today" in text
    assert text.index('id="overdue"') < text.index('id="due_soon"')


def test_one_thing_needs_you_in_the_singular(client, lead, late):
    assert "1 thing needs you today" in client.sign_in(lead).get("/").text


def test_a_long_group_shows_ten_until_asked_for_all(client, lead, plan):
    for number in range(12):
        late_activity(plan, what=f"Thing {number}")
    client.sign_in(lead)
    first = client.get("/").text
    assert first.count('class="wm-need wm-need--overdue"') == 10
    assert "Show all 12" in first
    whole = client.get("/?all=overdue").text
    assert whole.count('class="wm-need wm-need--overdue"') == 12
    assert "Show all" not in whole
    assert client.get("/?all=nonsense").text.count('class="wm-need wm-need--overdue"') == 10


def test_a_hidden_workstream_raises_no_flag(client, plan):
    """Something assigned to somebody who has no role there (any more) is not shown to them."""
    outsider = UserFactory()
    late_activity(plan, what="A secret thing", lead_person_id=outsider.id)
    text = client.sign_in(outsider).get("/").text
    assert "A secret thing" not in text
    assert "New Parks" not in text
    assert "Nothing needs you today" in text


def test_nothing_needs_you(client, lead):
    text = client.sign_in(lead).get("/").text
    assert "Nothing needs you today" in text
    assert 'href="/workstreams/new-parks"' in text


def test_your_workstreams_with_your_roles(client, lead):
    other = WorkstreamFactory(name="Coalville", slug="coalville")
    MembershipFactory(workstream_id=other.id, user=lead, role="evaluator")
    MembershipFactory(workstream_id=other.id, user=lead, role="contributor")
    WorkstreamFactory(name="Somebody else's")
    text = client.sign_in(lead).get("/").text
    assert text.index("Coalville") < text.index("New Parks")
    assert "Contributor, Evaluator" in text
    assert "Somebody else" not in text


def test_an_administrator_without_a_role_is_shown_the_way_to_everything(client, plan):
    late_activity(plan)
    text = client.sign_in(UserFactory(administrator=True)).get("/").text
    assert "Open the community room" not in text
    assert "/workstreams?rag=red" in text


def test_somebody_without_any_role_is_told_whom_to_ask(client, app):
    text = client.sign_in(UserFactory()).get("/").text
    assert "You have no role on a workstream yet" in text


def test_the_page_takes_as_many_queries_for_one_flag_as_for_forty(client, lead, plan):
    late_activity(plan)
    client.sign_in(lead)
    client.get("/")
    with statements() as one:
        client.get("/")
    for number in range(40):
        late_activity(db.session.get(DeliveryPlan, plan.id), what=f"Thing {number}")
    with statements() as many:
        client.get("/?all=overdue")
    sent = [s for s in one if "INSERT" not in s]
    assert len([s for s in many if "INSERT" not in s]) == len(sent) <= 11
    assert not writes(sent)


def test_the_statements_are_public(client, app):
    for path, heading in (
        ("/accessibility", "Accessibility statement"),
        ("/privacy", "Privacy notice"),
    ):
        response = client.get(path)
        assert response.status_code == 200
        assert heading in response.text


def test_the_privacy_notice_names_the_cookie_that_is_set(client, app):
    assert app.config["SESSION_COOKIE_NAME"] in client.get("/privacy").text


def test_an_unknown_page_says_what_to_do(client, lead):
    response = client.sign_in(lead).get("/nowhere")
    assert response.status_code == 404
    assert "Page not found" in response.text
    assert "Check the address" in response.text


def test_an_error_inside_a_swap_is_a_fragment(client, lead):
    response = client.sign_in(lead).htmx("GET", "/nowhere")
    assert response.status_code == 404
    assert "<html" not in response.text
    assert "Page not found" in response.text
