"""A theory of change: nodes, the links between them, what each link assumes, and dated versions."""

import uuid
from datetime import date, datetime
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
from app.delivery.models import Activity, Milestone
from app.indicators.models import Indicator
from app.workstreams.models import Aim


class TheoryStatus(StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Theory(Identified, Versioned, Tracked, Base):
    """One theory of a workstream; its map is made of nodes and links."""

    __tablename__ = "theories"
    __table_args__ = (
        sa.CheckConstraint("length(title) > 0", name="title_given"),
        sa.CheckConstraint("(status = 'agreed') = (agreed_on IS NOT NULL)", name="agreed_has_day"),
    )
    history_name = "theory of change"
    restore_right = Right.EDIT_MAP
    restore_excludes = frozenset({"position", "status", "agreed_on"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    situation: Mapped[str] = mapped_column(sa.Text, default="")
    aim: Mapped[str] = mapped_column(sa.Text, default="")
    who_for: Mapped[str] = mapped_column(sa.Text, default="")
    status: Mapped[TheoryStatus] = mapped_column(default=TheoryStatus.DRAFT)
    agreed_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    @property
    def history_title(self) -> str:
        return self.title


class NodeKind(StrEnum):
    """The columns of a map, from left to right."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    SHORT_OUTCOME = "short_outcome"
    MEDIUM_OUTCOME = "medium_outcome"
    LONG_OUTCOME = "long_outcome"
    IMPACT = "impact"

    @property
    def label(self) -> str:
        return {
            "short_outcome": "Short-term outcome",
            "medium_outcome": "Medium-term outcome",
            "long_outcome": "Long-term outcome",
        }.get(self.value, self.value.capitalize())

    @property
    def plural(self) -> str:
        """The heading of its column."""
        return "Activities" if self is NodeKind.ACTIVITY else f"{self.label}s"

    @property
    def is_outcome(self) -> bool:
        return self in (NodeKind.SHORT_OUTCOME, NodeKind.MEDIUM_OUTCOME, NodeKind.LONG_OUTCOME)


def _with_node(name: str, column: str, table: str) -> sa.Table:
    """A table that ties nodes to rows of `table`."""
    return sa.Table(
        name,
        Base.metadata,
        sa.Column(
            "node_id", sa.ForeignKey("theory_nodes.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            column, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True, index=True
        ),
    )


node_activities = _with_node("theory_node_activities", "activity_id", "activities")
node_milestones = _with_node("theory_node_milestones", "milestone_id", "milestones")
node_aims = _with_node("theory_node_aims", "aim_id", "aims")
node_indicators = _with_node("theory_node_indicators", "indicator_id", "indicators")


class Node(Identified, Versioned, Tracked, Base):
    """One step of a theory. Taken away, it stays, so that it can come back with its links."""

    __tablename__ = "theory_nodes"
    __table_args__ = (
        sa.UniqueConstraint("id", "theory_id"),
        sa.CheckConstraint("length(text) > 0", name="text_given"),
        sa.Index("ix_theory_nodes_theory_id", "theory_id"),
    )
    history_name = "step of a map"
    history_collections = ("activities", "milestones", "aims", "indicators")
    restore_right = Right.EDIT_MAP
    restore_excludes = frozenset({"position", "removed_at"})

    theory_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theories.id"))
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    kind: Mapped[NodeKind]
    text: Mapped[str] = mapped_column(sa.Text)
    detail: Mapped[str] = mapped_column(sa.Text, default="")
    owner_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship()
    activities: Mapped[list[Activity]] = relationship(secondary=node_activities)
    milestones: Mapped[list[Milestone]] = relationship(secondary=node_milestones)
    aims: Mapped[list[Aim]] = relationship(secondary=node_aims)
    indicators: Mapped[list[Indicator]] = relationship(secondary=node_indicators)

    @property
    def history_title(self) -> str:
        return self.text


class EvidenceStrength(StrEnum):
    """How strong the evidence is that a step leads to the next, as those who drew the map hold it."""

    NONE = "none"
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"

    @property
    def label(self) -> str:
        return {
            "none": "No evidence yet",
            "weak": "Weak evidence",
            "moderate": "Moderate evidence",
            "strong": "Strong evidence",
        }[self.value]


class Link(Identified, Versioned, Tracked, Base):
    """That one step leads to another: if the one, then the other, because."""

    __tablename__ = "theory_links"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["from_id", "theory_id"], ["theory_nodes.id", "theory_nodes.theory_id"]
        ),
        sa.ForeignKeyConstraint(
            ["to_id", "theory_id"],
            ["theory_nodes.id", "theory_nodes.theory_id"],
            name="fk_theory_links_to_id",
        ),
        sa.CheckConstraint("from_id <> to_id", name="not_to_itself"),
        sa.Index(
            "uq_theory_links_once",
            "from_id",
            "to_id",
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        ),
        sa.Index("ix_theory_links_theory_id", "theory_id"),
        sa.Index("ix_theory_links_to_id", "to_id"),
    )
    history_name = "link of a map"
    restore_right = Right.EDIT_MAP
    restore_excludes = frozenset({"from_id", "to_id", "removed_at"})

    theory_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theories.id"))
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    from_id: Mapped[uuid.UUID]
    to_id: Mapped[uuid.UUID]
    because: Mapped[str] = mapped_column(sa.Text, default="")
    evidence: Mapped[EvidenceStrength] = mapped_column(default=EvidenceStrength.NONE)
    owner_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    removed_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship()

    @property
    def history_title(self) -> str:
        return self.because or "Link"


CONSTRAINT_MESSAGES["uq_theory_links_once"] = ("to_id", "These two are linked already")
CONSTRAINT_MESSAGES["ck_theory_links_not_to_itself"] = (
    "to_id",
    "A step cannot lead to itself",
)


class AssumptionState(StrEnum):
    UNTESTED = "untested"
    HOLDS = "holds"
    DOUBTFUL = "doubtful"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Assumption(Identified, Versioned, Tracked, Base):
    """What must be true for a link to hold."""

    __tablename__ = "theory_assumptions"
    __table_args__ = (
        sa.CheckConstraint("length(text) > 0", name="text_given"),
        sa.CheckConstraint("state = 'untested' OR length(why) > 0", name="judged_has_reason"),
        sa.Index("ix_theory_assumptions_theory_id", "theory_id"),
    )
    history_name = "assumption"
    restore_right = Right.EDIT_MAP
    restore_excludes = frozenset({"position", "removed_at"})

    theory_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theories.id"))
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    link_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theory_links.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[AssumptionState] = mapped_column(default=AssumptionState.UNTESTED)
    why: Mapped[str] = mapped_column(sa.Text, default="")
    owner_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    review_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship()

    @property
    def history_title(self) -> str:
        return self.text


CONSTRAINT_MESSAGES["ck_theory_assumptions_judged_has_reason"] = (
    "why",
    "Say why it holds, is doubtful or has failed",
)


class TheoryVersion(Identified, Base):
    """A theory as it stood, kept whole: what was agreed, or what somebody wanted to keep."""

    __tablename__ = "theory_versions"
    __table_args__ = (sa.UniqueConstraint("theory_id", "number"),)

    theory_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theories.id"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(200), default="")
    agreed: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date] = mapped_column(default=clock.today)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    # The same as the JSON export (app.theory_of_change.interchange).
    content: Mapped[dict[str, Any]]

    made_by: Mapped[User | None] = relationship()


class TheoryShare(Identified, Tracked, Base):
    """A link by which anybody can read a theory, until it is revoked."""

    __tablename__ = "theory_shares"
    __table_args__ = (sa.UniqueConstraint("token_hash"),)
    history_name = "link for reading a map"
    history_ignores = frozenset({"id", "token_hash"})

    theory_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theories.id"), index=True)
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    for_whom: Mapped[str] = mapped_column(sa.String(200), default="")
    token_hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    revoked_at: Mapped[datetime | None]

    made_by: Mapped[User | None] = relationship()

    @property
    def history_title(self) -> str:
        return self.for_whom or "Link"
