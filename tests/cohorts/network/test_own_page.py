"""A member's own page: joining, what they say, what they agree to and when, and leaving."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.network import entering, membership
from app.cohorts.network.models import MailingConsent, MemberSession, NetworkMember
from app.cohorts.network.wording import CONSENT_WORDS
from app.core import clock
from app.core.errors import Refused
from app.core.history import ChangeRecord
from app.extensions import db
from tests.cohorts.network.conftest import PROFILE, enter, fresh, link_in, mails
from tests.factories.cohorts_network import MailingConsentFactory, MentoringFactory

JO = "jo@example.org"


def consents():
    return list(db.session.scalars(sa.select(MailingConsent).order_by(MailingConsent.id)))


def invited(programme, client):
    member = programme.member(joined_at=None, offers=[])
    return member, enter(client, member)


# --- Joining ---


def test_who_is_invited_reads_what_it_is_before_anything_else(programme, client):
    _, client = invited(programme, client)
    page = client.get("/me").text
    assert "You graduated from Cohort 1" in page
    assert 'href="/me/join"' in page
    assert client.get("/me/edit").headers["Location"] == "/me"


def test_joining_keeps_what_was_said_and_agrees_to_nothing_by_itself(programme, client):
    member, client = invited(programme, client)
    response = client.post("/me/join", data={"version": fresh(member).version, **PROFILE})
    assert response.headers["Location"] == "/me"
    kept = fresh(member)
    assert kept.is_member
    assert (kept.offers, kept.skills) == (["mentor", "speak"], ["writing"])
    assert (kept.about, kept.mentees_at_most, kept.may_be_named) == ("Evenings only", 2, True)
    assert consents() == []
    assert "You are not on the mailing list" in client.get("/me").text


def test_ticked_when_joining_the_consent_is_dated_and_keeps_its_words(programme, client):
    member, client = invited(programme, client)
    version = fresh(member).version
    client.post("/me/join", data={"version": version, "on_list": "y", **PROFILE})
    (consent,) = consents()
    assert consent.words == CONSENT_WORDS
    assert clock.now() - consent.given_at < timedelta(minutes=1)
    assert "You are on the mailing list since 18 June 2021" in client.get("/me").text


def test_joining_twice_is_once(programme, client):
    member, client = invited(programme, client)
    data = {"version": fresh(member).version, "on_list": "y", **PROFILE}
    assert {client.post("/me/join", data=data).status_code for _ in "ab"} == {303}
    assert len(consents()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"name": ""}, "Enter a name"),
        ({"skills": "telepathy"}, "Choose from the list"),
        ({"about": "x" * 1001}, "Use at most 1,000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_every_word_kept(programme, client, words, said):
    member, client = invited(programme, client)
    data = {"version": fresh(member).version, **PROFILE, **words}
    response = client.post("/me/join", data=data)
    assert response.status_code == 422
    assert said in response.text
    assert data["about"] in response.text
    assert not fresh(member).is_member


def test_no_thank_you_erases_what_was_copied_and_ends_it(programme, client):
    member, client = invited(programme, client)
    assert "We will not ask again" in client.post("/me/decline").text
    kept = fresh(member)
    assert kept.declined_at is not None
    assert (kept.name, kept.email) == ("", None)
    assert client.get("/me").status_code == 303


# --- What they say ---


def test_the_page_shows_everything_that_is_held(programme, client):
    member = programme.member(skills=["film"], interests=["sport"], about="I speak Gujarati")
    MailingConsentFactory(member_id=member.id, withdrawn_at=clock.now())
    told = MentoringFactory(member=member, participant=programme.participant(name="Told Mentee"))
    told.told_at = clock.now()
    MentoringFactory(member=member, participant=programme.participant(name="Secret Mentee"))
    page = enter(client, member).get("/me").text
    for words in (
        "Jo Vale",
        JO,
        "Charnwood",
        "Film and photography",
        "Sport",
        "I speak Gujarati",
        "Mentor somebody",
        "10 May 2021",
        "30 April 2021",
        "4 May 2021",
        "Told Mentee",
    ):
        assert words in page, words
    assert "Secret Mentee" not in page, "nobody is told before the coordinator says so"


def test_a_change_is_saved_and_goes_into_history_apart_from_names(programme, client):
    member = programme.member()
    enter(client, member)
    response = client.post("/me/edit", data={"version": fresh(member).version, **PROFILE})
    assert response.status_code == 303
    assert fresh(member).about == "Evenings only"
    record = db.session.scalars(
        sa.select(ChangeRecord)
        .where(ChangeRecord.subject_id == member.id)
        .order_by(ChangeRecord.id.desc())
    ).first()
    assert "Evenings only" in str(record.personal)
    assert "Evenings only" not in str(record.changes)
    assert record.actor_id is None


def test_of_two_open_pages_the_second_sees_both_texts(programme, client):
    member = programme.member()
    enter(client, member)
    opened = fresh(member).version
    client.post("/me/edit", data={"version": opened, **PROFILE})
    second = client.post("/me/edit", data={"version": opened, **PROFILE, "about": "Mornings"})
    assert second.status_code == 409
    assert "Evenings only" in second.text
    assert "Mornings" in second.text
    assert fresh(member).about == "Evenings only"


def test_what_is_unticked_is_gone(programme, client):
    member = programme.member(skills=["film"], may_be_named=True)
    enter(client, member)
    client.post("/me/edit", data={"version": fresh(member).version, "name": "Jo Vale"})
    kept = fresh(member)
    assert (kept.skills, kept.offers, kept.may_be_named) == ([], [], False)


# --- The mailing list ---


def test_consent_is_dated_withdrawn_dated_and_given_anew_with_a_date_of_its_own(programme, client):
    member = programme.member()
    enter(client, member)
    for step in ("join", "join", "leave", "leave", "join"):
        assert client.post(f"/me/mailing-list/{step}").status_code == 303
    first, second = consents()
    assert first.given_at <= first.withdrawn_at <= second.given_at
    assert second.withdrawn_at is None
    page = client.get("/me").text
    assert page.count(f"“{CONSENT_WORDS}”: from") == 2


def test_the_database_keeps_it_to_one_consent_at_a_time(programme):
    member = programme.member()
    MailingConsentFactory(member_id=member.id)
    with pytest.raises(sa.exc.IntegrityError):
        MailingConsentFactory(member_id=member.id)
    db.session.rollback()


def test_only_a_member_can_be_on_the_list(programme, client):
    _, client = invited(programme, client)
    assert client.post("/me/mailing-list/join").status_code == 422
    assert consents() == []


# --- Leaving ---


def test_leaving_is_asked_first_then_erases_ends_and_lets_out(programme, client, app):
    member = programme.member(skills=["film"], about="I speak Gujarati")
    mentoring = MentoringFactory(member=member, participant=programme.participant())
    other = enter(app.test_client(), member)
    enter(client, member)
    client.post("/me/mailing-list/join")
    sent = entering.new_link(fresh(member), entering.ASKED_GOOD_FOR)
    assert "Leave the Leaders Network?" in client.get("/me/leave").text
    assert fresh(member).is_member
    assert "You have left" in client.post("/me/leave").text
    kept = fresh(member)
    assert kept.left_at is not None
    assert (kept.name, kept.email, kept.skills, kept.about) == ("", None, [], "")
    assert consents()[0].withdrawn_at is not None
    assert db.session.get(type(mentoring), mentoring.id).ended_on == clock.today()
    assert client.get("/me").status_code == other.get("/me").status_code == 303
    assert "does not work any more" in client.post(sent[sent.index("/me/") :]).text
    ended = sa.select(MemberSession.ended_at)
    assert None not in db.session.scalars(ended).all()


# --- Without opening the page ---


def test_an_invitation_can_be_stopped_with_one_click(programme, client, app):
    membership.invite(participant=programme.graduate(email=JO))
    (message,) = mails(JO)
    path = link_in(message, "/network/stop/")
    assert message.stop_url == f"https://localhost{path}"
    page = client.get(path)
    assert "Do you not want to join?" in page.text
    member = db.session.scalars(sa.select(NetworkMember)).one()
    assert member.declined_at is None
    mail_client = app.test_client(use_cookies=False)
    mail_client.environ_base.pop("HTTP_REFERER")
    for _ in range(2):
        assert "We will not ask again" in mail_client.post(path, csrf=False).text
    assert fresh(member).declined_at is not None
    assert fresh(member).email is None


def test_an_old_invitation_stops_nobody_who_has_joined(programme, client):
    membership.invite(participant=programme.graduate(email=JO))
    path = link_in(mails(JO)[0], "/network/stop/")
    member = db.session.scalars(sa.select(NetworkMember)).one()
    member.joined_at = clock.now()
    assert "You are a member" in client.post(path, csrf=False).text
    assert fresh(member).is_member


def test_who_has_joined_cannot_join_over_it(programme):
    member = programme.member()
    profile = membership.Profile("", None, [], [], [], "", 1, False)
    with pytest.raises(Refused, match="joined already"):
        membership.join(member=member, version=member.version, profile=profile, on_list=True)
