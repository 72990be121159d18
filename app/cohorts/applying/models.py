"""The links that applicants are sent, the short sessions that they are exchanged for, and the tallies
of equality monitoring."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cohorts.applications.models import Application
from app.core import clock
from app.core.database import Base, Identified


class ApplyLink(Identified, Base):
    """A link that is good once. It names an address, not an application: the first one that is used
    begins the application, so that nobody can begin one for somebody else's address."""

    __tablename__ = "apply_links"
    __table_args__ = (
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint("email = lower(email)", name="email_lower_case"),
        sa.Index("ix_apply_links_workstream_id_email", "workstream_id", "email"),
    )

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
    email: Mapped[str] = mapped_column(sa.String(254), info={"personal": True})
    token_hash: Mapped[str] = mapped_column(sa.String(64))
    # The page below /apply/<slug> that it leads to; empty: somebody asked for it (their own page).
    to: Mapped[str] = mapped_column("leads_to", sa.String(100), default="")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApplySession(Identified, Base):
    """That somebody who used a link is at their application now, in one browser."""

    __tablename__ = "apply_sessions"

    application_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("applications.id", ondelete="CASCADE"), index=True
    )
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()


class MonitoringTally(Base):
    """How many have chosen an answer on the page of equality monitoring. A number is all that is kept:
    no row for each person, no times, no history."""

    __tablename__ = "monitoring_tallies"
    __table_args__ = (sa.CheckConstraint("count > 0", name="count_positive"),)

    workstream_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("workstreams.id"), primary_key=True
    )
    question: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    answer: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    count: Mapped[int]
