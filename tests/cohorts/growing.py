"""Rows of everything that a cohort has, so that `tests/rules/test_growth.py` can see whether a page asks
the database more often for many than for few."""

from datetime import date

from app.cohorts.sessions.models import Attendance
from app.workstreams.models import Workstream
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory, ParticipantFactory, call_on
from tests.factories.cohorts_participants import ParticipantNoteFactory, ShowcaseSlotFactory
from tests.factories.cohorts_sessions import AttendanceMarkFactory, CohortSessionFactory


def grow_cohort(workstream: Workstream, rows: int) -> dict[str, object]:
    """Give a workstream a call and `rows` of everything in it; gives what URLs name of it."""
    call_on(workstream.id)
    facilitator = UserFactory()
    first = ParticipantFactory(application__workstream_id=workstream.id)
    for _ in range(rows):
        applied = ApplicationFactory(workstream_id=workstream.id)
        participant = ParticipantFactory(application__workstream_id=workstream.id)
        # Reviewing
        #
        # Interviews and decisions
        #
        # Sessions and participants
        session = CohortSessionFactory(workstream_id=workstream.id, on=date(2021, 6, 10))
        session.facilitators = [facilitator]
        AttendanceMarkFactory(session=session, participant=participant)
        AttendanceMarkFactory(session=session, participant=first, attendance=Attendance.ABSENT)
        ParticipantNoteFactory(participant_id=first.id)
        ShowcaseSlotFactory(participant=participant)
        #
        # Leaders Network and invitations
        #
    return {
        "application_id": applied.id,
        "participant_id": first.id,
        "session_id": session.id,
    }
