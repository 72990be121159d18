"""What people read in the history of a workstream and of one thing."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.acting import acting
from app.core.database import new_id
from app.core.history import ChangeAction, ChangeRecord
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.delivery.models import DeliveryPlan, Rag
from app.extensions import db
from app.workstreams.models import KeyIssue
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, ProgressUpdateFactory
from tests.factories.workstreams import AimFactory, KeyIssueFactory, WorkstreamFactory
from tests.statements import statements


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


@pytest.mark.parametrize(
    "role", ["lead", "contributor", "evaluator", "reader", "administrator", "opcc_reader"]
)
def test_everybody_on_the_workstream_reads_its_history(people, client, role):
    response = client.sign_in(getattr(people, role)).get(people.url)
    assert response.status_code == 200
    assert "Workstream added" in text_of(response)


def test_others_do_not_even_learn_that_it_exists(people, client):
    issue = KeyIssueFactory(workstream_id=people.place_id)
    urls = (people.url, f"{people.url}/{issue.id}")
    client.sign_in(people.stranger)
    for url in urls:
        assert client.get(url).status_code == 404


def test_a_thing_of_another_workstream_is_not_found_here(people, client):
    elsewhere = KeyIssueFactory()
    url = f"{people.url}/{elsewhere.id}"
    assert client.sign_in(people.administrator).get(url).status_code == 404


def test_each_entry_says_who_when_what_and_from_to_in_words(people, client):
    first, second = OrganisationFactory(name="Fire service"), OrganisationFactory(name="Council")
    plan = DeliveryPlanFactory(workstream_id=people.place_id)
    activity = ActivityFactory(plan=plan, what="Open the kitchen", lead_organisation_id=first.id)
    aim = AimFactory(workstream_id=people.place_id, text="People feel safe")
    with acting(people.lead):
        activity.lead_organisation_id = second.id
        activity.done_on = date(2021, 6, 9)
        activity.rag = Rag.GREEN
        activity.builds_safety = True
        activity.aims = [aim]
        activity.contributors = [people.contributor]
    url = f"{people.url}/{activity.id}"
    text = text_of(client.sign_in(people.reader).get(people.url))
    assert f'Activity changed: <a href="{url}">Open the kitchen</a>' in text
    assert "The lead, <time" in text
    assert "<del>Fire service</del>" in text
    assert "<ins>Council</ins>" in text
    assert "<ins>9 June 2021</ins>" in text
    assert "<ins>Green</ins>" in text
    assert "<dt>Builds safety</dt>" in text
    assert "<del>No</del>" in text
    assert "<dt>Priorities and ambition statements</dt>" in text
    assert "<ins>People feel safe</ins>" in text
    assert "<ins>The contributor</ins>" in text


def test_long_texts_show_which_words_changed(people, client):
    issue = KeyIssueFactory(
        workstream_id=people.place_id, text="Young people have nowhere to go after school"
    )
    issue.text = "Young people have nowhere safe to go after school"
    text = text_of(client.sign_in(people.reader).get(f"{people.url}/{issue.id}"))
    assert (
        "Young people have nowhere <ins>"
        '<span class="govuk-visually-hidden">added: </span>safe</ins> to go after school' in text
    )


def test_markup_in_a_text_stays_text(people, client):
    issue = KeyIssueFactory(workstream_id=people.place_id, text="one two three four five six")
    issue.text = "one two three <script>x</script> five six"
    text = text_of(client.sign_in(people.reader).get(f"{people.url}/{issue.id}"))
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


def test_what_is_gone_is_no_longer_here(people, client):
    organisation = OrganisationFactory(name="A charity")
    plan = DeliveryPlanFactory(workstream_id=people.place_id)
    activity = ActivityFactory(plan=plan, lead_organisation_id=organisation.id)
    activity.lead_organisation_id = None
    db.session.flush()
    db.session.delete(organisation)
    text = text_of(client.sign_in(people.reader).get(f"{people.url}/{activity.id}"))
    assert "<del>no longer here</del>" in text


def test_a_parent_that_the_reader_may_not_see_is_not_named(people, client):
    secret = WorkstreamFactory(name="Secret programme")
    child = WorkstreamFactory(name="Child", slug="child", parent_id=secret.id)
    from tests.factories.workstreams import MembershipFactory

    MembershipFactory(workstream_id=child.id, user=people.reader)
    url = "/workstreams/child/history"
    assert "Secret programme" not in text_of(client.sign_in(people.reader).get(url))
    assert "Secret programme" in text_of(client.sign_in(people.administrator).get(url))


def test_personal_values_are_not_in_history_text(people, client):
    person = UserFactory(name="First Name", email="first@waymark.example")
    person.name = "Second Name"
    db.session.flush()
    record = db.session.get(ChangeRecord, latest_change_id(person.id))
    assert record.changes == {}
    assert record.personal == {"name": ["First Name", "Second Name"]}
    assert record.workstream_id is None
    own_history = f"{people.url}/{person.id}"
    client.sign_in(people.administrator)
    assert "First Name" not in text_of(client.get(people.url))
    assert client.get(own_history).status_code == 404


def test_a_model_may_keep_its_history_to_those_with_a_right(people, client, monkeypatch):
    monkeypatch.setattr(KeyIssue, "history_right", Right.EDIT_WORKSTREAM)
    with acting(people.administrator):
        issue = KeyIssueFactory(workstream_id=people.place_id, text="Kept to the leads")
        issue.text = "Kept to leads"
        change_id = latest_change_id(issue.id)
    url, restore_url = f"{people.url}/{issue.id}", f"{people.url}/{change_id}/restore"
    client.sign_in(people.lead)
    page = text_of(client.get(people.url))
    assert "Kept to leads" in page
    assert 'value="key_issues"' in page
    assert "The officer" in page
    assert client.get(url).status_code == client.get(restore_url).status_code == 200
    client.sign_in(people.reader)
    for asked in ("", "?kind=key_issues"):
        page = text_of(client.get(f"{people.url}{asked}"))
        assert "Kept to" not in page
        assert 'value="key_issues"' not in page
        assert "The officer" not in page, "who changed only what is hidden is no choice"
    assert client.get(url).status_code == client.get(restore_url).status_code == 404
    assert client.post(f"{people.url}/{change_id}/undo").status_code == 404


def make_records(place_id, actor_id, count):
    """Records of one thing, straight into the table."""
    subject_id = KeyIssueFactory(workstream_id=place_id, text="Numbered").id
    ids = sorted(new_id() for _ in range(count))
    db.session.execute(
        sa.insert(ChangeRecord),
        [
            {
                "id": record_id,
                "actor_id": actor_id,
                "workstream_id": place_id,
                "subject_type": "key_issues",
                "subject_id": subject_id,
                "action": ChangeAction.UPDATED,
                "changes": {"raised_at": [str(n), str(n + 1)]},
            }
            for n, record_id in enumerate(ids)
        ],
    )
    return ids


def test_pages_of_fifty_by_keyset(people, client):
    ids = make_records(people.place_id, people.lead.id, 60)
    client.sign_in(people.reader)
    first = client.get(people.url).get_data(as_text=True)
    assert first.count('id="change-') == 50
    assert f'id="change-{ids[-1]}"' in first
    older = f"{people.url}?before={ids[10]}"
    assert older in first
    # A change made meanwhile does not push anything over the edge of a page.
    KeyIssueFactory(workstream_id=people.place_id)
    second = client.get(older).get_data(as_text=True)
    assert f'id="change-{ids[9]}"' in second
    assert f'id="change-{ids[10]}"' not in second
    assert "Newest changes" in second


def test_the_filter_lives_in_the_url(people, client):
    ids = make_records(people.place_id, people.lead.id, 2)
    AimFactory(workstream_id=people.place_id, text="Not this")
    lead_id = people.lead.id
    client.sign_in(people.reader)

    def shown(query):
        return client.get(f"{people.url}?{query}").get_data(as_text=True)

    page = shown(f"person={lead_id}")
    assert page.count('id="change-') == 2
    assert "Changed by The lead" in page
    assert "Not this" not in shown("kind=key_issues")
    today = clock.on_day(clock.now())
    assert shown(f"from={today}&to={today}").count('id="change-') > 2
    assert "No changes like that" in shown(f"to={today - timedelta(days=1)}")
    assert "No changes like that" in shown(f"from={today + timedelta(days=1)}")
    wrong = shown("from=soon&person=nobody&kind=passwords")
    assert "There is a problem" in wrong
    assert f'id="change-{ids[0]}"' in wrong


def test_queries_do_not_grow_with_changes(people, client):
    client.sign_in(people.lead)

    def queries():
        with statements() as sent:
            assert client.get(people.url).status_code == 200
        return len(sent)

    plan = DeliveryPlanFactory(workstream_id=people.place_id)
    ActivityFactory(plan=plan)
    plan_id = plan.id
    few = queries()
    for _ in range(20):
        activity = ActivityFactory(
            plan=db.session.get(DeliveryPlan, plan_id),
            lead_person=UserFactory(),
            aims=[AimFactory(workstream_id=people.place_id)],
        )
        ProgressUpdateFactory(activity=activity)
    assert queries() == few
    assert few <= 8


def test_the_tab_is_there(people, client):
    assert f'href="{people.url}"' in text_of(client.sign_in(people.reader).get(people.url))
