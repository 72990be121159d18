"""What needs the coordinator: applications that nobody has checked for more than five working days."""

from datetime import date, datetime

import pytest

from app.cohorts.applications.flags import TO_CHECK, waits_since
from app.cohorts.applications.stages import Stage
from app.core.clock import LONDON
from app.core.flags import flags_for
from tests.cohorts.flagged import flagged


def applicant_flags(user, today):
    return flagged(user, today, TO_CHECK)


def at(day, hour=12):
    return datetime(2021, 6, day, hour, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (
            date(2021, 6, 18),
            date(2021, 6, 11),
        ),  # a Friday: the Thursday before last week's is too long
        (date(2021, 6, 20), date(2021, 6, 11)),  # a Sunday is as the Friday was
        (date(2021, 6, 21), date(2021, 6, 14)),
        (date(2021, 6, 3), date(2021, 5, 26)),  # a bank holiday between
    ],
)
def test_waiting_is_counted_in_working_days(app, today, since):
    assert waits_since(today) == datetime(since.year, since.month, since.day, tzinfo=LONDON)


def test_one_flag_for_a_cohort_however_many_wait(cohort, app):
    cohort.applicant("Ann Lee", submitted_at=at(10, 23))
    cohort.applicant("Bo Li", submitted_at=at(9))
    cohort.applicant("Cy Mo", submitted_at=at(11, 0))
    cohort.applicant("Dee Ng", Stage.ELIGIBLE, submitted_at=at(9))
    (flag,) = applicant_flags(cohort.lead, date(2021, 6, 18))
    assert flag.kind is TO_CHECK
    assert flag.title == "2 applications wait to be checked"
    assert "more than 5 working days" in flag.why
    assert flag.url == "/workstreams/cohort-2/applicants?stage=submitted&sort=oldest"
    assert "Ann" not in flag.title + flag.why


@pytest.mark.parametrize("role", ["contributor", "reader", "reviewer", "facilitator", "stranger"])
def test_nobody_else_is_told(cohort, role):
    cohort.applicant("Ann Lee", submitted_at=at(1))
    assert applicant_flags(getattr(cohort, role), date(2021, 6, 18)) == []


def test_an_administrator_only_where_nobody_leads(cohort):
    from tests.factories.cohorts import ApplicationFactory

    cohort.applicant("Ann Lee", submitted_at=at(1))
    assert applicant_flags(cohort.administrator, date(2021, 6, 18)) == []
    ApplicationFactory(submitted_at=at(1))
    assert len(applicant_flags(cohort.administrator, date(2021, 6, 18))) == 1


def test_it_stands_on_the_front_page(cohort, lead):
    cohort.applicant("Ann Lee", submitted_at=at(1))
    assert any(flag.kind is TO_CHECK for flag in flags_for(cohort.lead, date(2021, 6, 18)))
    assert "1 application waits to be checked" in lead.get("/").text
