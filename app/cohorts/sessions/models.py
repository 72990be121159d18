"""The sessions of a cohort, who runs each, and who was there."""

import uuid
from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock, time_field
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.formatting import day
from app.core.history import Tracked
from app.core.rights import Right
from app.workstreams.models import Workstream

session_facilitators = sa.Table(
    "session_facilitators",
    Base.metadata,
    sa.Column(
        "session_id", sa.ForeignKey("cohort_sessions.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("user_id", sa.ForeignKey("users.id"), primary_key=True, index=True),
)


class SessionKind(StrEnum):
    SESSION = "session"
    SHOWCASE = "showcase"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class CohortSession(Identified, Versioned, Tracked, Base):
    """A day on which a cohort meets, by the clocks in London; or its showcase."""

    __tablename__ = "cohort_sessions"
    __table_args__ = (
        sa.UniqueConstraint("id", "workstream_id"),
        sa.CheckConstraint("length(title) > 0", name="title_given"),
        sa.CheckConstraint("ends > starts", name="ends_after_it_starts"),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (length(cancelled_reason) = 0)", name="cancelled_has_reason"
        ),
        sa.Index("ix_cohort_sessions_workstream_id_on_date", "workstream_id", "on_date"),
        sa.Index(
            "uq_cohort_sessions_one_showcase",
            "workstream_id",
            unique=True,
            sqlite_where=sa.text("kind = 'showcase' AND cancelled_at IS NULL"),
            postgresql_where=sa.text("kind = 'showcase' AND cancelled_at IS NULL"),
        ),
    )
    history_name = "session"
    history_collections = ("facilitators",)

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    kind: Mapped[SessionKind] = mapped_column(default=SessionKind.SESSION)
    title: Mapped[str] = mapped_column(sa.String(160))
    on: Mapped[date] = mapped_column("on_date")
    starts: Mapped[time]
    ends: Mapped[time]
    # A hall, or the address of an on-line meeting.
    place: Mapped[str] = mapped_column(sa.String(300), default="")
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(sa.Text, default="")

    workstream: Mapped[Workstream] = relationship()
    facilitators: Mapped[list[User]] = relationship(
        secondary=session_facilitators, order_by=(User.name, User.id)
    )

    @property
    def history_title(self) -> str:
        return self.title

    @property
    def starts_at(self) -> datetime:
        return time_field.at(self.on, self.starts)

    @property
    def ends_at(self) -> datetime:
        return time_field.at(self.on, self.ends)

    @property
    def times(self) -> str:
        """6pm to 8:30pm"""
        return f"{time_field.in_words(self.starts)} to {time_field.in_words(self.ends)}"

    @property
    def weekday(self) -> str:
        """Monday 6 September 2021"""
        return f"{self.on:%A} {day(self.on)}"

    @property
    def is_link(self) -> bool:
        """Whether its place is the address of an on-line meeting."""
        return self.place.startswith(("https://", "http://"))


CONSTRAINT_MESSAGES["ck_cohort_sessions_title_given"] = ("title", "Give the session a title")
CONSTRAINT_MESSAGES["ck_cohort_sessions_ends_after_it_starts"] = (
    "ends",
    "The end must be after the start",
)
CONSTRAINT_MESSAGES["ck_cohort_sessions_cancelled_has_reason"] = ("reason", "Say why")
CONSTRAINT_MESSAGES["uq_cohort_sessions_one_showcase"] = (
    "kind",
    "This cohort has a showcase already. Change that one, or cancel it first",
)


class Attendance(StrEnum):
    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class AttendanceMark(Identified, Versioned, Tracked, Base):
    """Whether one participant came to one session. It says nothing of who they are, so it stays, and
    is counted, when they are erased."""

    __tablename__ = "attendance_marks"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "participant_id"),
        # Both of the same cohort.
        sa.ForeignKeyConstraint(
            ["session_id", "workstream_id"], ["cohort_sessions.id", "cohort_sessions.workstream_id"]
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"], ["participants.id", "participants.workstream_id"]
        ),
    )
    history_name = "attendance"
    history_right = Right.MANAGE_PARTICIPANTS
    history_ignores: ClassVar[frozenset[str]] = frozenset(
        {"id", "version", "session_id", "participant_id", "made_at", "made_by_id"}
    )

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    session_id: Mapped[uuid.UUID]
    participant_id: Mapped[uuid.UUID] = mapped_column(index=True)
    attendance: Mapped[Attendance]
    # The newest word on it; earlier ones are in its history.
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)

    @property
    def history_title(self) -> str:
        return self.attendance.label


CONSTRAINT_MESSAGES["uq_attendance_marks_session_id_participant_id"] = (
    None,
    "Somebody else has just marked one of them. Reload the page to see it",
)
