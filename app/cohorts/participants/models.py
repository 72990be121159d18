"""Notes on a participant, and the order in which projects are shown."""

import uuid
from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.database import Base, Identified
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.core.rights import Right


class ParticipantNote(Identified, Base):
    """What a coordinator wrote down about somebody: added to, never changed. Erased, it says only that
    there was one."""

    __tablename__ = "participant_notes"

    participant_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("participants.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    # Which day it was for those concerned (the demo pins it).
    on: Mapped[date] = mapped_column("on_date", default=clock.today)
    text: Mapped[str] = mapped_column(sa.Text, default="", info={"personal": True})
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    erased_at: Mapped[datetime | None]

    author: Mapped[User | None] = relationship()


class ShowcaseSlot(Identified, Tracked, Base):
    """That a participant shows their project at the cohort's showcase, and when in the order."""

    __tablename__ = "showcase_slots"
    __table_args__ = (
        sa.UniqueConstraint("participant_id"),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"],
            ["participants.id", "participants.workstream_id"],
            ondelete="CASCADE",
        ),
    )
    history_name = "place in the showcase"
    history_right = Right.MANAGE_PARTICIPANTS
    history_ignores: ClassVar[frozenset[str]] = frozenset({"id", "position", "participant_id"})

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    participant_id: Mapped[uuid.UUID]
    position: Mapped[int]

    @property
    def history_title(self) -> str:
        return "Place in the showcase"


CONSTRAINT_MESSAGES["uq_showcase_slots_participant_id"] = (
    None,
    "They are in the programme already. Reload the page to see it",
)
