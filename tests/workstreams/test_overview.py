"""The overview: what is on it, for whom, and in how many queries."""

from datetime import date

import pytest

from app.core import clock
from app.workstreams.models import (
    AimKind,
    MemberRole,
    ResilienceDomain,
    WorkstreamKind,
    WorkstreamStatus,
)
from app.workstreams.overview import _PANELS, Panel, add_panel
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.workstreams import (
    AimFactory,
    BodyFactory,
    KeyIssueFactory,
    WorkstreamFactory,
)
from tests.statements import statements
from tests.workstreams.people import administrator, someone


@pytest.fixture
def only_test_panels():
    before = dict(_PANELS)
    _PANELS.clear()
    yield
    _PANELS.clear()
    _PANELS.update(before)


def test_it_says_what_the_workstream_is(client, only_test_panels):
    programme = WorkstreamFactory(name="People Zones", slug="people-zones")
    zone = WorkstreamFactory(
        name="Bell Foundry Estate",
        slug="bell-foundry-estate",
        kind=WorkstreamKind.PEOPLE_ZONE,
        status=WorkstreamStatus.PAUSED,
        parent_id=programme.id,
        purpose="Neighbours decide what comes first.",
        starts_on=date(2019, 4, 1),
        ends_on=date(2022, 3, 31),
        lead_organisation=OrganisationFactory(name="Charnwood Borough Council"),
        lead_person=UserFactory(name="Asha Patel"),
        reports_to=BodyFactory(name="Strategic Partnership Board"),
    )
    WorkstreamFactory(name="Garden group", slug="garden-group", parent_id=zone.id)
    WorkstreamFactory(name="Old group", parent_id=zone.id, archived_at=clock.now())
    reader = someone(MemberRole.READER, programme)
    text = client.sign_in(reader).get("/workstreams/bell-foundry-estate").text
    for words in (
        "People Zone",
        "Paused",
        "1 April 2019 to 31 March 2022",
        "Neighbours decide what comes first.",
        "Charnwood Borough Council",
        "Asha Patel",
        "Strategic Partnership Board",
        'href="/workstreams/people-zones"',
        'href="/workstreams/garden-group"',
    ):
        assert words in text
    assert "Old group" not in text


def test_breadcrumb_and_parent_name_only_what_the_reader_may_see(client):
    programme = WorkstreamFactory(name="Hidden programme")
    zone = WorkstreamFactory(parent_id=programme.id)
    child = WorkstreamFactory(parent_id=zone.id)
    reader = someone(MemberRole.READER, zone)
    text = client.sign_in(reader).get(f"/workstreams/{child.slug}").text
    assert "Hidden programme" not in text
    assert programme.slug not in text.replace(child.slug, "").replace(zone.slug, "")
    assert zone.name in text


def test_ambition_statements_stand_by_resilience_domain(client, only_test_panels):
    zone = WorkstreamFactory(kind=WorkstreamKind.PEOPLE_ZONE)
    for domain, text in (
        (ResilienceDomain.SAFETY, "We feel safe at night."),
        (ResilienceDomain.SKILLS, "Everyone can get a start in work."),
    ):
        AimFactory(workstream_id=zone.id, kind=AimKind.AMBITION_STATEMENT, domain=domain, text=text)
    AimFactory(workstream_id=zone.id, text="Gone", archived_at=clock.now())
    KeyIssueFactory(workstream_id=zone.id, text="Street lights", raised_at="Second workshop")
    text = client.sign_in(someone(MemberRole.READER, zone)).get(f"/workstreams/{zone.slug}").text
    assert text.index("Skills") < text.index("Everyone can get a start in work.")
    assert text.index("start in work.") < text.index("Safety") < text.index("We feel safe at night")
    assert "Street lights" in text
    assert "Second workshop" in text
    assert "Gone" not in text


def test_only_those_who_may_change_something_are_offered_it(client, only_test_panels):
    zone = WorkstreamFactory(kind=WorkstreamKind.PEOPLE_ZONE)
    AimFactory(workstream_id=zone.id)
    url = f"/workstreams/{zone.slug}"
    text = client.sign_in(someone(MemberRole.READER, zone)).get(url).text
    for offer in ("/edit", "/move", "/archive", "/new", "/remove"):
        assert f'{offer}"' not in text


def test_a_lead_may_edit_but_not_move(client):
    zone = WorkstreamFactory()
    url = f"/workstreams/{zone.slug}"
    text = client.sign_in(someone(MemberRole.LEAD, zone)).get(url).text
    assert f'{url}/edit"' in text
    assert f'{url}/new"' in text
    assert f'{url}/move"' not in text
    assert f'{url}/archive"' not in text


def test_an_archived_workstream_says_so(client):
    zone = WorkstreamFactory(archived_at=clock.now())
    text = client.sign_in(administrator()).get(f"/workstreams/{zone.slug}").text
    assert "Archived on" in text
    assert f'/workstreams/{zone.slug}/bring-back"' in text


def test_a_hidden_workstream_and_none_at_all_answer_alike(client):
    hidden = WorkstreamFactory(name="Secret zone", slug="secret-zone")
    client.sign_in(someone(MemberRole.READER, WorkstreamFactory()))
    answers = []
    for slug in (hidden.slug, "there-is-none"):
        response = client.get(f"/workstreams/{slug}")
        assert response.status_code == 404
        main = response.text.partition("<main")[2].partition("</main>")[0]
        answers.append((main, {name for name, _ in response.headers} - {"Set-Cookie"}))
    assert answers[0] == answers[1]
    assert answers[0][0]


def test_features_add_panels_in_order_where_they_have_something(client, only_test_panels):
    add_panel(Panel(20, "components/flashes.html", lambda place: {}))
    add_panel(Panel(10, "_error_message.html", lambda place: {"heading": "One", "words": "W"}))
    add_panel(Panel(5, "error.html", lambda place: None))
    zone = WorkstreamFactory()
    text = client.sign_in(someone(MemberRole.READER, zone)).get(f"/workstreams/{zone.slug}").text
    assert "One" in text


def test_queries_do_not_grow_with_rows(client, only_test_panels):
    zone = WorkstreamFactory(kind=WorkstreamKind.PEOPLE_ZONE)
    url = f"/workstreams/{zone.slug}"
    client.sign_in(someone(MemberRole.LEAD, zone))
    with statements() as few:
        client.get(url)
    for _ in range(30):
        AimFactory(workstream_id=zone.id)
        KeyIssueFactory(workstream_id=zone.id)
        WorkstreamFactory(parent_id=zone.id)
    with statements() as many:
        client.get(url)
    assert len(many) == len(few) <= 6
