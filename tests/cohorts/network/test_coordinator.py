"""The network as the coordinator sees it: inviting, finding members, the mailing list, who may."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.applying import sources
from app.cohorts.call.queries import call_of
from app.cohorts.network import mailing_list, membership
from app.cohorts.network.models import MailingExport, NetworkMember
from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from app.workstreams.models import WorkstreamKind
from tests.cohorts.network.conftest import fresh, mails
from tests.factories.cohorts import CallFactory
from tests.factories.cohorts_network import (
    GraduateFactory,
    MailingConsentFactory,
    NetworkMemberFactory,
)
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

JO = "jo@example.org"
PAGES = ("", "/invitations", "/mentors", "/mailing-list")


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def on_list(member, **about):
    return MailingConsentFactory(member_id=member.id, **about)


# --- Who may ---


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("lead", 200),
        ("contributor", 403),
        ("evaluator", 403),
        ("reader", 403),
        ("reviewer", 404),
        ("facilitator", 404),
        ("stranger", 404),
    ],
)
def test_who_opens_what(programme, client, page, role, status):
    client.sign_in(getattr(programme, role))
    assert client.get(programme.url + page).status_code == status


def test_the_tab_is_shown_to_those_who_manage_the_network(programme, client):
    place = "/workstreams/cohort-1"
    assert f'href="{programme.url}"' in client.sign_in(programme.coordinator).get(place).text
    assert f'href="{programme.url}"' not in client.sign_in(programme.contributor).get(place).text


def test_another_programmes_members_are_not_there(programme, client):
    other = WorkstreamFactory(kind=WorkstreamKind.COHORT)
    CallFactory(workstream_id=other.id)
    graduate = GraduateFactory(application__workstream_id=other.id, application__name="Far Off")
    member = NetworkMemberFactory(participant=graduate)
    client.sign_in(programme.coordinator)
    assert "Far Off" not in client.get(programme.url).text
    assert client.get(f"{programme.url}/members/{member.id}").status_code == 404


def test_who_leads_one_cohort_sees_that_cohorts_members_only(programme, client):
    programme.member(name="First Graduate")
    later = GraduateFactory(application__workstream_id=programme.next)
    NetworkMemberFactory(participant=later, name="Later Graduate")
    page = client.sign_in(programme.lead).get(programme.url).text
    assert "First Graduate" in page
    assert "Later Graduate" not in page
    page = client.sign_in(programme.coordinator).get(programme.url).text
    assert "First Graduate" in page
    assert "Later Graduate" in page


# --- Inviting ---


def test_graduates_are_invited_once_each(programme, client):
    programme.graduate(email=JO, name="Jo Vale")
    programme.graduate(email=None, name="On Paper")
    programme.participant(email="not.yet@example.org")
    client.sign_in(programme.coordinator)
    page = client.get(f"{programme.url}/invitations").text
    assert "1 graduate not invited yet" in page
    assert "No e-mail address: tell them yourself" in page
    for _ in range(2):
        assert client.post(f"{programme.url}/invitations").status_code == 303
    assert [message.recipient for message in mails()] == [JO]
    assert "No answer since" in client.get(f"{programme.url}/invitations").text


def test_who_has_not_graduated_is_not_invited(programme):
    with pytest.raises(Refused, match="has not graduated"):
        membership.invite(participant=programme.participant())


def test_who_has_not_answered_is_reminded_by_hand_and_a_double_click_sends_one(programme, client):
    membership.invite(participant=programme.graduate(email=JO))
    member = db.session.scalars(sa.select(NetworkMember)).one()
    url = f"{programme.url}/members/{member.id}/invite"
    client.sign_in(programme.coordinator)
    data = {"version": member.version}
    assert {client.post(url, data=data).status_code for _ in "ab"} == {303}
    assert len(mails(JO)) == 2, "the invitation and one reminder"


def test_who_said_no_is_asked_again_only_if_they_have_asked_for_it(programme, client):
    membership.invite(participant=programme.graduate(email=JO, name="Jo Vale"))
    member = db.session.scalars(sa.select(NetworkMember)).one()
    membership.decline(member=member)
    url = f"{programme.url}/members/{member.id}/invite"
    client.sign_in(programme.coordinator)
    assert "They said no" in client.get(url).text
    refused = client.post(url, data={"version": fresh(member).version})
    assert refused.status_code == 422
    assert "only when they have asked for it" in refused.text
    assert len(mails(JO)) == 1
    data = {"version": fresh(member).version, "asked_for": "y"}
    assert client.post(url, data=data).status_code == 303
    assert len(mails(JO)) == 2
    assert (fresh(member).name, fresh(member).declined_at) == ("Jo Vale", None)


def test_a_member_is_not_invited(programme, client):
    member = programme.member()
    client.sign_in(programme.coordinator)
    url = f"{programme.url}/members/{member.id}/invite"
    assert client.post(url, data={"version": fresh(member).version}).status_code == 422
    assert mails() == []


# --- Members ---


def test_members_are_found_by_skill_area_and_what_they_do(programme, client):
    programme.member(name="Film Maker", email="a@example.org", skills=["film"], offers=["speak"])
    programme.member(name="Other One", email="b@example.org", area="blaby")
    programme.member(name="Not Yet", email="c@example.org", joined_at=None)
    programme.member(name="Has Left", email="d@example.org", left_at=clock.now())
    client.sign_in(programme.coordinator)
    everybody = client.get(programme.url).text
    assert "2 members of the whole programme" in everybody
    for query, found in (
        ("skill=film", "Film Maker"),
        ("area=blaby", "Other One"),
        ("offer=mentor", "Other One"),
        ("offer=speak&skill=film", "Film Maker"),
    ):
        for page in (
            client.get(f"{programme.url}?{query}"),
            client.htmx("GET", f"{programme.url}?{query}"),
        ):
            missing = {"Film Maker", "Other One"} - {found}
            assert found in page.text, query
            assert not any(name in page.text for name in missing), query
    assert "No member is like that" in client.get(f"{programme.url}?skill=budgets").text
    assert "Film Maker" in client.get(f"{programme.url}?skill=nonsense").text
    assert "Not Yet" not in everybody
    assert "Has Left" not in everybody


def test_a_members_page_shows_what_they_agreed_to_and_when(programme, client):
    member = programme.member(about="Evenings only")
    on_list(member, withdrawn_at=clock.now())
    page = client.sign_in(programme.coordinator).get(f"{programme.url}/members/{member.id}").text
    assert "Evenings only" in page
    assert "Agreed from 10 May 2021" in page


def test_an_address_is_corrected_and_the_old_one_opens_nothing(programme, client, app):
    from app.cohorts.network import entering

    member = programme.member()
    sent = entering.new_link(member, entering.ASKED_GOOD_FOR)
    client.sign_in(programme.coordinator)
    url = f"{programme.url}/members/{member.id}/edit"
    data = {"version": fresh(member).version, "name": "Jo Vale", "email": "New@Example.org"}
    assert client.post(url, data=data).status_code == 303
    assert fresh(member).email == "new@example.org"
    assert "does not work any more" in app.test_client().post(sent[sent.index("/me/") :]).text
    stale = client.post(url, data={**data, "name": "Joanna"})
    assert stale.status_code == 409
    assert client.post(url, data={**data, "email": "jo"}).status_code == 422


def test_the_coordinator_records_that_somebody_has_left(programme, client):
    member = programme.member()
    url = f"{programme.url}/members/{member.id}/leave"
    client.sign_in(programme.coordinator)
    assert "Has Jo Vale left the network?" in client.get(url).text
    assert {client.post(url).status_code for _ in "ab"} == {303}
    assert fresh(member).email is None
    assert "erased when they left" in client.get(f"{programme.url}/members/{member.id}").text


# --- The mailing list ---


def test_only_who_agrees_today_is_on_the_list(programme, client):
    yes = programme.member(name="Says Yes", email="yes@example.org")
    on_list(yes, withdrawn_at=clock.now() - timedelta(days=2))
    on_list(yes, given_at=clock.now() - timedelta(days=1))
    programme.member(name="Never Asked", email="never@example.org")
    off = programme.member(name="Took It Back", email="off@example.org")
    on_list(off, withdrawn_at=clock.now())
    left = programme.member(name="Has Left", email="left@example.org", left_at=clock.now())
    on_list(left)
    erased = programme.member(name="Is Erased", email="erased@example.org")
    on_list(erased)
    erased.email = None
    client.sign_in(programme.coordinator)
    response = client.post(f"{programme.url}/mailing-list")
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert rows == [[*mailing_list.HEADINGS], ["Says Yes", "yes@example.org", "18 June 2021"]]


def test_who_took_it_when_and_how_many_is_recorded(programme, client):
    on_list(programme.member())
    client.sign_in(programme.coordinator)
    assert client.get(f"{programme.url}/mailing-list").status_code == 200
    assert count(MailingExport) == 0, "looking takes nothing away"
    client.post(f"{programme.url}/mailing-list")
    taken = db.session.scalars(sa.select(MailingExport)).one()
    assert (taken.made_by_id, taken.addresses) == (programme.ids["coordinator"], 1)
    assert "Bea Coordinator" in client.get(f"{programme.url}/mailing-list").text


def test_a_name_that_a_spreadsheet_would_run_is_text_in_the_file(programme, client):
    on_list(programme.member(name='=HYPERLINK("https://shop.example")'))
    client.sign_in(programme.coordinator)
    assert b"\"'=HYPERLINK" in client.post(f"{programme.url}/mailing-list").data


@pytest.mark.parametrize("role", ["contributor", "reader", "stranger"])
def test_others_cannot_take_it(programme, client, role):
    on_list(programme.member())
    response = client.sign_in(getattr(programme, role)).post(f"{programme.url}/mailing-list")
    assert response.status_code in (403, 404)
    assert count(MailingExport) == 0


# --- Whom applicants can name ---


def test_applicants_are_offered_who_agreed_of_the_programmes_other_cohorts(programme):
    yes = programme.member(name="Says Yes", email="yes@example.org", may_be_named=True)
    programme.member(name="Says No", email="no@example.org")
    programme.member(name="Has Left", email="l@example.org", may_be_named=True, left_at=clock.now())
    elsewhere = NetworkMemberFactory(may_be_named=True)
    calls = call_of(programme.next), call_of(programme.first), call_of(elsewhere.workstream_id)
    assert sources.leaders(calls[0]) == [(yes.participant.application_id, "Says Yes")]
    assert sources.leaders(calls[1]) == [], "nobody was told by somebody of their own cohort"
    assert sources.leaders(calls[2]) == []


def test_a_role_on_the_programme_reaches_all_its_cohorts(programme, client):
    user = programme.stranger
    MembershipFactory(workstream_id=programme.parent_id, user=user)
    programme.member(name="First Graduate")
    assert "First Graduate" in client.sign_in(user).get(programme.next_url).text
