"""Withdraw at any time, and take it back while applications are open."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import ApplicationMove
from app.cohorts.applications.stages import Stage
from app.core import clock
from app.extensions import db
from tests.cohorts.applying.applicant import at, london, sent_before, write_everything

AFTER = london(2021, 8, 1)


def withdraw(applicant, why=""):
    return applicant.client.post(f"{applicant.own}/withdraw", data={"why": why})


def newest_move():
    return db.session.scalars(
        sa.select(ApplicationMove).order_by(ApplicationMove.id.desc())
    ).first()


def test_it_asks_first_and_keeps_the_reason(applicant):
    application = sent_before(applicant)
    assert "Withdraw your application?" in applicant.get("/withdraw").text
    assert application.stage is Stage.SUBMITTED
    assert withdraw(applicant, "I have a new job").status_code == 303
    assert application.stage is Stage.WITHDRAWN
    assert newest_move().why == "I have a new job"
    assert "You withdrew your application" in applicant.get().text
    mail = applicant.mails()[-1]
    assert mail.subject.startswith("You have withdrawn your application")
    assert "take it back" in mail.body


def test_twice_is_once(applicant):
    sent_before(applicant)
    for _ in range(2):
        assert withdraw(applicant).status_code == 303
    assert len(applicant.mails()) == 2  # sent, withdrawn


@pytest.mark.parametrize(
    "stage",
    [Stage.DRAFT, Stage.ELIGIBLE, Stage.INTERVIEW, Stage.OFFERED, Stage.WAITLISTED, Stage.ACCEPTED],
)
def test_at_any_time(applicant, monkeypatch, stage):
    application = write_everything(applicant)
    if stage is not Stage.DRAFT:
        sent_before(applicant)
        application.stage = stage
    monkeypatch.setattr(clock, "moment", at(AFTER))
    assert withdraw(applicant).status_code == 303
    assert application.stage is Stage.WITHDRAWN
    assert "take it back" not in applicant.mails()[-1].body
    page = applicant.get().text
    assert "Take it back" not in page


@pytest.mark.parametrize("stage", [Stage.ENROLLED, Stage.UNSUCCESSFUL, Stage.DECLINED])
def test_not_what_has_come_to_an_end(applicant, stage):
    application = sent_before(applicant)
    application.stage = stage
    assert applicant.get("/withdraw").status_code == 303
    withdraw(applicant)
    assert application.stage is stage
    assert "/withdraw" not in applicant.get().text


def test_too_long_a_reason_is_kept_on_the_page(applicant):
    application = sent_before(applicant)
    answer = withdraw(applicant, "x" * 1001)
    assert answer.status_code == 422 and "x" * 1001 in answer.text
    assert application.stage is Stage.SUBMITTED


def test_taken_back_it_is_a_draft_to_be_sent_again(applicant):
    application = sent_before(applicant)
    withdraw(applicant)
    first = application.submitted_at
    answer = applicant.client.post(f"{applicant.own}/take-back")
    assert answer.status_code == 303
    assert application.stage is Stage.DRAFT
    assert "Everything is answered" in applicant.get().text
    applicant.client.post(f"{applicant.own}/take-back")
    assert applicant.send().status_code == 303
    assert application.stage is Stage.SUBMITTED
    assert application.submitted_at == first
    assert len(applicant.mails()) == 3  # sent, withdrawn, sent


def test_not_once_applications_have_closed(applicant, monkeypatch):
    application = sent_before(applicant)
    withdraw(applicant)
    monkeypatch.setattr(clock, "moment", at(AFTER))
    answer = applicant.client.post(f"{applicant.own}/take-back")
    assert answer.status_code == 422
    assert "Applications have closed" in answer.text
    assert application.stage is Stage.WITHDRAWN
