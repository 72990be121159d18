"""Examples and rows of sessions and participants, for `examples.py` and `growing.py`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.accounts.models import User
from app.cohorts.applications.models import Outcome, Participant
from app.cohorts.sessions.models import Attendance
from app.extensions import db
from tests.factories.cohorts import ParticipantFactory, call_on
from tests.factories.cohorts_participants import ParticipantNoteFactory, ShowcaseSlotFactory
from tests.factories.cohorts_sessions import AttendanceMarkFactory, CohortSessionFactory


def _cohort(scene: Any) -> dict[str, Any]:
    call_on(scene.id)
    return {"slug": scene.slug}


def _session(scene: Any) -> dict[str, Any]:
    """Of today, run by whoever it is assigned to."""
    call_on(scene.id)
    runs = [db.session.get(User, scene.assignee_id)] if scene.assignee_id else []
    session = CohortSessionFactory(workstream_id=scene.id, facilitators=runs)
    return {"session_id": session.id}


def _participant(scene: Any, **more: Any) -> Any:
    call_on(scene.id)
    return ParticipantFactory(application__workstream_id=scene.id, **more)


def _note(scene: Any) -> dict[str, Any]:
    participant = _participant(scene)
    note = ParticipantNoteFactory(participant_id=participant.id)
    return {"slug": scene.slug, "participant_id": participant.id, "note_id": note.id}


def _graduate(scene: Any) -> dict[str, Any]:
    participant = _participant(
        scene, outcome=Outcome.GRADUATED, outcome_on=date(2021, 6, 1), enrolled_on=date(2021, 5, 1)
    )
    return {"slug": scene.slug, "participant_id": participant.id}


RUNNING_EXAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "session_id": _session,
    "participant_id": lambda scene: {"participant_id": _participant(scene).id},
    "participants.erase_note": _note,
    "participants.certificate": _graduate,
    **dict.fromkeys(
        (
            "sessions.sessions",
            "sessions.sessions_file",
            "sessions.add_session",
            "participants.participants",
            "participants.graduate_all",
            "participants.showcase",
            "participants.programme_in_word",
            "participants.programme_in_pdf",
            "participants.change_programme",
        ),
        _cohort,
    ),
    "participants.all_certificates": lambda scene: {"slug": _graduate(scene)["slug"]},
}


def grow_running(participant: Participant, first: Participant) -> dict[str, Any]:
    """A session more, in whose register both are, and a note about `first`; gives what URLs name."""
    session = CohortSessionFactory(workstream_id=first.workstream_id, on=date(2021, 6, 10))
    AttendanceMarkFactory(session=session, participant=participant)
    AttendanceMarkFactory(session=session, participant=first, attendance=Attendance.ABSENT)
    ParticipantNoteFactory(participant_id=first.id)
    ShowcaseSlotFactory(participant=participant)
    return {"participant_id": first.id, "session_id": session.id}
