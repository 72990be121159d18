"""What somebody has put aside from their "What needs you"."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Base, Identified


class Snooze(Identified, Base):
    """A flag that a person does not want to see before a date, and why. It is theirs alone."""

    __tablename__ = "snoozes"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "flag"),
        sa.CheckConstraint("length(reason) > 0", name="reason_given"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    flag: Mapped[str] = mapped_column(sa.String(120))  # for example "overdue:<activity id>"
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.String(300), info={"personal": True})
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
