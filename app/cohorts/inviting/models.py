"""Nominations, and addresses of those who want to hear of the next cohort."""

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.cohorts.areas import Area
from app.core import clock
from app.core.database import Base, Identified
from app.core.errors import CONSTRAINT_MESSAGES

_PERSONAL = {"personal": True}


class Nomination(Identified, Base):
    """That a partner thought of somebody, who is then invited once to apply.

    `address_hash` says that two nominations are of one address, and goes on saying so when the address
    itself is erased: nobody is written to twice, nor again after they have said no.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        sa.CheckConstraint("email = lower(email)", name="email_lower_case"),
        # One mail to one address about one cohort, whoever nominates and how often.
        sa.Index(
            "uq_nominations_mailed",
            "workstream_id",
            "address_hash",
            unique=True,
            sqlite_where=sa.text("mailed_at IS NOT NULL"),
            postgresql_where=sa.text("mailed_at IS NOT NULL"),
        ),
        sa.Index(
            "uq_nominations_by_one",
            "workstream_id",
            "nominated_by_id",
            "address_hash",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
        sa.Index("ix_nominations_address_hash", "address_hash"),
    )

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    nominated_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    # Whom they worked for then: it is named in the invitation.
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("organisations.id"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    address_hash: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(120), default="", info=_PERSONAL)
    # Lower case; None once it is erased.
    email: Mapped[str | None] = mapped_column(sa.String(254), index=True, info=_PERSONAL)
    # For the coordinator alone.
    why: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    mailed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    # The person asked for no more mail of this kind.
    stopped_at: Mapped[datetime | None]

    nominated_by: Mapped[User] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def nominator(self) -> str:
        """Who nominated, as the invited person is told."""
        return self.organisation.name if self.organisation else "A partner of the programme"


CONSTRAINT_MESSAGES["uq_nominations_by_one"] = (
    "email",
    "You have nominated somebody at this address already",
)


class Because(StrEnum):
    """Why somebody could not apply when they left their address."""

    NOT_OPEN = "not_open"
    CLOSED = "closed"
    FULL = "full"
    INELIGIBLE = "ineligible"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "not_open": "Before applications opened",
            "closed": "After applications closed",
            "full": "When the cohort was full",
            "ineligible": "Could not apply this time",
            "other": "While applications were open",
        }[self.value]


class WaitingAddress(Identified, Base):
    """An address whose owner wants to be told once, when the programme next opens applications.

    Erased when they have been told, when they say so, and after two years; the row stays to be
    counted. Never used before its owner has confirmed it by a link in a mail.
    """

    __tablename__ = "waiting_addresses"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "email"),
        sa.CheckConstraint("email = lower(email)", name="email_lower_case"),
        sa.CheckConstraint(
            "told_of_id IS NULL OR told_at IS NOT NULL", name="told_of_has_its_time"
        ),
    )

    # The programme whose next call it is about: the cohort's parent, or the cohort without one.
    programme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    # Where they asked.
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    because: Mapped[Because]
    area: Mapped[Area | None]
    # Lower case; None once it is erased.
    email: Mapped[str | None] = mapped_column(sa.String(254), info=_PERSONAL)
    # On the pinned day, because it is compared with when a call opens.
    asked_at: Mapped[datetime] = mapped_column(default=clock.moment)
    confirmed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    told_of_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("workstreams.id"), index=True
    )
    stopped_at: Mapped[datetime | None]
    keep_until: Mapped[date]
