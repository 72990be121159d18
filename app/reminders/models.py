"""How often somebody wants the digest, and the digests that were written."""

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Base, Identified


class Frequency(StrEnum):
    WEEKLY = "weekly"
    DAILY = "daily"
    OFF = "off"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class DigestChoice(Base):
    """What somebody has chosen. No row: they never chose, which is weekly."""

    __tablename__ = "digest_choices"

    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    frequency: Mapped[Frequency]


class Digest(Identified, Base):
    """The digest of one person for one period, "2021-W24" or "2021-06-18". Written in the transaction
    of its message, so the constraint is what makes it one message, whoever writes it and how often.

    `things` 0: there was nothing to say, and nothing was sent.
    """

    __tablename__ = "digests"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "period"),
        sa.CheckConstraint("things >= 0", name="things_not_negative"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    period: Mapped[str] = mapped_column(sa.String(10))
    on: Mapped[date]
    things: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
