"""A register to take, or not taken; absences running."""

from datetime import date

import pytest

from app.cohorts.applications.models import Outcome
from app.cohorts.sessions.flags import ABSENCES, REGISTER_KINDS
from app.cohorts.sessions.models import Attendance, SessionKind
from app.core import clock
from app.extensions import db
from app.workstreams.models import WorkstreamStatus
from tests.cohorts.flagged import flagged
from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.cohorts_sessions import AttendanceMarkFactory, CohortSessionFactory


def register_flags(user, today):
    return flagged(user, today, *REGISTER_KINDS)


def absence_flags(user, today):
    return flagged(user, today, ABSENCES)


def told(flags):
    return [(flag.kind.key, flag.title) for flag in flags]


def test_a_register_is_to_be_taken_today_by_whoever_runs_it_and_the_lead(cohort):
    session = CohortSessionFactory(workstream_id=cohort.id, facilitators=[cohort.facilitator])
    CohortSessionFactory(workstream_id=cohort.id, title="Another’s")
    cohort.participant()
    db.session.flush()
    (flag,) = register_flags(cohort.facilitator, TODAY)
    assert flag.kind.key == "register_today" and flag.title == f"{session.title}: register"
    assert flag.why == "The session is today, 6pm to 8:30pm. Nobody is marked yet."
    assert flag.url == f"{cohort.url}/sessions/{session.id}/register"
    assert len(register_flags(cohort.lead, TODAY)) == 2
    assert register_flags(UserFactory(administrator=True), TODAY) == []


def test_a_register_that_is_not_complete_is_missing_afterwards(cohort):
    session = CohortSessionFactory(workstream_id=cohort.id, on=date(2021, 6, 17))
    sam, ola = cohort.participant("Sam"), cohort.participant("Ola")
    AttendanceMarkFactory(session=session, participant=sam)
    (flag,) = register_flags(cohort.lead, TODAY)
    assert flag.kind.key == "register_missing"
    assert flag.why == "The session was on 17 June 2021. 1 of 2 participants marked."
    AttendanceMarkFactory(session=session, participant=ola)
    assert register_flags(cohort.lead, TODAY) == []


@pytest.mark.parametrize(
    "more",
    [
        {"on": date(2021, 6, 19)},
        {"cancelled_at": clock.now(), "cancelled_reason": "Snow"},
    ],
)
def test_nothing_is_missing_of_what_is_not_held(cohort, more):
    CohortSessionFactory(workstream_id=cohort.id, **more)
    cohort.participant()
    assert register_flags(cohort.lead, TODAY) == []


def test_nobody_is_missed_who_had_left_or_had_not_joined(cohort):
    CohortSessionFactory(workstream_id=cohort.id, on=date(2021, 6, 10))
    cohort.participant(enrolled_on=date(2021, 6, 11))
    cohort.participant(
        outcome=Outcome.WITHDRAWN, outcome_on=date(2021, 6, 10), outcome_reason="Moved"
    )
    assert register_flags(cohort.lead, TODAY) == []


def absences(cohort, *marks, name="Sam", **more):
    participant = cohort.participant(name, **more)
    for number, attendance in enumerate(marks, start=1):
        session = CohortSessionFactory(workstream_id=cohort.id, on=date(2021, 6, number))
        if attendance:
            AttendanceMarkFactory(session=session, participant=participant, attendance=attendance)
    db.session.flush()
    return participant


A, E, L, P = Attendance.ABSENT, Attendance.EXCUSED, Attendance.LATE, Attendance.PRESENT


@pytest.mark.parametrize(
    ("marks", "run"),
    [
        ([A, A], 2),
        ([P, A, A, A], 3),
        ([A, E, A], 2),  # neither counts nor breaks
        ([A, None, A], 2),  # not marked: the same
        ([A, A, E], 2),
        ([A], 0),
        ([A, A, P], 0),
        ([A, A, L], 0),
        ([A, P, A], 0),
        ([E, E, E], 0),
    ],
)
def test_two_absences_running(cohort, marks, run):
    absences(cohort, *marks)
    flags = absence_flags(cohort.lead, TODAY)
    assert [flag.title.partition(": ")[2] for flag in flags] == (
        [f"absent {run} times running"] if run else []
    )


def test_it_names_nobody_and_a_further_absence_is_news(cohort):
    sam = absences(cohort, A, A)
    (flag,) = absence_flags(cohort.lead, TODAY)
    assert sam.application.reference in flag.title and "Sam" not in flag.title + flag.why
    assert flag.url == f"{cohort.url}/participants/{sam.id}"
    again = CohortSessionFactory(workstream_id=cohort.id, on=date(2021, 6, 9))
    AttendanceMarkFactory(session=again, participant=sam, attendance=A)
    (later,) = absence_flags(cohort.lead, TODAY)
    assert later.key != flag.key
    assert absence_flags(cohort.facilitator, TODAY) == []


def test_nobody_is_chased_who_has_left_nor_in_a_cohort_that_is_over(cohort):
    absences(cohort, A, A, outcome=Outcome.GRADUATED, outcome_on=TODAY)
    assert absence_flags(cohort.lead, TODAY) == []
    absences(cohort, A, A, name="Ola")
    assert len(absence_flags(cohort.lead, TODAY)) == 1
    cohort.workstream.status = WorkstreamStatus.CLOSED
    db.session.flush()
    assert absence_flags(cohort.lead, TODAY) == []


def test_the_showcase_does_not_count(cohort):
    sam = absences(cohort, A)
    showcase = CohortSessionFactory(
        workstream_id=cohort.id, on=date(2021, 6, 9), kind=SessionKind.SHOWCASE
    )
    AttendanceMarkFactory(session=showcase, participant=sam, attendance=A)
    assert absence_flags(cohort.lead, TODAY) == []


def test_the_front_page_shows_them(as_lead, cohort):
    sam = absences(cohort, A, A)
    page = as_lead.get("/").text
    assert "Absent twice running" in page and sam.application.reference in page
