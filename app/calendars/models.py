"""The private address of somebody's calendar."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Base, Identified
from app.core.errors import CONSTRAINT_MESSAGES


class Holds(StrEnum):
    """What a calendar holds."""

    MINE = "mine"
    WORKSTREAMS = "workstreams"

    @property
    def label(self) -> str:
        return {
            "mine": "What I lead or help with",
            "workstreams": "That, and everything in workstreams that I lead",
        }[self.value]


class CalendarFeed(Identified, Base):
    """Whoever has the address reads the owner's dates without signing in, so only its hash is kept,
    and there is one at most."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (sa.UniqueConstraint("user_id"), sa.UniqueConstraint("token_hash"))

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(sa.String(64))
    holds: Mapped[Holds] = mapped_column(default=Holds.MINE)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


CONSTRAINT_MESSAGES["uq_calendar_feeds_user_id"] = (
    None,
    "You have just made an address in another window. Reload the page to see it",
)
