"""An application, its answers and its moves; and what a participant has beyond it."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.areas import Area
from app.cohorts.call.models import Question
from app.core import clock
from app.core.database import Base, Identified, Versioned, enum_type
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right
from app.workstreams.models import Body, Workstream

_PERSONAL = {"personal": True}


class Entered(StrEnum):
    """How an application came."""

    ONLINE = "online"
    PAPER = "paper"
    TELEPHONE = "telephone"
    IMPORTED = "imported"
    DEFERRED = "deferred"

    @property
    def label(self) -> str:
        return {"telephone": "By telephone", "paper": "On paper", "deferred": "Deferred"}.get(
            self.value, self.value.capitalize()
        )


# Those that we go on writing; what came online is its applicant's alone until it is sent in.
ENTERED_BY_US = (Entered.PAPER, Entered.TELEPHONE, Entered.IMPORTED)


class Source(StrEnum):
    """Where somebody heard of the cohort."""

    CSP = "csp"
    LEADER = "leader"
    NOMINATED = "nominated"
    SOCIAL_MEDIA = "social_media"
    SCHOOL_OR_COLLEGE = "school_or_college"
    YOUTH_GROUP = "youth_group"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "csp": "A community safety partnership",
            "leader": "Somebody who has been through the programme",
            "nominated": "Somebody nominated me",
            "social_media": "Social media",
            "school_or_college": "School, college or university",
            "youth_group": "A youth or community group",
            "other": "Somewhere else",
        }[self.value]


class Application(Identified, Versioned, Tracked, Base):
    """One person's way through one cohort, from the first saved word to the Leaders Network.

    What says who somebody is, is marked personal: it is erased when it is no longer needed, and what
    is counted (area, age, source, stage) stays.
    """

    __tablename__ = "applications"
    __table_args__ = (
        sa.UniqueConstraint("workstream_id", "email"),
        sa.UniqueConstraint("reference"),
        sa.UniqueConstraint("id", "workstream_id"),
        sa.CheckConstraint("email = lower(email)", name="email_lower_case"),
        sa.CheckConstraint(
            "submitted_at IS NOT NULL OR stage IN ('draft', 'withdrawn')", name="submitted_has_time"
        ),
        sa.Index("ix_applications_workstream_id_stage", "workstream_id", "stage"),
        sa.Index("ix_applications_workstream_id_found_by", "workstream_id", "found_by"),
        sa.Index("ix_applications_workstream_id_submitted_at", "workstream_id", "submitted_at"),
    )
    history_name = "application"
    history_right = Right.MANAGE_APPLICANTS
    history_ignores: ClassVar[frozenset[str]] = frozenset(
        {"id", "version", "created_at", "found_by"}
    )

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    # What people read out on the telephone, for example "CL-7KQ2XM".
    reference: Mapped[str] = mapped_column(sa.String(20))
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    entered: Mapped[Entered] = mapped_column(default=Entered.ONLINE)
    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    # Opened again for this one person until then.
    open_until: Mapped[datetime | None]

    name: Mapped[str] = mapped_column(sa.String(120), default="", info=_PERSONAL)
    # Lower case; None on paper, or once it is erased.
    email: Mapped[str | None] = mapped_column(sa.String(254), info=_PERSONAL)
    phone: Mapped[str] = mapped_column(sa.String(40), default="", info=_PERSONAL)
    born_on: Mapped[date | None] = mapped_column(info=_PERSONAL)
    # Of the above, what `app.cohorts.applications.finding` looks through.
    found_by: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    # What would help them to take part.
    adjustments: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    # {condition id: yes or no}
    eligibility: Mapped[dict[str, Any]] = mapped_column(default=dict, info=_PERSONAL)

    # Counted, and kept after the rest is erased. Years old on the day that the cohort starts.
    age: Mapped[int | None]
    area: Mapped[Area | None]
    source: Mapped[Source | None]
    source_body_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("bodies.id"), index=True)
    # The graduate who told them.
    source_leader_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("applications.id"), index=True
    )
    source_text: Mapped[str] = mapped_column(sa.String(200), default="", info=_PERSONAL)
    # Whether the page of equality monitoring has been through: nothing else ties the two.
    monitored: Mapped[bool] = mapped_column(default=False)
    # The application to an earlier cohort, of which this one is the deferred place.
    deferred_from_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("applications.id"), index=True
    )
    anonymised_at: Mapped[datetime | None]

    workstream: Mapped[Workstream] = relationship()
    source_body: Mapped[Body | None] = relationship()
    entered_by: Mapped[User | None] = relationship()
    participant: Mapped["Participant | None"] = relationship(back_populates="application")

    @property
    def history_title(self) -> str:
        return self.reference

    @property
    def called(self) -> str:
        """The name, or the reference of somebody who has given none or is no longer known."""
        return self.name or self.reference


CONSTRAINT_MESSAGES["uq_applications_workstream_id_email"] = (
    "email",
    "There is an application from this address already",
)


class Answer(Identified, Base):
    """What somebody answered, in the words that they were asked."""

    __tablename__ = "answers"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "question_id"),
        sa.Index("ix_answers_question_id", "question_id"),
    )

    application_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("applications.id", ondelete="CASCADE")
    )
    question_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("questions.id"))
    # `Question.as_asked()` at the moment of answering.
    asked: Mapped[dict[str, Any]]
    # Text, yes or no, an ISO day, or the chosen options: a list of texts whatever the kind.
    value: Mapped[list[str]] = mapped_column(sa.JSON, default=list, info=_PERSONAL)
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)

    question: Mapped[Question] = relationship()


class ApplicationMove(Identified, Base):
    """That an application went from one stage to another: by whom, when and why. Never changed."""

    __tablename__ = "application_moves"

    application_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("applications.id", ondelete="CASCADE"), index=True
    )
    before: Mapped[Stage] = mapped_column(enum_type(Stage, "stage_before"))
    after: Mapped[Stage] = mapped_column(enum_type(Stage, "stage_after"))
    mover: Mapped[Mover]
    # None: the applicant, or Waymark itself.
    by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    # Which day it was for those concerned (the demo pins it).
    on: Mapped[date] = mapped_column("on_date", default=clock.today)
    why: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    # What moved together, so that it can be undone together.
    batch_id: Mapped[uuid.UUID | None] = mapped_column(index=True)

    by: Mapped[User | None] = relationship()


class Outcome(StrEnum):
    """How somebody's time in a cohort ended."""

    GRADUATED = "graduated"
    WITHDRAWN = "withdrawn"
    DEFERRED = "deferred"

    @property
    def label(self) -> str:
        return {"withdrawn": "Left"}.get(self.value, self.value.capitalize())


class Participant(Identified, Versioned, Tracked, Base):
    """What an enrolled applicant has beyond their application."""

    __tablename__ = "participants"
    __table_args__ = (
        sa.UniqueConstraint("application_id"),
        sa.UniqueConstraint("id", "workstream_id"),
        sa.ForeignKeyConstraint(
            ["application_id", "workstream_id"], ["applications.id", "applications.workstream_id"]
        ),
        sa.CheckConstraint("(outcome IS NULL) = (outcome_on IS NULL)", name="outcome_has_day"),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome = 'graduated' OR length(outcome_reason) > 0 "
            "OR anonymised_at IS NOT NULL",
            name="leaving_has_reason",
        ),
    )
    history_name = "participant"
    history_right = Right.MANAGE_PARTICIPANTS
    history_ignores: ClassVar[frozenset[str]] = frozenset({"id", "version", "application_id"})

    application_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    enrolled_on: Mapped[date] = mapped_column(default=clock.today)
    project_title: Mapped[str] = mapped_column(sa.String(200), default="", info=_PERSONAL)
    project: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    project_done_on: Mapped[date | None]
    outcome: Mapped[Outcome | None]
    outcome_on: Mapped[date | None]
    outcome_reason: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    deferred_to_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("workstreams.id"), index=True
    )
    anonymised_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship(back_populates="participant")

    @property
    def history_title(self) -> str:
        return "Participant"


CONSTRAINT_MESSAGES["ck_participants_leaving_has_reason"] = ("outcome_reason", "Say why")
