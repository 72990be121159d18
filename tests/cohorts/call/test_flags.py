"""What needs the lead: a call about to open that lacks something, and one about to close."""

import pytest

from app.cohorts.call.flags import CLOSES_SOON, NOT_READY
from app.core import clock
from app.extensions import db
from tests.cohorts.call.conftest import london
from tests.cohorts.flagged import flagged
from tests.factories.cohorts import CriterionFactory, QuestionFactory


def call_flags(user, today):
    return flagged(user, today, NOT_READY, CLOSES_SOON)


def kinds(cohort, who="lead"):
    return [flag.kind for flag in call_flags(getattr(cohort, who), clock.today())]


def finished(cohort):
    QuestionFactory(call=cohort.call)
    CriterionFactory(call=cohort.call)


@pytest.mark.parametrize(
    ("opens_at", "flagged"),
    [
        (london(2021, 6, 25, 23, 59), True),
        (london(2021, 6, 26, 0, 0), False),
        (london(2021, 6, 1, 9), True),
    ],
)
def test_a_call_that_lacks_something_and_opens_within_7_days_or_is_open(cohort, opens_at, flagged):
    cohort.opens(opens_at, london(2021, 7, 30, 17))
    assert kinds(cohort) == ([NOT_READY] if flagged else [])
    finished(cohort)
    assert kinds(cohort) == []


def test_it_names_what_is_missing_and_where_to_mend_it(cohort):
    cohort.opens(london(2021, 6, 20, 9), london(2021, 7, 30, 17))
    cohort.workstream.starts_on = None
    db.session.flush()
    (flag,) = call_flags(cohort.lead, clock.today())
    for words in ("no start date", "no questions", "no criteria"):
        assert words in flag.why
    assert flag.url == cohort.url
    assert flag.title == "Opens on 20 June 2021"


@pytest.mark.parametrize(
    ("closes_at", "flagged"),
    [
        (london(2021, 6, 21, 23, 59), True),
        (london(2021, 6, 22, 0, 1), False),
        (london(2021, 6, 17, 17), False),
    ],
)
def test_a_call_that_closes_within_3_days(cohort, closes_at, flagged):
    finished(cohort)
    cohort.opens(london(2021, 6, 1, 9), closes_at)
    assert kinds(cohort) == ([CLOSES_SOON] if flagged else [])


def test_only_those_who_can_act_are_asked(cohort):
    cohort.opens(london(2021, 6, 1, 9), london(2021, 6, 20, 17))
    assert set(kinds(cohort)) == {NOT_READY, CLOSES_SOON}
    for who in ("contributor", "evaluator", "reader", "reviewer", "facilitator", "stranger"):
        assert kinds(cohort, who) == []
    assert kinds(cohort, "administrator") == [], "it has a lead"


def test_the_front_page_shows_them(cohort, client):
    cohort.opens(london(2021, 6, 1, 9), london(2021, 6, 20, 17))
    page = client.sign_in(cohort.lead).get("/")
    assert "Reviewers have no criteria to score by." in page.text
    assert "It closes on 20 June 2021 at 5:00pm." in page.text
