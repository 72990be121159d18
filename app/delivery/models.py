"""Delivery plans: activities, milestones, and the dated updates that are never overwritten."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.core import clock
from app.core.database import Base, Identified, Versioned, new_id
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right
from app.workstreams.models import Aim, Body, ResilienceDomain


class Rag(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def needs_reason(self) -> bool:
        return self is not Rag.GREEN


def _reason_given(reason: str) -> str:
    """SQL: red and amber need a reason."""
    return f"rag IS NULL OR rag = 'green' OR length({reason}) > 0"


CONSTRAINT_MESSAGES["uq_rag_definitions_level"] = (
    "definition",
    "Somebody has just changed this too. Reload the page to see their words",
)


class PlanStatus(StrEnum):
    """How far a plan is agreed. `SUPERSEDED` is never stored: a plan is agreed until the day on which
    the next one takes over (`DeliveryPlan.superseded_on`), which may be some way off."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AGREED = "agreed"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class RagDefinition(Identified, Versioned, Tracked, Base):
    """What red, amber and green mean here. Editable, and shown where somebody chooses one."""

    __tablename__ = "rag_definitions"
    __table_args__ = (
        sa.UniqueConstraint("level"),
        sa.CheckConstraint("length(definition) > 0", name="definition_given"),
    )
    history_name = "RAG definition"
    restore_right = Right.MANAGE_SETTINGS

    level: Mapped[Rag]
    definition: Mapped[str] = mapped_column(sa.String(300))

    @property
    def history_title(self) -> str:
        return self.level.label


# Until an administrator words them otherwise.
DEFAULT_DEFINITIONS = {
    Rag.RED: "Off track: it will miss its date or its purpose unless somebody helps",
    Rag.AMBER: "At risk: behind or uncertain, and the lead has a way to bring it back",
    Rag.GREEN: "On track: expected by the date promised",
}


class DeliveryPlan(Identified, Versioned, Tracked, Base):
    """The agreed table of activities for a period."""

    __tablename__ = "delivery_plans"
    __table_args__ = (
        # The target of activities' and milestones' composite keys: a row cannot sit in one
        # workstream's plan and be guarded by another's roles.
        sa.UniqueConstraint("id", "workstream_id"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        sa.CheckConstraint("length(title) > 0", name="title_given"),
        sa.CheckConstraint("status != 'superseded'", name="superseded_by_date"),
        sa.CheckConstraint(
            "(status = 'agreed') = (agreed_on IS NOT NULL)", name="agreed_plan_has_date"
        ),
        sa.CheckConstraint(
            "superseded_on IS NULL OR agreed_on IS NOT NULL", name="only_agreed_is_superseded"
        ),
        sa.Index("ix_delivery_plans_workstream_id_starts_on", "workstream_id", "starts_on"),
    )
    history_name = "delivery plan"
    restore_right = Right.EDIT_PLAN
    # Agreement has its own pages (`app.delivery.agreement`): history alone cannot agree a plan.
    restore_excludes = frozenset(
        {
            "status",
            "submitted_on",
            "submitted_by_id",
            "agreed_on",
            "agreed_by_id",
            "agreed_at_id",
            "sent_back_reason",
            "superseded_on",
            "follows_id",
        }
    )

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    title: Mapped[str] = mapped_column(sa.String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    status: Mapped[PlanStatus] = mapped_column(default=PlanStatus.DRAFT)
    submitted_on: Mapped[date | None]
    submitted_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    sent_back_reason: Mapped[str] = mapped_column(sa.Text, default="")
    agreed_on: Mapped[date | None]
    agreed_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    # The body that agreed it, where one did; `agreed_by` is who recorded that.
    agreed_at_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("bodies.id"))
    superseded_on: Mapped[date | None]
    # The plan of the period before, which this one carries on from.
    follows_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("delivery_plans.id"))

    standing: Mapped["PlanStanding | None"] = relationship(viewonly=True)
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id], viewonly=True)
    agreed_by: Mapped[User | None] = relationship(foreign_keys=[agreed_by_id], viewonly=True)
    agreed_at: Mapped[Body | None] = relationship(viewonly=True)
    follows: Mapped["DeliveryPlan | None"] = relationship(
        remote_side="DeliveryPlan.id", viewonly=True
    )

    def is_superseded(self, today: date) -> bool:
        """Whether the next plan has taken over; nothing in this one changes any more."""
        return self.superseded_on is not None and self.superseded_on <= today

    def status_on(self, today: date) -> PlanStatus:
        """The status that people are shown."""
        return PlanStatus.SUPERSEDED if self.is_superseded(today) else self.status

    @property
    def history_title(self) -> str:
        return self.title


class VersionKind(StrEnum):
    """Why a version was taken."""

    SUBMITTED = "submitted"
    AGREED = "agreed"
    KEPT = "kept"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class PlanVersion(Identified, Tracked, Base):
    """A plan as it read on a day: taken when it is submitted and agreed, or when somebody wants to
    keep it. Never changed afterwards (`app.delivery.promises` sees to that).

    `content` is what `app.delivery.content.PlanContent` reads: rows by id, people by id alone (so that
    a person can be erased), everything else in words.
    """

    __tablename__ = "plan_versions"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
        ),
        sa.UniqueConstraint("plan_id", "number"),
        sa.CheckConstraint("number > 0", name="counted_from_one"),
    )
    history_name = "plan version"
    history_ignores = frozenset({"id", "version", "content"})

    plan_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(index=True)
    number: Mapped[int]
    kind: Mapped[VersionKind]
    label: Mapped[str] = mapped_column(sa.String(200), default="")
    taken_on: Mapped[date]
    taken_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON)

    taken_by: Mapped[User | None] = relationship(viewonly=True)

    @property
    def name(self) -> str:
        """ "Version 2, agreed" or "Version 3, for the board of 7 June"."""
        return f"Version {self.number}, {self.label or self.kind.label.lower()}"

    @property
    def history_title(self) -> str:
        return self.name


CONSTRAINT_MESSAGES["uq_plan_versions_plan_id_number"] = (
    "label",
    "Somebody has just taken a version too. Reload the page to see it",
)

CONSTRAINT_MESSAGES["ck_delivery_plans_ends_after_it_starts"] = (
    "ends_on",
    "The end date must be the same as or after the start date",
)


class PlanStanding(Base):
    """How a plan stands, worked out when anything in it changes (`app.delivery.standing` is the only
    writer), because a portfolio of a hundred plans cannot read ten thousand activities each time.

    Counts are of open activities, but for `done`; `reason` is the newest of the worst colour.
    `revision` is another with every change that the plan's page could show; never one that was
    there before, even after an older copy of the database has been put back.
    """

    __tablename__ = "plan_standings"

    plan_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("delivery_plans.id"), primary_key=True)
    red: Mapped[int] = mapped_column(default=0)
    amber: Mapped[int] = mapped_column(default=0)
    green: Mapped[int] = mapped_column(default=0)
    unrated: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    last_word_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    next_title: Mapped[str] = mapped_column(sa.Text, default="")
    next_expected_on: Mapped[date | None]
    next_promised_on: Mapped[date | None]
    # Agreed dates of open activities and milestones that are forecast for later: how many, by how
    # many days at most, and how many are forecast for after the plan's last day.
    slipped: Mapped[int] = mapped_column(default=0)
    slipped_most: Mapped[int] = mapped_column(default=0)
    left_period: Mapped[int] = mapped_column(default=0)
    revision: Mapped[uuid.UUID] = mapped_column(default=new_id)


activity_contributors = sa.Table(
    "activity_contributors",
    Base.metadata,
    sa.Column("activity_id", sa.ForeignKey("activities.id"), primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), primary_key=True, index=True),
)

activity_aims = sa.Table(
    "activity_aims",
    Base.metadata,
    sa.Column("activity_id", sa.ForeignKey("activities.id"), primary_key=True),
    sa.Column("aim_id", sa.ForeignKey("aims.id"), primary_key=True, index=True),
)

update_milestones = sa.Table(
    "update_milestones",
    Base.metadata,
    sa.Column("update_id", sa.ForeignKey("progress_updates.id"), primary_key=True),
    sa.Column("milestone_id", sa.ForeignKey("milestones.id"), primary_key=True, index=True),
)


class Activity(Identified, Versioned, Tracked, Base):
    """One row of a delivery plan.

    Dates are kept as people write them ("by early February 2021") beside the day they count as.
    `rag`, `rag_reason`, `forecast_on` and `last_word_on` repeat the newest progress update, so that a
    plan of any length is read in one query; `app.delivery.progress` is the only writer of them.
    """

    __tablename__ = "activities"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
        ),
        # Targets of the milestones' and updates' composite keys.
        sa.UniqueConstraint("id", "plan_id"),
        sa.UniqueConstraint("id", "workstream_id"),
        sa.CheckConstraint("length(what) > 0", name="what_given"),
        sa.CheckConstraint(_reason_given("rag_reason"), name="rag_reason_given"),
        sa.CheckConstraint("(due_text = '') = (due_on IS NULL)", name="due_text_has_date"),
        sa.CheckConstraint("(start_text = '') = (start_on IS NULL)", name="start_text_has_date"),
        sa.Index("ix_activities_plan_id_position", "plan_id", "position"),
        sa.Index("ix_activities_workstream_id", "workstream_id"),
    )
    history_name = "activity"
    restore_right = Right.EDIT_PLAN
    # They repeat the newest progress update, which is never changed.
    restore_excludes = frozenset(
        {
            "rag",
            "rag_reason",
            "forecast_on",
            "last_word_on",
            "done_on",
            "position",
            "agreed_on",
            "carried_from_id",
        }
    )
    history_collections = ("contributors", "aims")

    plan_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID]
    position: Mapped[int] = mapped_column(default=0)
    what: Mapped[str] = mapped_column(sa.Text)
    how: Mapped[str] = mapped_column(sa.Text, default="")
    lead_person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    lead_organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("organisations.id"), index=True
    )
    reports_to_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("bodies.id"), index=True)
    # As the plan words it, where a body's name does not say it all: "Directors asked to report in …".
    reporting: Mapped[str] = mapped_column(sa.Text, default="")
    start_text: Mapped[str] = mapped_column(sa.Text, default="")
    start_on: Mapped[date | None]
    due_text: Mapped[str] = mapped_column(sa.Text, default="")
    due_on: Mapped[date | None]
    forecast_on: Mapped[date | None]
    done_on: Mapped[date | None]
    rag: Mapped[Rag | None]
    rag_reason: Mapped[str] = mapped_column(sa.Text, default="")
    last_word_on: Mapped[date | None]
    builds_skills: Mapped[bool] = mapped_column(default=False)
    builds_resources: Mapped[bool] = mapped_column(default=False)
    builds_health: Mapped[bool] = mapped_column(default=False)
    builds_safety: Mapped[bool] = mapped_column(default=False)
    # The day its dates were agreed; from then on they stay, and what moves is the forecast.
    agreed_on: Mapped[date | None]
    # The row of the plan before that this one carries on.
    carried_from_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("activities.id"), index=True
    )
    archived_at: Mapped[datetime | None]

    plan: Mapped[DeliveryPlan] = relationship(viewonly=True)
    lead_person: Mapped[User | None] = relationship()
    lead_organisation: Mapped[Organisation | None] = relationship()
    reports_to: Mapped[Body | None] = relationship()
    carried_from: Mapped["Activity | None"] = relationship(remote_side="Activity.id", viewonly=True)
    contributors: Mapped[list[User]] = relationship(
        secondary=activity_contributors, order_by=User.name
    )
    aims: Mapped[list[Aim]] = relationship(secondary=activity_aims, order_by=Aim.position)

    @property
    def domains(self) -> list[ResilienceDomain]:
        """The resilience domains this activity builds; one column each, so that they can be counted
        and filtered without a join."""
        return [d for d in ResilienceDomain if getattr(self, f"builds_{d.value}")]

    @domains.setter
    def domains(self, chosen: list[ResilienceDomain]) -> None:
        for domain in ResilienceDomain:
            setattr(self, f"builds_{domain.value}", domain in chosen)

    @property
    def history_title(self) -> str:
        return self.what


CONSTRAINT_MESSAGES["ck_activities_rag_reason_given"] = ("rag_reason", "Say why it is red or amber")


# Which milestone waits for which. A link is nothing by itself: history tells it of the milestone that
# waits (`Milestone.waits_for`), and whoever edits that moves its version on.
milestone_dependencies = sa.Table(
    "milestone_dependencies",
    Base.metadata,
    sa.Column("predecessor_id", sa.Uuid(), primary_key=True),
    sa.Column("successor_id", sa.Uuid(), primary_key=True, index=True),
    # Both are in one plan, and so in one workstream.
    sa.Column("plan_id", sa.Uuid(), nullable=False, index=True),
    sa.ForeignKeyConstraint(["predecessor_id", "plan_id"], ["milestones.id", "milestones.plan_id"]),
    sa.ForeignKeyConstraint(["successor_id", "plan_id"], ["milestones.id", "milestones.plan_id"]),
    sa.CheckConstraint("predecessor_id != successor_id", name="not_itself"),
)

CONSTRAINT_MESSAGES["ck_milestone_dependencies_not_itself"] = (
    "waits_for",
    "A milestone cannot wait for itself",
)
CONSTRAINT_MESSAGES["pk_milestone_dependencies"] = (
    "waits_for",
    "Somebody has just chosen this too. Reload the page to see it",
)


def slippage_days(milestone: Any) -> int:
    """Days late (positive) or early (negative) against the first-agreed date, of a milestone or of a
    row with its three dates."""
    expected = milestone.done_on or milestone.forecast_on or milestone.promised_on
    days: int = (expected - milestone.promised_on).days
    return days


class Milestone(Identified, Versioned, Tracked, Base):
    """A dated point in a plan, or in one of its activities. Slippage is forecast (or done) minus
    promised."""

    __tablename__ = "milestones"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
        ),
        # A milestone of an activity is in the activity's own plan.
        sa.ForeignKeyConstraint(
            ["activity_id", "plan_id"], ["activities.id", "activities.plan_id"]
        ),
        # The target of its dependencies' composite keys.
        sa.UniqueConstraint("id", "plan_id"),
        sa.CheckConstraint("length(title) > 0", name="title_given"),
        sa.Index("ix_milestones_plan_id_promised_on", "plan_id", "promised_on"),
        sa.Index("ix_milestones_workstream_id_done_on", "workstream_id", "done_on"),
    )
    history_name = "milestone"
    restore_right = Right.EDIT_PLAN
    restore_excludes = frozenset({"agreed_on"})
    history_collections = ("waits_for",)

    plan_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID]
    activity_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    promised_text: Mapped[str] = mapped_column(sa.Text)
    promised_on: Mapped[date]
    forecast_on: Mapped[date | None]
    done_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(sa.Text, default="")
    agreed_on: Mapped[date | None]  # as an activity's
    archived_at: Mapped[datetime | None]

    activity: Mapped[Activity | None] = relationship(viewonly=True)
    # Written by `app.delivery.dependencies` alone, which lets no loop come about.
    waits_for: Mapped[list["Milestone"]] = relationship(
        secondary=milestone_dependencies,
        primaryjoin=lambda: sa.and_(
            Milestone.id == milestone_dependencies.c.successor_id,
            Milestone.plan_id == milestone_dependencies.c.plan_id,
        ),
        secondaryjoin=lambda: sa.and_(
            Milestone.id == milestone_dependencies.c.predecessor_id,
            Milestone.plan_id == milestone_dependencies.c.plan_id,
        ),
        order_by=lambda: (Milestone.promised_on, Milestone.id),
    )

    @property
    def history_title(self) -> str:
        return self.title


class ProgressUpdate(Identified, Tracked, Base):
    """What somebody says happened, with RAG and reason, on a date. Never changed afterwards."""

    __tablename__ = "progress_updates"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["activity_id", "workstream_id"], ["activities.id", "activities.workstream_id"]
        ),
        sa.CheckConstraint("length(text) > 0", name="text_given"),
        sa.CheckConstraint(_reason_given("rag_reason"), name="rag_reason_given"),
        sa.Index("ix_progress_updates_activity_id_posted_at", "activity_id", "posted_at"),
        sa.Index("ix_progress_updates_workstream_id_posted_at", "workstream_id", "posted_at"),
    )
    history_name = "progress update"

    activity_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    author_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    reported_on: Mapped[date]
    posted_at: Mapped[datetime] = mapped_column(default=clock.now)
    text: Mapped[str] = mapped_column(sa.Text)
    rag: Mapped[Rag]
    rag_reason: Mapped[str] = mapped_column(sa.Text, default="")
    forecast_on: Mapped[date | None]

    activity: Mapped[Activity] = relationship(viewonly=True)
    author: Mapped[User | None] = relationship()
    milestones: Mapped[list[Milestone]] = relationship(
        secondary=update_milestones, order_by=Milestone.promised_on
    )

    @property
    def history_title(self) -> str:
        return self.text
