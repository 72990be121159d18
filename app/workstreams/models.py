"""The tree of workstreams, who has which role on them, what they aim at and whom they report to."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right, Role


class WorkstreamKind(StrEnum):
    PROGRAMME = "programme"
    PEOPLE_ZONE = "people_zone"
    COHORT = "cohort"
    STRATEGY = "strategy"
    VOLUNTEERING = "volunteering"

    @property
    def label(self) -> str:
        return {"people_zone": "People Zone"}.get(self.value, self.value.capitalize())


class WorkstreamStatus(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    EMBEDDED = "embedded"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class ResilienceDomain(StrEnum):
    """What People Zone evaluation counts resilience-building activity under (LSCSB paper of
    10 December 2018, paragraph 5 iv)."""

    SKILLS = "skills"
    RESOURCES = "resources"
    HEALTH = "health"
    SAFETY = "safety"

    @property
    def label(self) -> str:
        return (
            "Health and wellbeing" if self is ResilienceDomain.HEALTH else self.value.capitalize()
        )


class MemberRole(StrEnum):
    """A role held on a workstream, and so on its children."""

    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    EVALUATOR = "evaluator"
    READER = "reader"
    REVIEWER = "reviewer"
    FACILITATOR = "facilitator"
    EXTERNAL_EVALUATOR = "external_evaluator"

    @property
    def label(self) -> str:
        return Role(self.value).label


def has_work(role: MemberRole, kind: WorkstreamKind) -> bool:
    """Whether a role can be held on a kind of workstream: reviewers and facilitators have something
    to do in a cohort only, and hold their role there or on the programme above it."""
    cohorts_only = role in (MemberRole.REVIEWER, MemberRole.FACILITATOR)
    return not cohorts_only or kind in (WorkstreamKind.COHORT, WorkstreamKind.PROGRAMME)


class Body(Identified, Versioned, Tracked, Base):
    """A partnership body that plans report to, for example the SPB Executive."""

    __tablename__ = "bodies"
    __table_args__ = (
        sa.UniqueConstraint("name"),
        sa.CheckConstraint("length(name) > 0", name="name_given"),
    )
    history_name = "reporting group"
    restore_right = Right.MANAGE_SETTINGS

    name: Mapped[str] = mapped_column(sa.String(200))
    abbreviation: Mapped[str | None] = mapped_column(sa.String(40))
    is_csp: Mapped[bool] = mapped_column(default=False)

    @property
    def history_title(self) -> str:
        return self.name


CONSTRAINT_MESSAGES["uq_bodies_name"] = ("name", "There is already a group of this name")


class Workstream(Identified, Versioned, Tracked, Base):
    """A programme, zone, cohort or strategy that has people and a plan."""

    __tablename__ = "workstreams"
    __table_args__ = (
        sa.UniqueConstraint("slug"),
        sa.CheckConstraint("length(name) > 0", name="name_given"),
        sa.CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
    )
    history_name = "workstream"
    restore_right = Right.EDIT_WORKSTREAM
    restore_excludes = frozenset({"kind", "slug", "parent_id", "archived_at"})

    slug: Mapped[str] = mapped_column(sa.String(80))
    name: Mapped[str] = mapped_column(sa.String(160))
    kind: Mapped[WorkstreamKind]
    status: Mapped[WorkstreamStatus] = mapped_column(default=WorkstreamStatus.PROPOSED)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    purpose: Mapped[str] = mapped_column(sa.Text, default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    lead_organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("organisations.id"), index=True
    )
    lead_person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    reports_to_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("bodies.id"), index=True)
    archived_at: Mapped[datetime | None]

    lead_organisation: Mapped[Organisation | None] = relationship()
    lead_person: Mapped[User | None] = relationship()
    reports_to: Mapped[Body | None] = relationship()

    @property
    def history_title(self) -> str:
        return self.name

    @property
    def history_workstream_id(self) -> uuid.UUID:
        return self.id


CONSTRAINT_MESSAGES["uq_workstreams_slug"] = (
    "name",
    "There is already a workstream of this name. Add something that tells them apart",
)
CONSTRAINT_MESSAGES["ck_workstreams_ends_after_it_starts"] = (
    "ends_on",
    "The end date must be the same as or after the start date",
)


class Membership(Identified, Versioned, Tracked, Base):
    """Somebody's role on a workstream; it reaches the workstream's children."""

    __tablename__ = "memberships"
    __table_args__ = (
        sa.UniqueConstraint("workstream_id", "user_id", "role"),
        sa.CheckConstraint(
            "role <> 'external_evaluator' OR ends_on IS NOT NULL", name="external_has_end"
        ),
    )
    history_name = "role"

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    role: Mapped[MemberRole]
    # The last day on which it gives access; None: until it is taken away.
    ends_on: Mapped[date | None]

    user: Mapped[User] = relationship()

    @property
    def history_title(self) -> str:
        return self.role.label


CONSTRAINT_MESSAGES["ck_memberships_external_has_end"] = (
    "ends_on",
    "Enter the last day: an external evaluator’s access always ends",
)
CONSTRAINT_MESSAGES["uq_memberships_workstream_id_user_id_role"] = (
    "role",
    "They already have this role here",
)


def in_force(today: Any) -> sa.ColumnElement[bool]:
    """SQL on Membership: the role gives access on this day (a date, or a parameter for one)."""
    return sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today)


class AimKind(StrEnum):
    PRIORITY = "priority"
    AMBITION_STATEMENT = "ambition_statement"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Aim(Identified, Versioned, Tracked, Base):
    """What a workstream is for: a strategy's priority, or a community's ambition statement."""

    __tablename__ = "aims"
    __table_args__ = (
        sa.CheckConstraint("length(text) > 0", name="text_given"),
        sa.CheckConstraint(
            "domain IS NULL OR kind = 'ambition_statement'", name="domain_only_for_ambitions"
        ),
    )
    history_name = "priority or ambition statement"
    restore_excludes = frozenset({"position"})
    restore_right = Right.EDIT_WORKSTREAM

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    kind: Mapped[AimKind]
    text: Mapped[str] = mapped_column(sa.Text)
    domain: Mapped[ResilienceDomain | None]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    @property
    def history_title(self) -> str:
        return self.text


class KeyIssue(Identified, Versioned, Tracked, Base):
    """An issue to address, raised in a workshop or by a group."""

    __tablename__ = "key_issues"
    __table_args__ = (sa.CheckConstraint("length(text) > 0", name="text_given"),)
    history_name = "key issue"
    restore_excludes = frozenset({"position"})
    restore_right = Right.EDIT_WORKSTREAM

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    raised_at: Mapped[str] = mapped_column(sa.String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    @property
    def history_title(self) -> str:
        return self.text
