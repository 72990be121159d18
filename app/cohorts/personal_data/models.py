"""How long personal data are kept, and what was done about them."""

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

LONGEST_MONTHS = 120


class Kept(StrEnum):
    """What is kept about members of the public, told apart by how long it is needed."""

    UNFINISHED = "unfinished"
    UNSUCCESSFUL = "unsuccessful"
    UNDECIDED = "undecided"
    PARTICIPANTS = "participants"
    NETWORK = "network"
    NOMINATIONS = "nominations"
    WAITING_ADDRESSES = "waiting_addresses"
    LINKS = "links"
    MAIL = "mail"


class Action(StrEnum):
    """What is done when the time is over."""

    ANONYMISE = "anonymise"
    DELETE = "delete"

    @property
    def label(self) -> str:
        return {
            "anonymise": "Anonymise: erase who they are, keep what is counted",
            "delete": "Delete the whole record",
        }[self.value]


class RetentionRule(Identified, Versioned, Tracked, Base):
    """For how long something is kept, where an administrator has changed it."""

    __tablename__ = "retention_rules"
    __table_args__ = (
        sa.UniqueConstraint("category"),
        sa.CheckConstraint(f"months BETWEEN 1 AND {LONGEST_MONTHS}", name="months_in_range"),
    )
    history_name = "retention period"

    category: Mapped[Kept]
    months: Mapped[int]
    action: Mapped[Action]

    @property
    def history_title(self) -> str:
        return self.category.value.replace("_", " ").capitalize()


CONSTRAINT_MESSAGES["ck_retention_rules_months_in_range"] = (
    "months",
    f"Enter a whole number from 1 to {LONGEST_MONTHS}",
)
CONSTRAINT_MESSAGES["uq_retention_rules_category"] = (
    None,
    "Somebody has changed this period just now. Reload the page to see it",
)


class RetentionRun(Identified, Base):
    """That `flask retention run` ran, and how many of each category went. It names nobody."""

    __tablename__ = "retention_runs"

    at: Mapped[datetime] = mapped_column(default=clock.now)
    on: Mapped[date] = mapped_column("on_date", default=clock.today)
    # {category: how many}; what had nothing to go is left out.
    gone: Mapped[dict[str, Any]] = mapped_column(default=dict)


class RequestKind(StrEnum):
    HANDED_OVER = "handed_over"
    ERASED = "erased"

    @property
    def label(self) -> str:
        return {"handed_over": "Downloaded for them", "erased": "Erased"}[self.value]


class Reason(StrEnum):
    """Why somebody's data were erased. A choice and not words, so that no record says who it was."""

    ASKED = "asked"
    CONSENT = "consent"
    MISTAKE = "mistake"
    ORDERED = "ordered"

    @property
    def label(self) -> str:
        return {
            "asked": "They asked us to",
            "consent": "They took back a consent",
            "mistake": "It should not have been recorded",
            "ordered": "A court or the Information Commissioner ordered it",
        }[self.value]


class DataRequest(Identified, Base):
    """That somebody's data were downloaded for them, or erased: never changed, and without a word of
    them. `about` is the references of their applications, which say nothing once they are erased."""

    __tablename__ = "data_requests"
    __table_args__ = (
        sa.CheckConstraint("(kind = 'erased') = (reason IS NOT NULL)", name="erased_has_reason"),
    )

    kind: Mapped[RequestKind]
    reason: Mapped[Reason | None]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    on: Mapped[date] = mapped_column("on_date", default=clock.today)
    by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    about: Mapped[str] = mapped_column(sa.Text)
    # {what people call the records: how many}
    records: Mapped[dict[str, Any]] = mapped_column(default=dict)

    by: Mapped[User] = relationship()
