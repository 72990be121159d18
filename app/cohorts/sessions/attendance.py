"""How often participants came, counted by the database: one row for each, however many sessions.

Only sessions that were held count, which are those that have marks; the showcase is apart. An excused
absence counts neither for nor against anybody, and neither makes nor breaks a run of absences.
"""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.cohorts.sessions.models import Attendance, AttendanceMark, CohortSession, SessionKind

# So many absences running are somebody to ring.
RUN_OF_ABSENCES = 2


def tallies(workstream_ids: Sequence[uuid.UUID] | sa.Select[Any]) -> sa.Subquery:
    """SQL: for each participant of these cohorts with a mark: how many of each, `run` (absences since
    they were last there) and `last_absent_on`."""
    mark = AttendanceMark
    held = (
        sa.select(
            CohortSession.id,
            CohortSession.on.label("held_on"),
            sa.func.row_number()
            .over(
                partition_by=CohortSession.workstream_id,
                order_by=[CohortSession.on, CohortSession.starts, CohortSession.id],
            )
            .label("place"),
        )
        .where(
            CohortSession.workstream_id.in_(workstream_ids),
            CohortSession.kind == SessionKind.SESSION,
        )
        .subquery()
    )
    was_there = mark.attendance.in_([Attendance.PRESENT, Attendance.LATE])
    marks = (
        sa.select(
            mark.participant_id,
            mark.attendance,
            held.c.held_on,
            held.c.place,
            sa.func.max(sa.case((was_there, held.c.place), else_=0))
            .over(partition_by=mark.participant_id)
            .label("last_there"),
        )
        .join(held, held.c.id == mark.session_id)
        .subquery()
    )
    absent = marks.c.attendance == Attendance.ABSENT

    def many(condition: Any) -> Any:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    return (
        sa.select(
            marks.c.participant_id,
            *(many(marks.c.attendance == kind).label(kind.value) for kind in Attendance),
            many(sa.and_(absent, marks.c.place > marks.c.last_there)).label("run"),
            sa.func.max(sa.case((absent, marks.c.held_on))).label("last_absent_on"),
        )
        .group_by(marks.c.participant_id)
        .subquery()
    )
