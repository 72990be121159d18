"""Mail, written in the transaction that causes it and sent afterwards."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Base, Identified


class MessageStatus(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    KEPT = "kept"  # there is no mail server: the demo shows it at /outbox
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {"kept": "Kept here, not sent"}.get(self.value, self.value.capitalize())


class Message(Identified, Base):
    """One e-mail to one person. `id` is also its Message-ID, so a repeat is recognised."""

    __tablename__ = "outbox_messages"
    __table_args__ = (sa.Index("ix_outbox_messages_due", "status", "next_try_at"),)

    recipient: Mapped[str] = mapped_column(sa.String(254), info={"personal": True})
    subject: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text, info={"personal": True})
    # Where a mail client may end mail of this kind with one POST (RFC 8058); emptied once sent.
    stop_url: Mapped[str | None] = mapped_column(sa.String(500), info={"personal": True})
    # An iCalendar file that goes with it; emptied once sent.
    calendar: Mapped[str | None] = mapped_column(sa.Text, info={"personal": True})
    status: Mapped[MessageStatus] = mapped_column(default=MessageStatus.WAITING)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    next_try_at: Mapped[datetime] = mapped_column(default=clock.now)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(sa.String(300))
