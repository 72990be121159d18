"""Closing is by the server's clock and the window as it is at that moment; nothing typed is lost."""

from datetime import timedelta

import pytest

from app.cohorts.applications.stages import Stage
from app.cohorts.applying import pages
from app.cohorts.call.models import Call
from app.core import clock
from app.core.database import reading_only
from app.extensions import db
from tests.cohorts.applying.applicant import at, london, sent_before, write_everything
from tests.factories.accounts import OrganisationFactory

CLOSES = london(2021, 7, 30, 17, 0)
JUST_BEFORE = CLOSES - timedelta(microseconds=1)


@pytest.fixture
def stop_clock(monkeypatch):
    return lambda moment: monkeypatch.setattr(clock, "moment", at(moment))


def test_the_closing_instant_itself_is_late(applicant, stop_clock):
    application = write_everything(applicant)
    stop_clock(CLOSES)
    answer = applicant.send()
    assert answer.status_code == 422
    assert "Applications have closed" in answer.text
    assert application.stage is Stage.DRAFT and application.submitted_at is None
    assert applicant.mails() == []


def test_whoever_is_told_that_it_was_too_late_keeps_nobody_from_writing(
    applicant, stop_clock, monkeypatch
):
    """When many are late at once, their pages are not to wait for one another."""
    write_everything(applicant)
    stop_clock(CLOSES)
    show, asked = pages.show, []

    def show_and_look(*args, **kwargs):
        answer = show(*args, **kwargs)
        asked.append(reading_only())
        return answer

    monkeypatch.setattr(pages, "show", show_and_look)
    assert applicant.send().status_code == 422
    assert asked == [True]


def test_the_instant_before_is_in_time(applicant, stop_clock):
    application = write_everything(applicant)
    stop_clock(JUST_BEFORE)
    assert applicant.send().status_code == 303
    assert application.stage is Stage.SUBMITTED
    assert application.submitted_at == JUST_BEFORE


def test_what_was_typed_too_late_is_shown_and_not_kept(applicant, call, question, stop_clock):
    call.workstream.lead_organisation_id = OrganisationFactory(name="Violence Network").id
    write_everything(applicant)
    path = f"/questions/{question.id}"
    applicant.save(path, "In time")
    opened = applicant.fingerprint(path)
    stop_clock(CLOSES)
    answer = applicant.save(path, "My whole essay", opened_at=opened)
    assert answer.status_code == 422
    for words in ("My whole essay", "Violence Network", applicant.application.reference):
        assert words in answer.text, words
    assert applicant.answer_to(question).value == ["In time"]
    # Their draft is kept, and they are told how it stands.
    page = applicant.get().text
    assert "Your application was not sent" in page and "Violence Network" in page
    assert applicant.application.stage is Stage.DRAFT
    check = applicant.get("/check").text
    assert "In time" in check and "Change" not in check and "Agree and send" not in check


def test_what_is_wrong_with_it_matters_no_more_then(applicant, question, stop_clock):
    """Too late is said at once; nobody mends an essay for nothing."""
    write_everything(applicant)
    path = f"/questions/{question.id}"
    opened = applicant.fingerprint(path)
    stop_clock(CLOSES)
    answer = applicant.save(path, "word " * 50, opened_at=opened)
    assert "Applications have closed" in answer.text
    assert "word word" in answer.text


def test_a_sent_one_stays_as_it_is(applicant, stop_clock):
    sent_before(applicant)
    opened = applicant.fingerprint("/name")
    stop_clock(CLOSES)
    answer = applicant.save("/name", "Bea", opened_at=opened)
    assert answer.status_code == 422
    assert "Your application stays as it is" in answer.text
    assert applicant.application.name == "Ana Test"
    page = applicant.get().text
    assert "We have your application" in page and "change your answers until" not in page


def test_one_person_is_let_in_again(applicant, stop_clock):
    application = write_everything(applicant)
    application.open_until = CLOSES + timedelta(hours=2)
    stop_clock(CLOSES + timedelta(hours=1))
    page = applicant.get().text
    assert "Check your answers" in page
    assert "Applications close on" in page  # within the day: their own time
    assert applicant.save("/name", "Bea").status_code == 303
    assert applicant.send().status_code == 303
    assert application.stage is Stage.SUBMITTED
    stop_clock(CLOSES + timedelta(hours=2))
    assert (
        applicant.client.post(
            f"{applicant.own}/name", data={"version": "x", "answer": "Cy"}
        ).status_code
        == 422
    )


def test_a_window_that_moves_counts_at_once(applicant, call, stop_clock):
    write_everything(applicant)
    opened = applicant.fingerprint("/name")
    stop_clock(CLOSES + timedelta(minutes=5))
    call.closes_at = CLOSES + timedelta(hours=1)
    assert applicant.save("/name", "Bea", opened_at=opened).status_code == 303
    db.session.get(Call, applicant.call_id).closes_at = CLOSES
    assert applicant.send().status_code == 422


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=1, seconds=1), None),
        (timedelta(hours=5), "What is not sent by then cannot be considered"),
        (timedelta(minutes=42), "Save this page now"),
    ],
)
def test_whoever_is_writing_is_warned(applicant, stop_clock, left, words):
    stop_clock(CLOSES - left)
    page = " ".join(applicant.get("/name").text.split())
    assert (words is None) is ("data-closing" not in page)
    if words:
        assert words in page
