"""That somebody was asked for an update: a dated record, never changed. It is answered by the next
progress update on the row, whoever posts it; nothing is written here then."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.database import Base, Identified
from app.core.errors import CONSTRAINT_MESSAGES
from app.core.history import Tracked
from app.delivery.models import Activity, ProgressUpdate


class UpdateRequest(Identified, Tracked, Base):
    """A lead has asked a named person to update an activity.

    `app.delivery.asking` sees to it that a row is asked about once in seven days, under a lock; the
    constraint is what stands even without it: once a day.
    """

    __tablename__ = "update_requests"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["activity_id", "workstream_id"], ["activities.id", "activities.workstream_id"]
        ),
        sa.UniqueConstraint("activity_id", "asked_on"),
        sa.Index("ix_update_requests_asked_of_id_activity_id", "asked_of_id", "activity_id"),
    )
    history_name = "request for an update"

    activity_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    asked_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"), index=True)
    asked_of_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    asked_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    message: Mapped[str] = mapped_column(sa.Text, default="")

    activity: Mapped[Activity] = relationship(viewonly=True)
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)
    asked_of: Mapped[User] = relationship(foreign_keys=asked_of_id)

    @property
    def history_title(self) -> str:
        return self.activity.what

    @property
    def words(self) -> str:
        """The message as the end of a sentence; see `in_words`."""
        return in_words(self.message)


CONSTRAINT_MESSAGES["uq_update_requests_activity_id_asked_on"] = (
    None,
    "Somebody has asked for an update on this activity today",
)


def in_words(message: str) -> str:
    """The end of a sentence about a request: “: “Is the oven in?””, or a full stop alone."""
    if not message:
        return "."
    quoted = f": “{' '.join(message.split())}”"
    return quoted if quoted[-2] in ".?!…" else f"{quoted}."


def is_unanswered() -> sa.ColumnElement[bool]:
    """SQL on UpdateRequest: nobody has posted an update on the row since."""
    return ~sa.exists().where(
        ProgressUpdate.activity_id == UpdateRequest.activity_id,
        ProgressUpdate.posted_at > UpdateRequest.asked_at,
    )


def newest_unanswered(user: User) -> sa.ScalarSelect[uuid.UUID]:
    """SQL on Activity: the id of the newest unanswered request to `user` about it, or NULL."""
    return (
        sa.select(UpdateRequest.id)
        .where(
            UpdateRequest.activity_id == Activity.id,
            UpdateRequest.asked_of_id == user.id,
            is_unanswered(),
        )
        .order_by(UpdateRequest.asked_at.desc(), UpdateRequest.id.desc())
        .limit(1)
        .correlate(Activity)
        .scalar_subquery()
    )
