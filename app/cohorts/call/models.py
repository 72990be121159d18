"""What a cohort asks for: its call, the conditions to apply, the questions and the criteria."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right
from app.workstreams.models import Workstream


class Call(Identified, Versioned, Tracked, Base):
    """A cohort's call for applications. The day that the cohort starts is its workstream's."""

    __tablename__ = "calls"
    __table_args__ = (
        sa.UniqueConstraint("workstream_id"),
        sa.CheckConstraint("places > 0", name="places_positive"),
        sa.CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        sa.CheckConstraint("min_age >= 0", name="min_age_not_negative"),
        sa.CheckConstraint("max_age >= min_age", name="max_age_not_below_min_age"),
        sa.CheckConstraint("reviews_wanted BETWEEN 1 AND 10", name="reviews_wanted_in_range"),
        sa.CheckConstraint(
            "attendance_wanted BETWEEN 0 AND 100", name="attendance_wanted_in_range"
        ),
    )
    history_name = "call for applications"

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    places: Mapped[int]
    # To the minute; the form reads and shows them in London.
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    intro: Mapped[str] = mapped_column(sa.Text, default="")
    # Years old on the day that the cohort starts.
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    llr_only: Mapped[bool] = mapped_column(default=True)
    # Reviewers see no name, contact or age, nor answers marked as hidden, until this is lifted.
    blind: Mapped[bool] = mapped_column(default=True)
    reviews_wanted: Mapped[int] = mapped_column(default=2)
    # What it takes to graduate: per cent of the sessions, and a project.
    attendance_wanted: Mapped[int] = mapped_column(default=80)
    project_wanted: Mapped[bool] = mapped_column(default=True)

    workstream: Mapped[Workstream] = relationship()

    @property
    def history_title(self) -> str:
        return "Call for applications"

    def has_opened(self, moment: datetime) -> bool:
        """Whether it takes applications at an instant (`clock.moment()`), or took them before."""
        return self.opens_at is not None and self.closes_at is not None and self.opens_at <= moment

    def is_open(self, moment: datetime) -> bool:
        """Whether it takes applications at an instant (`clock.moment()`): the opening minute counts,
        the closing instant does not."""
        return (
            self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= moment < self.closes_at
        )


CONSTRAINT_MESSAGES["uq_calls_workstream_id"] = ("places", "This cohort has a call already")
CONSTRAINT_MESSAGES["ck_calls_places_positive"] = ("places", "There must be at least 1 place")
CONSTRAINT_MESSAGES["ck_calls_closes_after_it_opens"] = (
    "closes_at",
    "The closing time must be after the opening time",
)
CONSTRAINT_MESSAGES["ck_calls_max_age_not_below_min_age"] = (
    "max_age",
    "The oldest age must be the same as or more than the youngest",
)
CONSTRAINT_MESSAGES["ck_calls_reviews_wanted_in_range"] = (
    "reviews_wanted",
    "Each application needs between 1 and 10 reviews",
)
CONSTRAINT_MESSAGES["ck_calls_attendance_wanted_in_range"] = (
    "attendance_wanted",
    "Attendance must be between 0 and 100 per cent",
)


class EligibilityCondition(Identified, Versioned, Tracked, Base):
    """A question with a yes or no that decides whether somebody can apply."""

    __tablename__ = "eligibility_conditions"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="text_given"),)
    history_name = "condition to apply"
    restore_right = Right.EDIT_CALL
    restore_excludes = frozenset({"position"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    call_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("calls.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(sa.Text)
    # The answer that lets somebody apply, and what the others are told.
    wanted: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    archived_at: Mapped[datetime | None]

    @property
    def history_title(self) -> str:
        return self.text


class QuestionKind(StrEnum):
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    YES_NO = "yes_no"
    DATE = "date"

    @property
    def label(self) -> str:
        return {
            "short_text": "Short text",
            "long_text": "Long text",
            "one_choice": "One choice",
            "several_choices": "Several choices",
            "yes_no": "Yes or no",
            "date": "Date",
        }[self.value]

    @property
    def has_options(self) -> bool:
        return self in (QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES)


class Question(Identified, Versioned, Tracked, Base):
    """One question to applicants. An answer keeps the words that it was asked in (`Answer.asked`),
    so a question can be reworded, or archived, at any time."""

    __tablename__ = "questions"
    __table_args__ = (
        sa.CheckConstraint("length(text) > 0", name="text_given"),
        sa.CheckConstraint("word_limit > 0", name="word_limit_positive"),
        sa.CheckConstraint(
            "word_limit IS NULL OR kind = 'long_text'", name="word_limit_for_long_text"
        ),
    )
    history_name = "question"
    restore_right = Right.EDIT_CALL
    # Another kind or other options, once it was answered, are another question.
    restore_excludes = frozenset({"position", "kind", "options"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    call_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("calls.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[QuestionKind]
    text: Mapped[str] = mapped_column(sa.Text)
    help: Mapped[str] = mapped_column(sa.Text, default="")
    required: Mapped[bool] = mapped_column(default=True)
    hidden_from_reviewers: Mapped[bool] = mapped_column(default=False)
    word_limit: Mapped[int | None]
    options: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    archived_at: Mapped[datetime | None]

    @property
    def history_title(self) -> str:
        return self.text

    def as_asked(self) -> dict[str, Any]:
        """The words of it, to be kept with an answer."""
        return {
            "text": self.text,
            "help": self.help,
            "kind": self.kind.value,
            "options": self.options,
        }


class Criterion(Identified, Versioned, Tracked, Base):
    """Something that reviewers score from 1 to 5; its weight says how much it counts."""

    __tablename__ = "criteria"
    __table_args__ = (
        sa.CheckConstraint("length(name) > 0", name="name_given"),
        sa.CheckConstraint("weight BETWEEN 1 AND 10", name="weight_in_range"),
    )
    history_name = "criterion"
    restore_right = Right.EDIT_CALL
    restore_excludes = frozenset({"position"})

    LOWEST, HIGHEST = 1, 5

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    call_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("calls.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(sa.String(200))
    weight: Mapped[int] = mapped_column(default=1)
    # {"1": "what deserves a 1", …, "5": …}; what is not there has no guidance.
    guidance: Mapped[dict[str, Any]] = mapped_column(default=dict)
    archived_at: Mapped[datetime | None]

    @property
    def history_title(self) -> str:
        return self.name


CONSTRAINT_MESSAGES["ck_criteria_weight_in_range"] = (
    "weight",
    "The weight must be a whole number from 1 to 10",
)


class WindowChange(Identified, Base):
    """That the closing time was moved, or the form opened again for one person, and why."""

    __tablename__ = "window_changes"
    __table_args__ = (
        # Why it was opened for one person is theirs, and may have been erased.
        sa.CheckConstraint("length(reason) > 0 OR application_id IS NOT NULL", name="reason_given"),
    )

    call_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("calls.id"), index=True)
    # Of the one for whom it was opened again; None: for everybody.
    application_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("applications.id"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    closed_at: Mapped[datetime | None]
    closes_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.Text, info={"personal": True})

    made_by: Mapped[User | None] = relationship()


CONSTRAINT_MESSAGES["ck_window_changes_reason_given"] = ("reason", "Say why")
