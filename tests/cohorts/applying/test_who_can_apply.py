"""Who cannot apply is told kindly, before they write anything long."""

import pytest

from app.cohorts.applications.stages import Stage
from tests.cohorts.applying.applicant import sent_before, write_everything
from tests.factories.cohorts import EligibilityConditionFactory

CANNOT = "/cannot-apply"


def location(applicant, answer) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].removeprefix(applicant.own)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("7 September 2003", "You will be 17 on 6 September 2021"),
        ("6 September 1990", "You will be 31 on 6 September 2021"),
    ],
)
def test_the_age_is_that_on_the_first_day(applicant, born, words):
    assert location(applicant, applicant.save("/date-of-birth", born)) == CANNOT
    page = applicant.get(CANNOT).text
    assert words in page
    assert "people who are 18 to 30 years old" in page


@pytest.mark.parametrize("born", ["6 September 2003", "7 September 1990"])
def test_who_turns_18_that_day_can_apply_and_who_turns_31_the_day_after(applicant, born):
    assert location(applicant, applicant.save("/date-of-birth", born)) == "/area"


def test_a_place_outside_llr_is_told(applicant):
    assert location(applicant, applicant.save("/area", "elsewhere")) == CANNOT
    assert "Leicester, Leicestershire or Rutland" in applicant.get(CANNOT).text


def test_a_condition_says_why_in_the_coordinators_words(applicant, condition):
    path = f"/conditions/{condition.id}"
    assert location(applicant, applicant.save(path, "no")) == CANNOT
    assert "The sessions are on Saturdays." in applicant.get(CANNOT).text


def test_they_can_put_right_a_mistake_and_go_on(applicant, condition, question):
    applicant.save("/name", "Ana")
    applicant.save("/area", "charnwood")
    applicant.save(f"/conditions/{condition.id}", "yes")
    applicant.save("/date-of-birth", "1 May 2004")
    page = applicant.get(CANNOT).text
    assert "1 May 2004" in page and "/date-of-birth?back=list" in page
    assert "You cannot apply to this cohort" in applicant.get().text
    applicant.save("/date-of-birth", "1 May 2000")
    assert location(applicant, applicant.get(CANNOT)) == ""
    assert applicant.get(f"/questions/{question.id}").status_code == 200


def test_nobody_writes_before_it_is_clear_that_they_can_apply(applicant, question):
    path = f"/questions/{question.id}"
    assert location(applicant, applicant.get(path)) == ""
    assert "First say who you are" in applicant.get().text
    answer = applicant.client.post(applicant.own + path, data={"answer": "An essay"})
    assert answer.status_code == 303
    assert applicant.answer_to(question) is None
    applicant.save("/date-of-birth", "1 May 2004")
    assert location(applicant, applicant.get(path)) == CANNOT
    assert location(applicant, applicant.get("/check")) == CANNOT


def test_they_cannot_send_it_past_the_pages(applicant):
    application = write_everything(applicant)
    application.born_on = application.born_on.replace(year=2004)
    assert applicant.send().status_code in (303, 422)
    assert applicant.application.stage is Stage.DRAFT


def test_who_has_sent_theirs_cannot_make_it_one_that_could_not_have_been_sent(applicant):
    sent_before(applicant)
    answer = applicant.save("/date-of-birth", "1 May 2004")
    assert answer.status_code == 422
    assert "You will be 17" in answer.text and "withdraw your application instead" in answer.text
    assert applicant.application.born_on.year == 2000
    assert applicant.application.age == 21
    assert applicant.application.stage is Stage.SUBMITTED


def test_a_condition_that_was_added_later_keeps_nobody_from_editing(applicant, call, question):
    sent_before(applicant)
    EligibilityConditionFactory(call=call, wanted=False)
    call.max_age = 20
    assert applicant.save(f"/questions/{question.id}", "More trams").status_code == 303


def test_without_rules_everybody_can_apply(applicant, call, condition):
    call.min_age = call.max_age = None
    call.llr_only = False
    applicant.save("/date-of-birth", "1 May 1950")
    applicant.save("/area", "elsewhere")
    then = location(applicant, applicant.save(f"/conditions/{condition.id}", "yes"))
    assert then.startswith("/questions/")
