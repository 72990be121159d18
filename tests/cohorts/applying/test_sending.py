"""Check your answers, send, reference, confirmation; once, however often the button is pressed."""

import re

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.applying import limits, own_panels
from app.extensions import db
from tests.cohorts.applying.applicant import EMAIL, sent_before, write_everything
from tests.factories.cohorts import ApplicationFactory


def test_sent_it_has_a_reference_and_a_mail_says_so(applicant):
    application = write_everything(applicant)
    page = applicant.get("/check").text
    for words in (
        "Check your answers",
        "Ana Test",
        "1 May 2000",
        "Charnwood",
        "More evening buses",
    ):
        assert words in page, words
    answer = applicant.send()
    assert answer.headers["Location"] == applicant.own
    assert application.stage is Stage.SUBMITTED
    assert application.submitted_at is not None
    move = db.session.scalars(sa.select(ApplicationMove)).one()
    assert (move.before, move.after, move.mover) == (
        Stage.DRAFT,
        Stage.SUBMITTED,
        Mover.APPLICANT,
    )
    page = applicant.get().text
    assert "We have your application" in page and application.reference in page
    assert re.fullmatch(r"CL-\w{6}", application.reference)
    (mail,) = applicant.mails()
    assert mail.subject == "We have your application: Cohort 9"
    assert application.reference in mail.body and "Ana Test" in mail.body
    # The link in it opens the application.
    link = re.search(r"https://localhost(\S+)", mail.body)[1]
    applicant.client.post(f"{applicant.apply}/leave")
    assert applicant.client.post(link).headers["Location"] == applicant.own


def test_sent_twice_it_is_sent_once_with_one_mail(applicant):
    write_everything(applicant)
    for _ in range(2):
        assert applicant.send().status_code == 303
    assert len(applicant.mails()) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ApplicationMove)) == 1


def test_what_is_missing_is_named_and_nothing_is_sent(applicant, question):
    write_everything(applicant)
    db.session.delete(applicant.answer_to(question))
    page = applicant.get("/check").text
    assert "Agree and send" not in page
    assert f"/questions/{question.id}?back=check" in page
    answer = applicant.send()
    assert answer.status_code == 422
    assert "Answer what is missing first" in answer.text
    assert applicant.application.stage is Stage.DRAFT
    assert applicant.mails() == []


@pytest.mark.parametrize("field", ["name", "born_on", "area"])
def test_who_they_are_is_not_optional(applicant, field):
    application = write_everything(applicant)
    setattr(application, field, "" if field == "name" else None)
    assert applicant.send().status_code == 422
    assert application.stage is Stage.DRAFT


def test_their_page_shows_what_other_parts_add(applicant, monkeypatch):
    monkeypatch.setattr(own_panels, "_PANELS", {})
    given = []

    def provide(call, application):
        given.append((call.id, application.id))
        return {"form": None} if application.stage is Stage.SUBMITTED else None

    own_panels.add_panel(own_panels.Panel(10, "cohorts/applying/_next_time.html", provide))
    monkeypatch.setattr(own_panels, "render_template", lambda *a, **k: f"<p>{k['apply_url']}</p>")
    sent_before(applicant)
    application_id = applicant.application.id
    assert "<p>/apply/cohort-9</p>" in applicant.get().text
    assert given == [(applicant.call_id, application_id)]


def test_the_page_names_nobody_else(applicant, call):
    ApplicationFactory(workstream_id=call.workstream_id, name="Somebody Else")
    sent_before(applicant)
    for path in ("", "/check", "/name"):
        assert "Somebody Else" not in applicant.get(path).text


@pytest.mark.parametrize(
    "path",
    ["", "/name", "/check", "/withdraw", "/equality", "/cannot-apply", "/no-such-page"],
)
def test_nothing_is_kept_by_a_browser_or_proxy(applicant, path):
    if path != "/cannot-apply":
        sent_before(applicant)
    answer = applicant.get(path)
    if answer.status_code != 404:
        assert answer.headers["Cache-Control"] == "no-store"


def test_without_a_session_every_page_leads_to_asking_for_a_link(client, call, condition, question):
    own = "/apply/cohort-9/your-application"
    for path in (
        "",
        "/name",
        f"/conditions/{condition.id}",
        f"/questions/{question.id}",
        "/check",
        "/withdraw",
        "/equality",
        "/cannot-apply",
    ):
        answer = client.get(own + path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/cohort-9/return")
    for path in ("/name", "/check", "/withdraw", "/take-back", "/equality"):
        assert client.post(own + path).status_code in (303, 422)
    assert db.session.scalars(sa.select(Application)).all() == []


def test_sending_over_and_over_is_stopped(applicant):
    write_everything(applicant)
    for _ in range(limits.MOVES_IN_AN_HOUR // 2):
        assert applicant.send().status_code == 303
        assert applicant.client.post(f"{applicant.own}/withdraw").status_code == 303
        applicant.client.post(f"{applicant.own}/take-back")
        db.session.execute(
            sa.update(ApplicationMove)
            .where(ApplicationMove.after == Stage.DRAFT)
            .values(mover=Mover.WAYMARK)
        )
    answer = applicant.send()
    assert answer.status_code == 429
    assert "You can try again from" in answer.text
    assert len(applicant.mails()) == limits.MOVES_IN_AN_HOUR


def test_the_mail_goes_to_the_applicant_alone(applicant):
    sent_before(applicant)
    assert {mail.recipient for mail in applicant.mails()} == {EMAIL}
