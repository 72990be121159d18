"""Indicators, their targets and breakdowns, their dated measurements, and rounds of a survey."""

import uuid
from datetime import date, datetime
from decimal import Decimal
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

# Up to a thousand million, to four places: never a float.
_Value = sa.Numeric(14, 4)


class Unit(StrEnum):
    """What a value of an indicator is."""

    NUMBER = "number"
    PERCENTAGE = "percentage"
    SCORE = "score"
    YES_NO = "yes_no"
    NARRATIVE = "narrative"

    @property
    def label(self) -> str:
        return {
            "number": "Number",
            "percentage": "Percentage",
            "score": "Score",
            "yes_no": "Yes or no",
            "narrative": "Words",
        }[self.value]

    @property
    def is_counted(self) -> bool:
        """Whether its values can be compared and drawn."""
        return self in (Unit.NUMBER, Unit.PERCENTAGE, Unit.SCORE)


class Better(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"

    @property
    def label(self) -> str:
        return {"up": "More is better", "down": "Less is better", "steady": "Staying the same"}[
            self.value
        ]


class Frequency(StrEnum):
    """How often a value is due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ONCE = "once"

    @property
    def label(self) -> str:
        return {
            "monthly": "Every month",
            "quarterly": "Every quarter",
            "half_yearly": "Every six months",
            "yearly": "Every year",
            "once": "Once",
        }[self.value]


class Indicator(Identified, Versioned, Tracked, Base):
    """A defined measure of a workstream."""

    __tablename__ = "indicators"
    __table_args__ = (
        sa.CheckConstraint("length(name) > 0", name="name_given"),
        sa.CheckConstraint("highest > lowest", name="highest_above_lowest"),
        sa.CheckConstraint(
            "unit <> 'score' OR (lowest IS NOT NULL AND highest IS NOT NULL)",
            name="score_has_range",
        ),
        sa.CheckConstraint(
            "baseline_numerator IS NULL OR unit = 'percentage'", name="baseline_parts_of_percentage"
        ),
        sa.CheckConstraint("baseline_denominator > 0", name="baseline_denominator_positive"),
        sa.CheckConstraint(
            "baseline_numerator BETWEEN 0 AND baseline_denominator", name="baseline_within"
        ),
        sa.CheckConstraint(
            "(baseline_numerator IS NULL) = (baseline_denominator IS NULL)",
            name="baseline_parts_together",
        ),
    )
    history_name = "indicator"
    restore_right = Right.EDIT_INDICATORS
    restore_excludes = frozenset({"position", "unit"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    definition: Mapped[str] = mapped_column(sa.Text, default="")
    unit: Mapped[Unit]
    # What is counted ("graduates"), or what a percentage is of ("of those asked").
    counted: Mapped[str] = mapped_column(sa.String(100), default="")
    # The ends of a score's scale.
    lowest: Mapped[Decimal | None] = mapped_column(_Value)
    highest: Mapped[Decimal | None] = mapped_column(_Value)
    better: Mapped[Better] = mapped_column(default=Better.UP)
    baseline: Mapped[Decimal | None] = mapped_column(_Value)
    baseline_numerator: Mapped[int | None]
    baseline_denominator: Mapped[int | None]
    # When or what the baseline was, in words ("2012/13").
    baseline_text: Mapped[str] = mapped_column(sa.Text, default="")
    baseline_on: Mapped[date | None]
    frequency: Mapped[Frequency] = mapped_column(default=Frequency.QUARTERLY)
    # The end of the first period that a value is due for.
    first_due_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.Text, default="")
    owner_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    # Counts below 5 are not shown.
    sensitive: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship()
    targets: Mapped[list["Target"]] = relationship(
        order_by="Target.on", cascade="all, delete-orphan"
    )
    breakdowns: Mapped[list["Breakdown"]] = relationship(
        order_by="Breakdown.position", cascade="all, delete-orphan"
    )

    @property
    def history_title(self) -> str:
        return self.name


CONSTRAINT_MESSAGES["ck_indicators_highest_above_lowest"] = (
    "highest",
    "The highest score must be above the lowest",
)


class Target(Identified, Versioned, Tracked, Base):
    """What an indicator is to have reached by a day."""

    __tablename__ = "indicator_targets"
    __table_args__ = (sa.UniqueConstraint("indicator_id", "on_date"),)
    history_name = "target"
    restore_right = Right.EDIT_INDICATORS

    indicator_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("indicators.id"))
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    on: Mapped[date] = mapped_column("on_date")
    value: Mapped[Decimal] = mapped_column(_Value)

    @property
    def history_title(self) -> str:
        return "Target"


CONSTRAINT_MESSAGES["uq_indicator_targets_indicator_id_on_date"] = (
    "on",
    "There is a target for this day already",
)


class Breakdown(Identified, Versioned, Tracked, Base):
    """A way to divide an indicator: by age band, say. Its parts add up to the whole, unless they
    overlap (somebody can be in two)."""

    __tablename__ = "indicator_breakdowns"
    __table_args__ = (
        sa.UniqueConstraint("indicator_id", "name"),
        sa.CheckConstraint("length(name) > 0", name="name_given"),
    )
    history_name = "breakdown"
    restore_right = Right.EDIT_INDICATORS
    restore_excludes = frozenset({"position", "overlapping"})

    indicator_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("indicators.id"))
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    name: Mapped[str] = mapped_column(sa.String(100))
    overlapping: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    parts: Mapped[list["BreakdownPart"]] = relationship(
        order_by="BreakdownPart.position", cascade="all, delete-orphan"
    )

    @property
    def history_title(self) -> str:
        return self.name


CONSTRAINT_MESSAGES["uq_indicator_breakdowns_indicator_id_name"] = (
    "name",
    "There is a breakdown with this name already",
)


class BreakdownPart(Identified, Base):
    """One of the groups of a breakdown."""

    __tablename__ = "indicator_breakdown_parts"
    __table_args__ = (
        sa.UniqueConstraint("breakdown_id", "name"),
        sa.CheckConstraint("length(name) > 0", name="name_given"),
    )

    breakdown_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("indicator_breakdowns.id", ondelete="CASCADE")
    )
    name: Mapped[str] = mapped_column(sa.String(100))
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]


class MeasurementStatus(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        return "Waits for approval" if self is MeasurementStatus.DRAFT else "Approved"


class SurveyRound(Identified, Versioned, Tracked, Base):
    """A survey that was held once: its answers became measurements."""

    __tablename__ = "survey_rounds"
    __table_args__ = (sa.CheckConstraint("length(title) > 0", name="title_given"),)
    history_name = "survey round"

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    began_on: Mapped[date | None]
    ended_on: Mapped[date]
    method: Mapped[str] = mapped_column(sa.Text, default="")
    answers: Mapped[int]
    # {column of the file: {"indicator_id": …, "counts": [answers that count]}}
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def history_title(self) -> str:
        return self.title


class Measurement(Identified, Versioned, Tracked, Base):
    """A dated value of an indicator. A correction is another row: once it is approved, the old one is
    superseded, and stays."""

    __tablename__ = "measurements"
    __table_args__ = (
        # One value for a day is in force, and one at most waits to be or to correct it.
        sa.Index(
            "uq_measurements_approved",
            "indicator_id",
            "on_date",
            unique=True,
            sqlite_where=sa.text("status = 'approved' AND superseded_at IS NULL"),
            postgresql_where=sa.text("status = 'approved' AND superseded_at IS NULL"),
        ),
        sa.Index(
            "uq_measurements_draft",
            "indicator_id",
            "on_date",
            unique=True,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        ),
        sa.CheckConstraint("denominator > 0", name="denominator_positive"),
        sa.CheckConstraint("numerator BETWEEN 0 AND denominator", name="numerator_within"),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL)", name="parts_of_percentage_together"
        ),
        sa.CheckConstraint(
            "value IS NOT NULL OR yes IS NOT NULL OR length(words) > 0", name="says_something"
        ),
        sa.CheckConstraint(
            "(status = 'approved') = (approved_at IS NOT NULL)", name="approved_has_time"
        ),
        sa.CheckConstraint("approved_by_id <> entered_by_id", name="approved_by_another"),
        sa.Index("ix_measurements_workstream_id_on_date", "workstream_id", "on_date"),
    )
    history_name = "measurement"
    # Of what is sensitive it has counts that no page shows.
    history_right = Right.APPROVE_MEASUREMENT

    indicator_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("indicators.id"), index=True)
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    # The last day of the period that it is for.
    on: Mapped[date] = mapped_column("on_date")
    # A number, a score, or a percentage (with its numerator and denominator where they are known).
    value: Mapped[Decimal | None] = mapped_column(_Value)
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    yes: Mapped[bool | None]
    words: Mapped[str] = mapped_column(sa.Text, default="")
    commentary: Mapped[str] = mapped_column(sa.Text, default="")
    status: Mapped[MeasurementStatus] = mapped_column(default=MeasurementStatus.DRAFT)
    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    entered_at: Mapped[datetime] = mapped_column(default=clock.now)
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    approved_at: Mapped[datetime | None]
    # The value that this one corrects, and why.
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("measurements.id"), index=True
    )
    correction_reason: Mapped[str] = mapped_column(sa.Text, default="")
    superseded_at: Mapped[datetime | None]
    # Of a survey: how many answered, and the ends of the 95 % confidence interval (Wilson).
    survey_round_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("survey_rounds.id"), index=True
    )
    sample_size: Mapped[int | None]
    interval_low: Mapped[Decimal | None] = mapped_column(_Value)
    interval_high: Mapped[Decimal | None] = mapped_column(_Value)

    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    parts: Mapped[list["MeasurementPart"]] = relationship(cascade="all, delete-orphan")

    @property
    def history_title(self) -> str:
        return "Measurement"


# SQLite names the columns, which both have: where it matters which, the services ask first.
for _index in ("uq_measurements_approved", "uq_measurements_draft"):
    CONSTRAINT_MESSAGES[_index] = ("on", "There is a value for this day already. Look at that one")
CONSTRAINT_MESSAGES["ck_measurements_numerator_within"] = (
    "numerator",
    "This must be from 0 to the number it is out of",
)
CONSTRAINT_MESSAGES["ck_measurements_denominator_positive"] = (
    "denominator",
    "This must be 1 or more",
)
CONSTRAINT_MESSAGES["ck_measurements_approved_by_another"] = (
    None,
    "Somebody other than who entered it must approve it",
)


class MeasurementPart(Identified, Base):
    """The value for one group of a breakdown."""

    __tablename__ = "measurement_parts"
    __table_args__ = (
        sa.UniqueConstraint("measurement_id", "part_id"),
        sa.CheckConstraint("denominator > 0", name="denominator_positive"),
        sa.CheckConstraint("numerator BETWEEN 0 AND denominator", name="numerator_within"),
    )

    measurement_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("measurements.id", ondelete="CASCADE")
    )
    part_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("indicator_breakdown_parts.id"), index=True
    )
    value: Mapped[Decimal | None] = mapped_column(_Value)
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]

    part: Mapped[BreakdownPart] = relationship()
