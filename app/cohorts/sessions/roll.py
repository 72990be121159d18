"""The register of one session: who is on it, what a page sends, and what has become of it.

A page sends for each participant the choice made and what it had shown when it was made: `seen-<id>` is
"<version>:<attendance>", and "0:" where there was no mark. What differs from what was shown is a
decision of whoever sends it; the rest they have left alone, whatever has become of it meanwhile.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.cohorts.applications.models import Application, Participant
from app.cohorts.sessions.models import Attendance, AttendanceMark, CohortSession
from app.cohorts.sessions.queries import has_not_left
from app.core.errors import Refused
from app.core.history import ChangeAction, ChangeRecord
from app.extensions import db


@dataclass(frozen=True)
class Row:
    """A participant in the register. Whoever takes it sees the name and what they need to take part."""

    participant_id: uuid.UUID
    name: str
    adjustments: str
    # Joined after that day: can be marked, but is not expected.
    joined_later: date | None
    mark: AttendanceMark | None
    marked_by: str

    @property
    def attendance(self) -> Attendance | None:
        return self.mark.attendance if self.mark else None

    @property
    def version(self) -> int:
        return self.mark.version if self.mark else 0

    @property
    def seen(self) -> str:
        """What the page carries back."""
        return f"{self.version}:{self.attendance or ''}"

    @property
    def marked_at(self) -> datetime | None:
        return self.mark.made_at if self.mark else None


@dataclass(frozen=True)
class Choice:
    """What somebody chose for a participant, and what their page had shown."""

    attendance: Attendance | None
    seen_version: int
    seen: Attendance | None

    @property
    def is_decision(self) -> bool:
        return self.attendance is not None and self.attendance is not self.seen


@dataclass(frozen=True)
class Summary:
    """How far a register has come."""

    marked: int
    expected: int
    here: int

    @property
    def is_complete(self) -> bool:
        return self.marked >= self.expected


def rows_of(session: CohortSession) -> list[Row]:
    """Everybody who had not left by that day, and whoever has a mark all the same; by name. One query,
    which reads marks anew."""
    found = db.session.execute(
        sa.select(Participant, AttendanceMark, User.name)
        .join(Application, Application.id == Participant.application_id)
        .outerjoin(
            AttendanceMark,
            sa.and_(
                AttendanceMark.participant_id == Participant.id,
                AttendanceMark.session_id == session.id,
            ),
        )
        .outerjoin(User, User.id == AttendanceMark.made_by_id)
        .where(
            Participant.workstream_id == session.workstream_id,
            sa.or_(has_not_left(session.on), AttendanceMark.id.is_not(None)),
        )
        .options(joinedload(Participant.application))
        .order_by(sa.func.lower(Application.name), Participant.id)
        .execution_options(populate_existing=True)
    )
    return [
        Row(
            participant_id=participant.id,
            name=participant.application.called,
            adjustments=participant.application.adjustments,
            joined_later=participant.enrolled_on if participant.enrolled_on > session.on else None,
            mark=mark,
            marked_by=by or "Somebody",
        )
        for participant, mark, by in found
    ]


def summary_of(rows: Sequence[Row]) -> Summary:
    """Counted of those who were expected."""
    expected = [row for row in rows if row.joined_later is None]
    here = (Attendance.PRESENT, Attendance.LATE)
    return Summary(
        marked=sum(row.mark is not None for row in expected),
        expected=len(expected),
        here=sum(row.attendance in here for row in rows),
    )


def read_choices(sent: Mapping[str, Any], rows: Sequence[Row]) -> dict[uuid.UUID, Choice]:
    """What was sent, by participant. Raises Refused for what no page of ours sends."""
    choices = {}
    for row in rows:
        version, _, seen = sent.get(f"seen-{row.participant_id}", "0:").partition(":")
        try:
            choices[row.participant_id] = Choice(
                _attendance(sent.get(f"mark-{row.participant_id}", "")),
                int(version),
                _attendance(seen),
            )
        except ValueError:
            raise Refused("Choose present, late, excused or absent") from None
    return choices


def _attendance(value: str) -> Attendance | None:
    return Attendance(value) if value else None


@dataclass(frozen=True)
class Correction:
    """That a mark was changed after it had been made."""

    name: str
    before: Attendance
    after: Attendance
    by: str
    at: datetime


def corrections_of(session: CohortSession, rows: Sequence[Row]) -> list[Correction]:
    """What was changed in a register, the newest first; one query."""
    names = {row.mark.id: row.name for row in rows if row.mark}
    records = db.session.scalars(
        sa.select(ChangeRecord)
        .where(
            ChangeRecord.part_of_id == session.id,
            ChangeRecord.subject_type == AttendanceMark.__tablename__,
            ChangeRecord.action == ChangeAction.UPDATED,
        )
        .order_by(ChangeRecord.id.desc())
        .limit(100)
        .options(joinedload(ChangeRecord.actor))
    )
    return [
        Correction(
            name=names[record.subject_id],
            before=Attendance(record.changes["attendance"][0]),
            after=Attendance(record.changes["attendance"][1]),
            by=record.actor.name if record.actor else "Somebody",
            at=record.at,
        )
        for record in records
        if record.subject_id in names and "attendance" in record.changes
    ]
