"""Writes to a participant's project and notes."""

import uuid
from datetime import date

from app.accounts.models import User
from app.cohorts.applications.models import Participant
from app.cohorts.participants.models import ParticipantNote
from app.core import clock
from app.core.editing import check_version, create_once
from app.extensions import db


def edit_project(
    *, participant: Participant, version: int, title: str, project: str, done_on: date | None
) -> None:
    """Change what somebody's project is, and whether it is finished. Raises EditConflict."""
    check_version(participant, version)
    participant.project_title, participant.project = title, project
    participant.project_done_on = done_on
    db.session.flush()


def add_note(*, id: uuid.UUID, participant: Participant, text: str, by: User) -> None:
    """Write something down; the same form sent twice writes it once."""
    there = {"participant_id": participant.id}
    make = lambda: ParticipantNote(id=id, author_id=by.id, text=text, **there)  # noqa: E731
    create_once(ParticipantNote, id, make, **there)
    db.session.flush()


def erase_note(*, note: ParticipantNote) -> None:
    """Its words are gone for good; that there was one, whose and when, stays."""
    if note.erased_at is None:
        note.text, note.erased_at = "", clock.now()
        db.session.flush()
