"""Members of the Leaders Network, what they agreed to, and whom they mentor."""

import uuid
from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.cohorts.applications.models import Participant
from app.cohorts.areas import Area
from app.cohorts.network.choices import Offer
from app.core import clock
from app.core.database import Base, Identified, Versioned
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.link_sessions import LinkSession
from app.core.links_once import LinkOnce
from app.core.rights import Right
from app.workstreams.models import Workstream

_PERSONAL = {"personal": True}


class NetworkMember(Identified, Versioned, Tracked, Base):
    """A graduate who was invited to the Leaders Network: whether they joined, and what they said.

    Name and address are their own here, so that the rest of what they applied with can be erased while
    they stay a member.
    """

    __tablename__ = "network_members"
    __table_args__ = (
        sa.UniqueConstraint("participant_id"),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"], ["participants.id", "participants.workstream_id"]
        ),
        sa.CheckConstraint("email = lower(email)", name="email_lower_case"),
        sa.CheckConstraint("joined_at IS NULL OR declined_at IS NULL", name="joined_or_declined"),
        sa.CheckConstraint("left_at IS NULL OR joined_at IS NOT NULL", name="left_after_joining"),
        sa.CheckConstraint("mentees_at_most BETWEEN 1 AND 5", name="mentees_in_range"),
    )
    history_name = "member of the Leaders Network"
    history_right = Right.MANAGE_NETWORK
    history_ignores: ClassVar[frozenset[str]] = frozenset({"id", "version", "participant_id"})

    participant_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    joined_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    name: Mapped[str] = mapped_column(sa.String(120), default="", info=_PERSONAL)
    # Lower case; None once it is erased.
    email: Mapped[str | None] = mapped_column(sa.String(254), index=True, info=_PERSONAL)
    area: Mapped[Area | None]
    # Values of Skill, Interest and Offer.
    skills: Mapped[list[str]] = mapped_column(sa.JSON, default=list, info=_PERSONAL)
    interests: Mapped[list[str]] = mapped_column(sa.JSON, default=list, info=_PERSONAL)
    offers: Mapped[list[str]] = mapped_column(sa.JSON, default=list, info=_PERSONAL)
    about: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    # How many they will mentor at once.
    mentees_at_most: Mapped[int] = mapped_column(default=1)
    # Applicants may say that this member told them of the cohort, and choose the name from a list.
    may_be_named: Mapped[bool] = mapped_column(default=False)

    participant: Mapped[Participant] = relationship(viewonly=True)
    workstream: Mapped[Workstream] = relationship()

    @property
    def history_title(self) -> str:
        return "Member of the Leaders Network"

    @property
    def is_member(self) -> bool:
        """Joined, and not left or erased since."""
        return self.joined_at is not None and self.left_at is None and self.email is not None

    @property
    def called(self) -> str:
        """The name, or a word for somebody who is no longer known."""
        return self.name or "Somebody who has left"

    def offers_to(self, offer: Offer | str) -> bool:
        """Whether they will do that."""
        return str(offer) in self.offers


class MailingConsent(Identified, Base):
    """That a member agreed to be on the mailing list: to which words, when, and until when. Each
    change is a row or its end, and neither is ever changed again."""

    __tablename__ = "mailing_consents"
    __table_args__ = (
        sa.CheckConstraint("withdrawn_at >= given_at", name="withdrawn_after_given"),
        sa.Index(
            "uq_mailing_consents_current",
            "member_id",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
        sa.Index("ix_mailing_consents_member_id", "member_id"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("network_members.id", ondelete="CASCADE")
    )
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(sa.String(300))


class MailingExport(Identified, Base):
    """That somebody took the mailing list away, and how many addresses were on it."""

    __tablename__ = "mailing_exports"

    # The cohort from whose page it was taken.
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    made_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    addresses: Mapped[int]

    made_by: Mapped[User] = relationship()


class MentoringWish(Identified, Versioned, Base):
    """What a participant would like a mentor for."""

    __tablename__ = "mentoring_wishes"
    __table_args__ = (
        sa.UniqueConstraint("participant_id"),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"], ["participants.id", "participants.workstream_id"]
        ),
    )

    participant_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    # Values of Interest.
    interests: Mapped[list[str]] = mapped_column(sa.JSON, default=list, info=_PERSONAL)


class Mentoring(Identified, Versioned, Tracked, Base):
    """That a member mentors a participant, from when to when."""

    __tablename__ = "mentorings"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"], ["participants.id", "participants.workstream_id"]
        ),
        sa.CheckConstraint("ended_on >= began_on", name="ends_after_it_begins"),
        # One mentor at a time, save one more that somebody has confirmed.
        sa.Index(
            "uq_mentorings_first",
            "participant_id",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL AND additional = 0"),
            postgresql_where=sa.text("ended_on IS NULL AND NOT additional"),
        ),
        sa.Index(
            "uq_mentorings_pair",
            "member_id",
            "participant_id",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        ),
        sa.Index("ix_mentorings_participant_id", "participant_id"),
        sa.Index("ix_mentorings_member_id", "member_id"),
    )
    history_name = "mentoring"
    history_right = Right.MANAGE_NETWORK

    # The cohort of the participant.
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("network_members.id"))
    participant_id: Mapped[uuid.UUID]
    additional: Mapped[bool] = mapped_column(default=False)
    began_on: Mapped[date] = mapped_column(default=clock.today)
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(sa.Text, default="", info=_PERSONAL)
    # Both were told by mail; nothing is sent before somebody says so.
    told_at: Mapped[datetime | None]

    member: Mapped[NetworkMember] = relationship()
    participant: Mapped[Participant] = relationship(viewonly=True)

    @property
    def history_title(self) -> str:
        return "Mentoring"


CONSTRAINT_MESSAGES["uq_mentoring_wishes_participant_id"] = (
    None,
    "Somebody else saved this meanwhile. Reload the page to see what it says",
)
CONSTRAINT_MESSAGES["uq_mentorings_first"] = (
    None,
    "They have a mentor already. Reload the page, and give them a second one only if that is meant",
)
CONSTRAINT_MESSAGES["uq_mentorings_pair"] = (None, "This member is their mentor already")
CONSTRAINT_MESSAGES["ck_mentorings_ends_after_it_begins"] = (
    "ended_on",
    "The last day must be the same as or after the first",
)


class MemberLink(LinkOnce, Base):
    """A link that lets a member in to their own page, once."""

    __tablename__ = "member_links"

    member_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("network_members.id", ondelete="CASCADE"), index=True
    )


class MemberSession(LinkSession, Base):
    """That a member who used a link is at their own page now, in one browser."""

    __tablename__ = "member_sessions"

    member_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("network_members.id", ondelete="CASCADE"), index=True
    )
