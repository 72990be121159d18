"""Who reads which application, and what they make of it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.cohorts.applications.models import Application
from app.cohorts.call.models import Criterion
from app.core import clock
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right

_PERSONAL = {"personal": True}


class How(StrEnum):
    """How applications came to be given out, or were taken back."""

    BY_HAND = "by_hand"
    EVENLY = "evenly"
    AFTER_CONFLICT = "after_conflict"
    TAKEN_BACK = "taken_back"


class Handout(Identified, Tracked, Base):
    """Applications given to reviewers in one go. The changes of its assignments are parts of it, so that
    history says it once and it can be undone as a whole."""

    __tablename__ = "review_handouts"
    __table_args__ = (sa.CheckConstraint("applications >= 0", name="counted"),)
    history_name = "reading of applications"
    history_created = "Given out"
    history_right = Right.MANAGE_APPLICANTS
    history_ignores: ClassVar[frozenset[str]] = frozenset(
        {"id", "how", "title", "applications", "made_at", "made_by_id"}
    )

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    how: Mapped[How]
    # "12 applications to 3 reviewers"
    title: Mapped[str] = mapped_column(sa.String(200))
    applications: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    # None: Waymark itself, after a conflict of interest.
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    undone_at: Mapped[datetime | None]

    @property
    def history_title(self) -> str:
        return self.title


class AssignmentState(StrEnum):
    """Whether somebody still has to read an application."""

    TO_DO = "to_do"
    DONE = "done"
    CONFLICT = "conflict"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        return {"to_do": "To do", "conflict": "Conflict of interest"}.get(
            self.value, self.value.replace("_", " ").capitalize()
        )


# What somebody has: reviewed, or to be.
HELD = (AssignmentState.TO_DO, AssignmentState.DONE)


class Assignment(Identified, Versioned, Tracked, Base):
    """That an application is given to somebody to read. Each saving of their review moves its version
    on, so it is what a review's form is opened at."""

    __tablename__ = "review_assignments"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "reviewer_id"),
        sa.ForeignKeyConstraint(
            ["application_id", "workstream_id"],
            ["applications.id", "applications.workstream_id"],
            ondelete="CASCADE",
        ),
        sa.Index("ix_review_assignments_reviewer_id_state", "reviewer_id", "state"),
    )
    history_name = "application to read"
    history_right = Right.MANAGE_APPLICANTS
    history_ignores: ClassVar[frozenset[str]] = frozenset(
        {"id", "version", "state_at", "saved_at", "handout_id"}
    )

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    application_id: Mapped[uuid.UUID]
    reviewer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    state: Mapped[AssignmentState] = mapped_column(default=AssignmentState.TO_DO)
    state_at: Mapped[datetime] = mapped_column(default=clock.now)
    handout_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("review_handouts.id"), index=True)
    # What somebody may say of how they know the applicant.
    conflict_reason: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    # When their review was last saved, as a draft or for good.
    saved_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship(viewonly=True)
    reviewer: Mapped[User] = relationship()

    @property
    def history_title(self) -> str:
        return "Application to read"


CONSTRAINT_MESSAGES["uq_review_assignments_application_id_reviewer_id"] = (
    "reviewer_id",
    "Somebody has just given it to them",
)


class Recommendation(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Review(Identified, Base):
    """What one reviewer makes of one application. Never changed once it is submitted: a changed mind is
    another review, which supersedes this one.

    Of an assignment there is at most one draft (not submitted) and one in force (submitted, not
    superseded).
    """

    __tablename__ = "reviews"
    __table_args__ = (
        sa.CheckConstraint(
            "superseded_at IS NULL OR submitted_at IS NOT NULL", name="superseded_was_submitted"
        ),
        sa.CheckConstraint(
            "submitted_at IS NULL OR recommendation IS NOT NULL", name="submitted_recommends"
        ),
        sa.Index(
            "uq_reviews_one_draft",
            "assignment_id",
            unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        ),
        sa.Index(
            "uq_reviews_one_in_force",
            "assignment_id",
            unique=True,
            sqlite_where=sa.text("submitted_at IS NOT NULL AND superseded_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NOT NULL AND superseded_at IS NULL"),
        ),
        sa.Index("ix_reviews_assignment_id", "assignment_id"),
        sa.Index("ix_reviews_application_id", "application_id"),
    )

    assignment_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("review_assignments.id", ondelete="CASCADE")
    )
    # The assignment's: what is asked for by application, is found by it.
    application_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("applications.id", ondelete="CASCADE")
    )
    recommendation: Mapped[Recommendation | None]
    panel_comment: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    applicant_feedback: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    submitted_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]

    assignment: Mapped[Assignment] = relationship()
    scores: Mapped[list["ReviewScore"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )

    @property
    def by_criterion(self) -> Mapping[uuid.UUID, int]:
        """{criterion's id: score}"""
        return {score.criterion_id: score.score for score in self.scores}


class ReviewScore(Base):
    """What one review gives for one criterion."""

    __tablename__ = "review_scores"
    __table_args__ = (
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score_in_range"),
        sa.Index("ix_review_scores_criterion_id", "criterion_id"),
    )

    review_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True
    )
    criterion_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("criteria.id"), primary_key=True)
    score: Mapped[int]

    criterion: Mapped[Criterion] = relationship()


CONSTRAINT_MESSAGES["ck_review_scores_score_in_range"] = (None, "Scores go from 1 to 5")
CONSTRAINT_MESSAGES["ck_reviews_submitted_recommends"] = ("recommendation", "Choose one")
