"""Decisions, their letters, and the releases in which they leave; the order of the waiting list."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.core import clock
from app.core.database import Base, Identified, Versioned, enum_type
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.formatting import count
from app.core.history import Tracked
from app.core.rights import Right

_PERSONAL = {"personal": True}


class DecisionKind(StrEnum):
    """What is decided about an application."""

    OFFER = "offer"
    WAITING_LIST = "waiting_list"
    UNSUCCESSFUL = "unsuccessful"

    @property
    def label(self) -> str:
        return {"waiting_list": "Waiting list"}.get(self.value, self.value.capitalize())

    @property
    def in_url(self) -> str:
        """How a URL names it."""
        return self.value.replace("_", "-")

    @property
    def stage(self) -> Stage:
        """Where its release moves the application."""
        return {
            DecisionKind.OFFER: Stage.OFFERED,
            DecisionKind.WAITING_LIST: Stage.WAITLISTED,
            DecisionKind.UNSUCCESSFUL: Stage.UNSUCCESSFUL,
        }[self]


class LetterTemplate(Identified, Versioned, Tracked, Base):
    """A cohort's own words for the letters of one kind. Without a row there are Waymark's."""

    __tablename__ = "letter_templates"
    __table_args__ = (
        sa.UniqueConstraint("call_id", "kind"),
        sa.CheckConstraint("length(subject) > 0", name="subject_given"),
        sa.CheckConstraint("length(body) > 0", name="body_given"),
    )
    history_name = "letter"
    restore_right = Right.EDIT_CALL
    restore_excludes = frozenset({"kind", "call_id"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    call_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("calls.id"))
    kind: Mapped[DecisionKind] = mapped_column(enum_type(DecisionKind, "letter_kind"))
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)

    @property
    def history_title(self) -> str:
        return self.kind.label


CONSTRAINT_MESSAGES["uq_letter_templates_call_id_kind"] = (
    None,
    "Somebody else has just written this letter. Reload the page to see it",
)


class Release(Identified, Tracked, Base):
    """That prepared decisions left together: who sent them, when, and how many. Never changed."""

    __tablename__ = "releases"
    __table_args__ = (
        sa.CheckConstraint(
            "placed <= places OR offers = 0 OR length(over_reason) > 0", name="over_has_reason"
        ),
    )
    history_name = "release of decisions"
    history_created = "Decisions released"
    history_right = Right.MANAGE_APPLICANTS
    history_ignores = frozenset({"id", "released_at", "released_by_id"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    # On the day that it is for those concerned: half of the time to answer is counted from it.
    released_at: Mapped[datetime] = mapped_column(default=clock.moment)
    released_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    offers: Mapped[int]
    waiting: Mapped[int]
    unsuccessful: Mapped[int]
    # How many places there were, and how many were taken once these offers were made.
    places: Mapped[int]
    placed: Mapped[int]
    over_reason: Mapped[str] = mapped_column(sa.Text, default="")

    released_by: Mapped[User | None] = relationship()

    @property
    def history_title(self) -> str:
        return count(self.total, "decision")

    @property
    def total(self) -> int:
        return self.offers + self.waiting + self.unsuccessful


CONSTRAINT_MESSAGES["ck_releases_over_has_reason"] = (
    "over_reason",
    "Say why there are to be more offers than places",
)


class Decision(Identified, Versioned, Tracked, Base):
    """What was decided about one application: prepared quietly, then released. Earlier ones stay."""

    __tablename__ = "decisions"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["application_id", "workstream_id"], ["applications.id", "applications.workstream_id"]
        ),
        sa.CheckConstraint("kind != 'offer' OR reply_by IS NOT NULL", name="offer_has_reply_by"),
        # One at a time is prepared.
        sa.Index(
            "uq_decisions_prepared",
            "application_id",
            unique=True,
            sqlite_where=sa.text("release_id IS NULL"),
            postgresql_where=sa.text("release_id IS NULL"),
        ),
        sa.Index("ix_decisions_application_id", "application_id"),
    )
    history_name = "decision"
    history_right = Right.MANAGE_APPLICANTS
    history_ignores = frozenset({"id", "version", "application_id", "prepared_at"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    application_id: Mapped[uuid.UUID]
    kind: Mapped[DecisionKind]
    # Until when an offer can be accepted; that instant itself is late.
    reply_by: Mapped[datetime | None]
    # Among those who join the waiting list together; the lower, the sooner.
    rank: Mapped[int | None]
    feedback: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    # This person's own letter, in which fields are filled in as in a template; empty: the template.
    own_subject: Mapped[str] = mapped_column(sa.String(200), default="", info=_PERSONAL)
    own_letter: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    prepared_at: Mapped[datetime] = mapped_column(default=clock.now)
    prepared_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    # None: prepared, and nobody outside knows.
    release_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("releases.id"), index=True)

    # By its id alone: both engines find that at once.
    application: Mapped[Application] = relationship(
        primaryjoin="foreign(Decision.application_id) == Application.id"
    )
    release: Mapped[Release | None] = relationship()
    letter: Mapped["Letter | None"] = relationship(back_populates="decision")

    @property
    def history_title(self) -> str:
        return self.kind.label

    def is_open(self, moment: datetime) -> bool:
        """Whether an offer can be accepted at an instant (`clock.moment()`)."""
        return self.reply_by is not None and moment < self.reply_by


CONSTRAINT_MESSAGES["uq_decisions_prepared"] = (
    None,
    "A decision about this application has just been prepared. Reload the page to see it",
)
CONSTRAINT_MESSAGES["ck_decisions_offer_has_reply_by"] = (
    "reply_by_day",
    "Enter the day by which they must answer",
)


class Letter(Identified, Base):
    """A decision's letter as it was sent; or, to somebody without an e-mail address, as it is to be
    printed or read out. The constraint is what makes it one letter, whoever releases and how often."""

    __tablename__ = "letters"
    __table_args__ = (
        sa.UniqueConstraint("decision_id"),
        sa.CheckConstraint("(told_at IS NULL) OR NOT by_email", name="told_without_email"),
    )

    decision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("decisions.id"))
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("applications.id"), index=True)
    release_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("releases.id"), index=True)
    by_email: Mapped[bool]
    subject: Mapped[str] = mapped_column(sa.String(200), info=_PERSONAL)
    body: Mapped[str] = mapped_column(sa.Text, info=_PERSONAL)
    # When somebody has told them by telephone or posted it.
    told_at: Mapped[datetime | None]
    told_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)

    decision: Mapped[Decision] = relationship(back_populates="letter")
    application: Mapped[Application] = relationship()
    told_by: Mapped[User | None] = relationship()


CONSTRAINT_MESSAGES["uq_letters_decision_id"] = (
    None,
    "These decisions have just been released. Nobody has got a second letter",
)


class WaitingPlace(Identified, Base):
    """Somebody's place on the waiting list, for as long as they are on it."""

    __tablename__ = "waiting_places"
    __table_args__ = (sa.UniqueConstraint("application_id"),)

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    application_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("applications.id"))
    position: Mapped[int]

    application: Mapped[Application] = relationship()
