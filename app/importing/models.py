"""A file that somebody is half-way through importing."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Base, Identified


class Upload(Identified, Base):
    """What was read from a file, and what its sender has chosen so far.

    Theirs alone, kept for a day at most (`app.importing.uploads`). `purpose` says which feature it is
    for and `subject_id` what it goes into; that feature looks both up again at each step. Not in
    history: nothing has happened yet.
    """

    __tablename__ = "imports"
    __table_args__ = (
        sa.Index("ix_imports_created_at", "created_at"),
        sa.Index("ix_imports_user_id", "user_id"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id"))
    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"), index=True)
    purpose: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[uuid.UUID]
    file_name: Mapped[str] = mapped_column(sa.String(255))
    kind: Mapped[str] = mapped_column(sa.String(10))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    choices: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    # A megabyte or more, so only read where a step needs it.
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON, deferred=True)
