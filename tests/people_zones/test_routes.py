"""The People Zone's pages: what everybody reads, and what its lead may change."""

import uuid

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.restoring import latest_change_id
from app.extensions import db
from app.people_zones.models import Agency, CoreTeamMember, ZoneFunding, ZoneProfile
from app.workstreams.models import Workstream, WorkstreamKind
from tests.client import new_id
from tests.factories.accounts import OrganisationFactory
from tests.factories.people_zones import (
    CoreTeamMemberFactory,
    ZoneFundingFactory,
    ZoneProfileFactory,
)
from tests.factories.workstreams import BodyFactory
from tests.statements import statements

HTMX = {"HX-Request": "true"}


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


# --- What is shown ---


@pytest.mark.parametrize("url", ["/workstreams/new-parks", "/workstreams/new-parks/zone"])
def test_the_page_names_area_csp_team_missing_agencies_and_money(zone, client, url):
    csp = BodyFactory(name="Safer Leicester Partnership", is_csp=True)
    ZoneProfileFactory(workstream_id=zone.id, area="New Parks, Leicester", csp_id=csp.id)
    CoreTeamMemberFactory(workstream_id=zone.id, agency=Agency.POLICE, job="Sergeant")
    ZoneFundingFactory(workstream_id=zone.id, year_starting=2021)
    ZoneFundingFactory(workstream_id=zone.id, year_starting=2022)
    text = text_of(client.sign_in(zone.reader).get(url))
    assert "New Parks, Leicester" in text
    assert "Safer Leicester Partnership" in text
    assert "Sergeant" in text
    for agency in ("local authority", "fire", "health"):
        assert f"Missing: {agency}" in text
    assert "Missing: police" not in text
    assert "Nobody from health is in the core team yet." in text
    assert "2021/22" in text
    assert "2022/23" in text
    assert "£50,000" in text
    assert "core-team/add" not in text, "a reader has nothing to press"
    assert text_of(client.sign_in(zone.lead).get(url)).count("core-team/add?agency=") == 3


def test_other_kinds_have_no_zone(zone, client):
    db.session.get(Workstream, zone.id).kind = WorkstreamKind.STRATEGY
    client.sign_in(zone.lead)
    assert client.get(zone.url).status_code == 404
    assert client.get(f"{zone.url}/edit").status_code == 404
    assert client.post(f"{zone.url}/core-team/add").status_code == 404
    assert "Core team" not in text_of(client.get("/workstreams/new-parks"))


def test_the_zone_is_read_in_one_query(zone, app):
    from app.people_zones.queries import zone_of

    for agency in Agency:
        CoreTeamMemberFactory(
            workstream_id=zone.id, agency=agency, organisation_id=OrganisationFactory().id
        )
    ZoneFundingFactory(workstream_id=zone.id)
    db.session.commit()
    db.session.remove()
    with statements() as sent:
        found = zone_of(zone.id)
        assert [member.organisation.name for member in found.team]
    assert len(sent) == 1
    assert [member.agency for member in found.team] == list(Agency)
    assert len(found.funding) == 1


# --- Who may write ---


@pytest.fixture
def writes(zone):
    """Every writing URL of the zone."""
    member = CoreTeamMemberFactory(workstream_id=zone.id)
    funding = ZoneFundingFactory(workstream_id=zone.id)
    return [
        f"{zone.url}/edit",
        f"{zone.url}/core-team/add",
        f"{zone.url}/core-team/{member.id}/edit",
        f"{zone.url}/core-team/{member.id}/leave",
        f"{zone.url}/funding/add",
        f"{zone.url}/funding/{funding.id}/edit",
        f"{zone.url}/funding/{funding.id}/remove",
    ]


@pytest.mark.parametrize("role", ["contributor", "evaluator", "reader"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_only_leads_and_administrators_write(zone, writes, client, role, headers):
    client.sign_in(getattr(zone, role))
    assert [client.post(url, headers=headers).status_code for url in writes] == [403] * 7


def test_strangers_find_nothing(zone, writes, client):
    client.sign_in(zone.stranger)
    assert [client.post(url).status_code for url in writes] == [404] * 7


@pytest.mark.parametrize("role", ["lead", "administrator"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nothing_filled_in_is_invalid(zone, writes, client, role, headers):
    client.sign_in(getattr(zone, role))
    wrong = {"csp_id": "x", "agency": "x", "year_starting": "x", "version": "x"}
    answers = [client.post(url, data=wrong, headers=headers).status_code for url in writes]
    assert answers == [422] * 7


def test_a_thing_of_another_zone_is_not_found_here(zone, client):
    elsewhere = ZoneProfileFactory().workstream_id
    member = CoreTeamMemberFactory(workstream_id=elsewhere)
    funding = ZoneFundingFactory(workstream_id=elsewhere)
    urls = [f"{zone.url}/core-team/{member.id}/leave", f"{zone.url}/funding/{funding.id}/remove"]
    client.sign_in(zone.lead)
    for url in urls:
        assert client.post(url, data={"version": "1"}).status_code == 404


# --- Details ---


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_details_are_filled_in_and_then_changed(zone, client, headers):
    csp_id = BodyFactory(name="A CSP", is_csp=True).id
    client.sign_in(zone.lead)
    assert client.get(f"{zone.url}/edit").status_code == 200
    url, data = f"{zone.url}/edit", {"area": "The estate", "csp_id": str(csp_id)}
    response = client.post(url, data=data, headers=headers)
    assert response.status_code == (204 if headers else 303)
    profile = db.session.scalar(sa.select(ZoneProfile))
    assert (profile.area, profile.csp_id, profile.workstream_id) == ("The estate", csp_id, zone.id)
    data = {"area": "Estate and ward", "csp_id": "", "version": str(profile.version)}
    client.post(url, data=data, headers=headers)
    profile = db.session.scalar(sa.select(ZoneProfile))
    assert (profile.area, profile.csp_id) == ("Estate and ward", None)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_details_that_somebody_else_changed_show_both_texts(zone, client, headers):
    profile = ZoneProfileFactory(workstream_id=zone.id, area="First")
    data = {"area": "Mine", "csp_id": "", "version": str(profile.version)}
    profile.area = "Theirs"
    client.sign_in(zone.lead)
    response = client.post(f"{zone.url}/edit", data=data, headers=headers)
    assert response.status_code == 409
    assert "Theirs" in text_of(response)
    assert "Mine" in text_of(response)


# --- Core team ---


def member_data(**values):
    return {
        "id": new_id(),
        "agency": "health",
        "organisation_id": "",
        "user_id": "",
        "job": "Public health lead",
        **values,
    }


def test_the_agency_in_the_url_is_chosen_already(zone, client):
    page = client.sign_in(zone.lead).get(f"{zone.url}/core-team/add?agency=health")
    checked = [part for part in page.get_data(as_text=True).split("<input") if "checked" in part]
    assert len(checked) == 1
    assert 'value="health"' in checked[0]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_somebody_is_added_once_however_often_it_is_sent(zone, client, headers):
    client.sign_in(zone.lead)
    data = member_data()
    for _ in range(2):
        response = client.post(f"{zone.url}/core-team/add", data=data, headers=headers)
        assert response.status_code == (204 if headers else 303)
    assert count(CoreTeamMember) == 1
    member = db.session.get(CoreTeamMember, uuid.UUID(data["id"]))
    assert (member.agency, member.workstream_id) == (Agency.HEALTH, zone.id)


def test_an_agency_alone_is_not_somebody(zone, client):
    client.sign_in(zone.lead)
    response = client.post(f"{zone.url}/core-team/add", data=member_data(job=" "))
    assert response.status_code == 422
    assert "Choose an organisation or a person, or enter a job" in text_of(response)


def test_an_id_of_another_zones_member_is_refused(zone, client):
    taken = CoreTeamMemberFactory(workstream_id=ZoneProfileFactory().workstream_id).id
    client.sign_in(zone.lead)
    response = client.post(f"{zone.url}/core-team/add", data=member_data(id=str(taken)))
    assert response.status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_member_is_edited_and_a_stale_form_is_a_conflict(zone, client, headers):
    member = CoreTeamMemberFactory(workstream_id=zone.id, job="Sergeant")
    member_id, url = member.id, f"{zone.url}/core-team/{member.id}/edit"
    data = member_data(agency="police", job="Inspector", version=str(member.version))
    client.sign_in(zone.lead)
    assert client.get(url).status_code == 200
    assert client.post(url, data=data, headers=headers).status_code in (204, 303)
    assert db.session.get(CoreTeamMember, member_id).job == "Inspector"
    data["job"] = "Constable"
    response = client.post(url, data=data, headers=headers)
    assert response.status_code == 409
    assert "Constable" in text_of(response)


def test_leaving_can_be_undone(zone, client):
    member = CoreTeamMemberFactory(workstream_id=zone.id, job="Sergeant")
    member_id, data = member.id, {"version": str(member.version)}
    client.sign_in(zone.lead)
    response = client.post(f"{zone.url}/core-team/{member_id}/leave", data=data)
    assert response.status_code == 303
    assert db.session.get(CoreTeamMember, member_id).left_at is not None
    page = text_of(client.get(response.location))
    assert "Missing: police" in page
    change_id = latest_change_id(member_id)
    undo = f"/workstreams/new-parks/history/{change_id}/undo"
    assert undo in page
    response = client.post(undo, data={"next": zone.url})
    assert (response.status_code, response.location) == (303, zone.url)
    assert db.session.get(CoreTeamMember, member_id).left_at is None
    assert undo not in text_of(client.get(f"{zone.url}?undo={change_id}")), "it is undone already"


def test_leaving_by_htmx_answers_with_the_zone_and_undo(zone, client):
    member = CoreTeamMemberFactory(workstream_id=zone.id, job="Sergeant")
    url, data = f"{zone.url}/core-team/{member.id}/leave", {"version": str(member.version)}
    client.sign_in(zone.lead)
    response = client.htmx("POST", url, data=data)
    assert response.status_code == 200
    assert "Undo" in text_of(response)
    assert "#zone-done" in response.headers["HX-Trigger"]
    assert client.htmx("POST", url, data=data).status_code == 200, "leaving twice is leaving"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_leaving_over_somebody_elses_edit_is_refused(zone, client, headers):
    member = CoreTeamMemberFactory(workstream_id=zone.id, job="Sergeant")
    member_id, data = member.id, {"version": str(member.version)}
    member.job = "Inspector"
    client.sign_in(zone.lead)
    url = f"{zone.url}/core-team/{member_id}/leave"
    response = client.post(url, data=data, headers=headers)
    assert response.status_code == 409
    assert "changed this while you were looking at it" in text_of(response)
    assert db.session.get(CoreTeamMember, member_id).left_at is None


def test_only_changes_of_this_zone_are_offered_for_undo(zone, client):
    member = CoreTeamMemberFactory(workstream_id=zone.id, left_at=clock.now())
    elsewhere = ZoneProfileFactory()
    ids = [latest_change_id(elsewhere.id), new_id(), latest_change_id(zone.id)]
    own = latest_change_id(member.id)
    client.sign_in(zone.lead)
    for change_id in ids:
        assert "/undo" not in text_of(client.get(f"{zone.url}?undo={change_id}"))
    assert "/undo" in text_of(client.get(f"{zone.url}?undo={own}"))
    client.sign_in(zone.reader)
    assert "/undo" not in text_of(client.get(f"{zone.url}?undo={own}"))


# --- Funding ---


def funding_data(**values):
    return {
        "id": new_id(),
        "year_starting": "2021",
        "amount": "25,000",
        "source": "OPCC",
        **values,
    }


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_funding_is_added_once(zone, client, headers):
    client.sign_in(zone.lead)
    data = funding_data()
    for _ in range(2):
        response = client.post(f"{zone.url}/funding/add", data=data, headers=headers)
        assert response.status_code == (204 if headers else 303)
    (funding,) = db.session.scalars(sa.select(ZoneFunding)).all()
    assert (funding.amount_pence, funding.financial_year) == (25_000_00, "2021/22")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": "lots"}, "Enter an amount in pounds, like 25,000 or 25,000.50"),
        ({"amount": ""}, "Enter an amount"),
        ({"amount": "0"}, "Enter an amount above £0"),
        ({"year_starting": "1066"}, "Choose one from the list"),
    ],
)
def test_funding_that_is_wrong_says_why_and_keeps_what_was_typed(zone, client, values, words):
    client.sign_in(zone.lead)
    response = client.post(f"{zone.url}/funding/add", data=funding_data(**values))
    assert response.status_code == 422
    assert words in text_of(response)
    if values.get("amount"):
        assert f'value="{values["amount"]}"' in text_of(response)


def test_a_year_has_one_amount(zone, client):
    ZoneFundingFactory(workstream_id=zone.id, year_starting=2021)
    client.sign_in(zone.lead)
    response = client.post(f"{zone.url}/funding/add", data=funding_data())
    assert response.status_code == 422
    assert "already an amount for this year" in text_of(response)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_funding_is_edited_and_a_stale_form_is_a_conflict(zone, client, headers):
    funding = ZoneFundingFactory(workstream_id=zone.id)
    funding_id, url = funding.id, f"{zone.url}/funding/{funding.id}/edit"
    data = funding_data(amount="30,000.50", version=str(funding.version))
    client.sign_in(zone.lead)
    assert 'value="25,000"' in text_of(client.get(url))
    assert client.post(url, data=data, headers=headers).status_code in (204, 303)
    assert db.session.get(ZoneFunding, funding_id).amount_pence == 30_000_50
    data["amount"] = "31,000"
    response = client.post(url, data=data, headers=headers)
    assert response.status_code == 409
    assert "30,000.50" in text_of(response)
    assert "31,000" in text_of(response)


def test_funding_removed_comes_back_by_undo(zone, client):
    funding = ZoneFundingFactory(workstream_id=zone.id)
    funding_id, data = funding.id, {"version": str(funding.version)}
    client.sign_in(zone.lead)
    response = client.post(f"{zone.url}/funding/{funding_id}/remove", data=data)
    assert response.status_code == 303
    assert db.session.get(ZoneFunding, funding_id) is None
    undo = f"/workstreams/new-parks/history/{latest_change_id(funding_id)}/undo"
    assert undo in text_of(client.get(response.location))
    assert client.post(undo).status_code == 303
    assert db.session.get(ZoneFunding, funding_id).amount_pence == 25_000_00
