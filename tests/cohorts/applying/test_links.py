"""The way in: a link by e-mail, used once; and nothing that says who has applied."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.applying import limits, links
from app.cohorts.applying.models import ApplyLink, ApplySession
from app.cohorts.decisions import mail as decisions_mail
from app.core import clock
from app.extensions import db
from app.operations.restored import steps
from app.outbox.models import Message
from tests.cohorts.applying.applicant import EMAIL, Applicant, at, london, sent_before
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory
from tests.slowing import waited
from tests.statements import statements

RETURN = "/apply/cohort-9/return"


def ask(client, email=EMAIL, **more):
    return client.post(RETURN, data={"email": email, **waited(), **more})


def in_mail(email=EMAIL) -> str:
    newest = sa.select(Message).where(Message.recipient == email).order_by(Message.id.desc())
    return re.search(r"https://localhost(/apply/\S+)", db.session.scalars(newest).first().body)[1]


def test_a_link_comes_by_mail_and_opens_a_draft(client, call):
    answer = ask(client, " ANA@example.org ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/cohort-9/link-sent")
    page = client.get("/apply/cohort-9/link-sent").text
    assert "We have sent a link to" in page and EMAIL in page
    # Loaded again, on a computer that is shared, it names nobody.
    assert EMAIL not in client.get("/apply/cohort-9/link-sent").text

    link = in_mail()
    assert "Continue" in client.get(link).text
    # Mail scanners open links: that uses nothing up, and begins nothing.
    assert db.session.scalars(sa.select(Application)).all() == []
    answer = client.post(link)
    assert answer.headers["Location"] == "/apply/cohort-9/your-application"
    draft = db.session.scalars(sa.select(Application)).one()
    assert (draft.email, draft.stage, draft.workstream_id) == (
        EMAIL,
        Stage.DRAFT,
        call.workstream_id,
    )
    assert client.get("/apply/cohort-9/your-application").status_code == 200


def test_a_link_works_once_and_another_is_offered_kindly(app, client, stranger):
    link = stranger.link()
    stranger.client.post(link)
    elsewhere = app.test_client()
    for answer in (elsewhere.get(link), elsewhere.post(link)):
        assert answer.status_code == 200
        assert "This link has been used" in answer.text
        assert "Send me a link" in answer.text
    assert elsewhere.get(stranger.own).status_code == 303


def test_in_the_browser_that_used_it_a_link_leads_on(stranger):
    link = stranger.link()
    stranger.client.post(link)
    for answer in (stranger.client.get(link), stranger.client.post(link)):
        assert answer.headers["Location"] == stranger.own


def test_a_link_runs_out(client, stranger, monkeypatch):
    link = stranger.link()
    later = clock.now() + timedelta(days=3, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "This link has run out" in client.get(link).text
    assert "This link has run out" in client.post(link).text
    assert stranger.application is None


def test_a_link_of_another_cohort_or_made_up_is_none(client, stranger):
    link = stranger.link()
    assert client.get(link.replace("cohort-9", "cohort-8")).status_code == 404
    assert client.get(f"{stranger.apply}/link/made-up").status_code == 404


def test_a_link_leads_where_it_was_sent_for(client, call, stranger):
    made = links.new_link(
        workstream_id=call.workstream_id, slug="cohort-9", email=EMAIL, to="/interview"
    )
    answer = client.post(made.removeprefix("https://localhost"))
    assert answer.headers["Location"] == "/apply/cohort-9/interview"


@pytest.mark.parametrize("stage", [None, Stage.DRAFT, Stage.SUBMITTED, Stage.WITHDRAWN])
@pytest.mark.parametrize("day", [london(2021, 6, 1), london(2021, 6, 18), london(2021, 8, 1)])
def test_whether_somebody_has_applied_cannot_be_told(client, call, monkeypatch, stage, day):
    """The same answer, one mail of the same words, the same statements to the database: at any time."""
    if stage:
        ApplicationFactory(workstream_id=call.workstream_id, email=EMAIL, stage=stage)
    monkeypatch.setattr(clock, "moment", at(day))
    # The first request of a process reads more, and another address counts for itself.
    ask(client, "first@example.org")
    with statements() as sent:
        answer = ask(client)
    assert answer.status_code == 303
    assert not [words for words in sent if "applications" in words]
    (mail,) = db.session.scalars(sa.select(Message).where(Message.recipient == EMAIL))
    (other,) = db.session.scalars(
        sa.select(Message).where(Message.recipient == "first@example.org")
    )
    token = r"/link/\S+"
    assert re.sub(token, "", mail.body) == re.sub(token, "", other.body)
    assert mail.subject == other.subject


def test_an_address_that_is_none_is_not_written_to(client, call):
    answer = ask(client, "not an address")
    assert answer.status_code == 422
    assert "Enter an e-mail address, like name@example.org" in answer.text
    assert "not an address" in answer.text
    assert db.session.scalars(sa.select(Message)).all() == []


def test_machines_are_slowed_and_nothing_is_lost(client, call):
    for more in (waited(0), {"website": "https://spam.example"}, {"shown": ""}):
        answer = ask(client, **more)
        assert answer.status_code == 422
        assert f'value="{EMAIL}"' in answer.text
    assert db.session.scalars(sa.select(Message)).all() == []


def test_one_address_is_sent_five_links_in_an_hour(client, call):
    for _ in range(limits.LINKS_IN_AN_HOUR):
        assert ask(client).status_code == 303
    answer = ask(client)
    assert answer.status_code == 429
    assert "You can try again from" in answer.text
    assert 3500 < int(answer.headers["Retry-After"]) <= 3601
    # Another address is another matter, and so is the hour after.
    assert ask(client, "ben@example.org").status_code == 303
    db.session.execute(sa.update(ApplyLink).values(made_at=clock.now() - timedelta(minutes=61)))
    assert ask(client).status_code == 303


def test_what_other_parts_send_does_not_use_links_up(client, call):
    for _ in range(limits.LINKS_IN_AN_HOUR):
        links.new_link(
            workstream_id=call.workstream_id, slug="cohort-9", email=EMAIL, to="/interview"
        )
    assert ask(client).status_code == 303


def test_mail_that_only_applicants_get_does_not_tell_on_them(applicant, call):
    """Whoever tries an address gets as many links for it, whether or not it has been written to."""
    application = sent_before(applicant)  # "We have your application"
    decisions_mail.tell_lapsed(application)
    db.session.commit()
    answers = [ask(applicant.client).status_code for _ in range(limits.LINKS_IN_AN_HOUR + 1)]
    assert answers == [303] * limits.LINKS_IN_AN_HOUR + [429]


def test_a_college_behind_one_address_gets_in_and_a_script_does_not(client, call, monkeypatch):
    assert limits.FROM_A_NETWORK.amount == 300
    monkeypatch.setattr(limits, "FROM_A_NETWORK", type(limits.FROM_A_NETWORK)(3))
    for number in range(3):
        assert ask(client, f"student{number}@example.org").status_code == 303
    answer = ask(client, "student3@example.org")
    assert answer.status_code == 429
    assert "You can try again from" in answer.text
    # Reading is not counted.
    assert client.get(RETURN).status_code == 200


def test_without_an_open_call_a_link_begins_nothing(client, stranger, monkeypatch):
    for day, words in (
        (london(2021, 6, 1), "Applications open on 15 June 2021"),
        (london(2021, 8, 1), "Applications closed on 30 July 2021"),
    ):
        monkeypatch.setattr(clock, "moment", at(day))
        answer = client.post(stranger.link())
        assert answer.status_code == 200
        assert "There is no application from your e-mail address" in answer.text
        assert words in answer.text
    assert stranger.application is None


def test_whoever_comes_back_finds_their_own(app, stranger, call):
    first = stranger.come().application
    again = Applicant(app.test_client(), call).come()
    assert again.application.id == first.id
    other = Applicant(app.test_client(), call, "ben@example.org").come()
    assert other.application.id != first.id


def test_leaving_ends_the_session_itself(app, stranger):
    stranger.come()
    with stranger.client.session_transaction() as cookie:
        copied = dict(cookie)
    answer = stranger.client.post(f"{stranger.apply}/leave")
    assert "You have left your application" in answer.text
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)
    assert thief.get(stranger.own).headers["Location"] == RETURN
    assert stranger.get().headers["Location"] == RETURN


def test_a_session_ends_by_itself(stranger, monkeypatch):
    stranger.come()
    with stranger.client.session_transaction() as cookie:
        cookie["applying_seen"] -= 2 * 60 * 60 + 1
    assert stranger.get().headers["Location"] == RETURN
    stranger.come()
    later = clock.now() + timedelta(hours=12, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert stranger.get().headers["Location"] == RETURN


def test_what_is_sent_after_the_session_has_ended_is_shown_to_be_copied(stranger):
    stranger.come()
    with stranger.client.session_transaction() as cookie:
        cookie["applying_seen"] -= 3 * 60 * 60
    answer = stranger.client.post(
        f"{stranger.own}/name", data={"version": "x", "answer": "A long text of mine"}
    )
    assert answer.status_code == 422
    assert "A long text of mine" in answer.text
    assert "Get a new link" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_cohorts_session_opens_nothing(client, stranger):
    from tests.factories.cohorts import CallFactory

    other = CallFactory()
    stranger.come()
    slug = other.workstream.slug
    assert client.get(f"/apply/{slug}/your-application").headers["Location"] == (
        f"/apply/{slug}/return"
    )


def test_an_erased_application_is_not_opened(stranger):
    application = stranger.come().application
    application.anonymised_at, application.email = clock.now(), None
    assert stranger.get().headers["Location"] == RETURN


def test_staff_are_asked_to_sign_out_and_their_link_is_not_used_up(app, call):
    """What an applicant writes must not be put down to whoever is signed in."""
    staff = Applicant(app.test_client().sign_in(UserFactory()), call)
    link = staff.link()
    for answer in (staff.client.get(link), staff.client.post(link), staff.get()):
        assert "Sign out to go on as an applicant" in answer.text
    assert staff.application is None
    assert db.session.scalars(sa.select(ApplyLink)).one().used_at is None


def test_signing_in_ends_an_applicants_session(app, stranger):
    from tests.factories.accounts import PASSWORD

    user = UserFactory(can_sign_in=True)
    email = user.email
    stranger.come()
    answer = stranger.client.post("/account/sign-in", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 302 or answer.status_code == 303
    assert db.session.scalars(sa.select(ApplySession)).one().ended_at is not None
    with stranger.client.session_transaction() as cookie:
        assert "applying" not in cookie


def test_no_address_and_no_name_is_in_any_url(app):
    rules = [r for r in app.url_map.iter_rules() if r.endpoint.startswith("applying.")]
    allowed = {"slug", "token", "field", "condition_id", "question_id"}
    assert {name for rule in rules for name in rule.arguments} <= allowed


def test_after_a_restore_old_links_and_sessions_open_nothing(app, stranger):
    stranger.come()
    unused = stranger.link()
    tables = frozenset({"apply_links", "apply_sessions"})
    for step in steps(tables):
        db.session.execute(step.make())
    db.session.commit()
    assert stranger.get().headers["Location"] == RETURN
    assert "This link has been used" in stranger.client.get(unused).text
