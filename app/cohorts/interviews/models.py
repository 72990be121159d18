"""Times for interviews, who has picked which, and what came of it."""

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cohorts.applications.models import Application
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.formatting import moment
from app.core.history import Tracked
from app.core.rights import Right

_PERSONAL = {"personal": True}


class InterviewSlot(Identified, Versioned, Tracked, Base):
    """A time at which one applicant can be interviewed."""

    __tablename__ = "interview_slots"
    __table_args__ = (
        sa.UniqueConstraint("id", "workstream_id"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        sa.Index("ix_interview_slots_workstream_id_starts_at", "workstream_id", "starts_at"),
    )
    history_name = "interview time"
    history_right = Right.MANAGE_APPLICANTS
    restore_right = Right.MANAGE_APPLICANTS

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # A room and its address, or a link; applicants read it.
    place: Mapped[str] = mapped_column(sa.String(500), default="")
    # Who asks the questions, and what they should know; applicants do not read it.
    panel: Mapped[str] = mapped_column(sa.Text, default="")

    interview: Mapped["Interview | None"] = relationship(
        back_populates="slot", primaryjoin="foreign(Interview.slot_id) == InterviewSlot.id"
    )

    @property
    def history_title(self) -> str:
        return moment(self.starts_at)

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


CONSTRAINT_MESSAGES["ck_interview_slots_ends_after_it_starts"] = (
    "minutes",
    "An interview must last at least 1 minute",
)


class Interview(Identified, Versioned, Tracked, Base):
    """One applicant's interview: the time that they have picked, and what the panel noted. `version`
    counts the changes, as calendars want to be told."""

    __tablename__ = "interviews"
    __table_args__ = (
        sa.UniqueConstraint("application_id"),
        # A time is for one applicant: of two who pick it at once, the database lets one.
        sa.UniqueConstraint("slot_id"),
        sa.ForeignKeyConstraint(
            ["application_id", "workstream_id"], ["applications.id", "applications.workstream_id"]
        ),
        sa.ForeignKeyConstraint(
            ["slot_id", "workstream_id"], ["interview_slots.id", "interview_slots.workstream_id"]
        ),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score_in_range"),
    )
    history_name = "interview"
    history_right = Right.MANAGE_APPLICANTS
    history_ignores = frozenset({"id", "version", "application_id", "invited_at", "reminded_at"})

    LOWEST, HIGHEST = 1, 5

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    application_id: Mapped[uuid.UUID]
    slot_id: Mapped[uuid.UUID | None]
    # When they were last asked to pick, and reminded of the time that they have.
    invited_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    notes: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    score: Mapped[int | None]

    # A time that is removed leaves the interview without one.
    slot: Mapped[InterviewSlot | None] = relationship(
        back_populates="interview", primaryjoin="foreign(Interview.slot_id) == InterviewSlot.id"
    )
    application: Mapped[Application] = relationship(
        primaryjoin="foreign(Interview.application_id) == Application.id"
    )

    @property
    def history_title(self) -> str:
        return "Interview"

    @property
    def has_outcome(self) -> bool:
        return bool(self.notes) or self.score is not None


TAKEN = "Somebody else has just picked this time. Choose another"

CONSTRAINT_MESSAGES["uq_interviews_slot_id"] = ("slot_id", TAKEN)
CONSTRAINT_MESSAGES["ck_interviews_score_in_range"] = (
    "score",
    f"The score must be a whole number from {Interview.LOWEST} to {Interview.HIGHEST}",
)
