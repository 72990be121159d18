"""Cohort 1's sessions with their registers, its showcase, notes; cohort 2's sessions to come."""

import uuid
from datetime import date, datetime, time

from app.accounts.models import User
from app.cohorts.applications.models import Participant
from app.cohorts.participants.models import ParticipantNote, ShowcaseSlot
from app.cohorts.sessions.models import Attendance, AttendanceMark, CohortSession, SessionKind
from app.core.clock import LONDON
from app.core.history import as_parts_of
from app.demo.cohorts import Cohorts
from app.demo.dated_history import at_work
from app.demo.facts import sessions as facts
from app.extensions import db
from app.workstreams.models import Workstream

_PLANNED_ON = {"cohort-1": date(2020, 9, 14), "cohort-2": date(2021, 6, 10)}


def load(cohorts: Cohorts) -> None:
    """In the order in which things happened."""
    facilitator = cohorts.known.people["facilitator"]
    first = _plan(cohorts, cohorts.first, facts.COHORT_1, facilitator)
    (showcase,) = _plan(
        cohorts, cohorts.first, (facts.SHOWCASE,), facilitator, kind=SessionKind.SHOWCASE
    )
    _cancel(cohorts, facilitator)
    people = cohorts.participants[cohorts.first.slug]
    _about(cohorts, people)
    for number, session in enumerate(first):
        _take_register(cohorts, session, number, people, facilitator)
    _show(cohorts, showcase, people, facilitator)
    _plan(cohorts, cohorts.second, facts.COHORT_2, facilitator)


def _plan(
    cohorts: Cohorts,
    workstream: Workstream,
    sessions: tuple[facts.SessionFact, ...],
    facilitator: User,
    kind: SessionKind = SessionKind.SESSION,
) -> list[CohortSession]:
    coordinator = cohorts.known.person("coordinator")
    cohorts.history.as_of(at_work(_PLANNED_ON[workstream.slug], "sessions"), coordinator)
    planned = [
        CohortSession(
            workstream_id=workstream.id,
            kind=kind,
            title=fact.title,
            on=fact.on,
            starts=facts.SIX,
            ends=facts.HALF_PAST_EIGHT,
            place=fact.place,
            facilitators=[facilitator],
        )
        for fact in sessions
    ]
    db.session.add_all(planned)
    db.session.flush()
    return planned


def _cancel(cohorts: Cohorts, facilitator: User) -> None:
    fact, reason = facts.CANCELLED
    (session,) = _plan(cohorts, cohorts.first, (fact,), facilitator)
    at = at_work(date(2021, 2, 15), "cancelled")
    cohorts.history.as_of(at, cohorts.known.person("coordinator"))
    session.cancelled_at, session.cancelled_reason = at, reason
    db.session.flush()


def _about(cohorts: Cohorts, people: list[Participant]) -> None:
    """What some of them need, what their projects are about, and what was noted down."""
    coordinator = cohorts.known.person("coordinator")
    cohorts.history.as_of(at_work(date(2021, 4, 26), "projects"), coordinator)
    for participant in people:
        name = participant.application.name
        participant.application.adjustments = facts.ADJUSTMENTS.get(name, "")
        participant.project = facts.PROJECTS.get(participant.project_title, "")
        for on, text in facts.NOTES.get(name, ()):
            db.session.add(
                ParticipantNote(
                    participant_id=participant.id,
                    author_id=coordinator,
                    on=on,
                    text=text,
                    written_at=at_work(on, text),
                )
            )
    db.session.flush()


def _take_register(
    cohorts: Cohorts,
    session: CohortSession,
    number: int,
    people: list[Participant],
    facilitator: User,
) -> None:
    """Of everybody who was still there: most came, and nobody missed more than the rule allows."""
    present = [
        participant
        for participant in people
        if not (participant.outcome_reason and (participant.outcome_on or date.max) <= session.on)
    ]
    at = datetime.combine(session.on, time(18, 10), LONDON)
    cohorts.history.as_of(at, facilitator.id)
    with as_parts_of(db.session(), session.id):
        for place, participant in enumerate(present):
            _mark(session, participant, _came(number, place), facilitator.id, at)


def _came(session: int, participant: int) -> Attendance:
    """An even scatter: absent once in thirteen sessions, late and excused now and then."""
    at = (session * 7 + participant * 5) % 13
    if at == 0:
        return Attendance.ABSENT
    if at == 4 and participant % 2:
        return Attendance.LATE
    return Attendance.EXCUSED if at == 9 and participant % 3 == 0 else Attendance.PRESENT


def _mark(
    session: CohortSession,
    participant: Participant,
    attendance: Attendance,
    by_id: uuid.UUID,
    at: datetime,
) -> None:
    db.session.add(
        AttendanceMark(
            workstream_id=session.workstream_id,
            session_id=session.id,
            participant_id=participant.id,
            attendance=attendance,
            made_at=at,
            made_by_id=by_id,
        )
    )


def _show(
    cohorts: Cohorts, showcase: CohortSession, people: list[Participant], facilitator: User
) -> None:
    """The programme in the order of the facts, and who came."""
    by_project = {one.project_title: one for one in people if one.project_title}
    cohorts.history.as_of(
        at_work(date(2021, 5, 10), "programme"), cohorts.known.person("coordinator")
    )
    for position, project in enumerate(facts.PROJECTS):
        db.session.add(
            ShowcaseSlot(
                workstream_id=showcase.workstream_id,
                participant_id=by_project[project].id,
                position=position,
            )
        )
    db.session.flush()
    at = datetime.combine(showcase.on, time(18, 10), LONDON)
    cohorts.history.as_of(at, facilitator.id)
    with as_parts_of(db.session(), showcase.id):
        for place, project in enumerate(facts.PROJECTS):
            came = Attendance.EXCUSED if place == 11 else Attendance.PRESENT
            _mark(showcase, by_project[project], came, facilitator.id, at)
