"""A file that somebody is half-way through importing, and what every import that is over keeps."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.database import Base, Identified
from app.core.history import Tracked


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


class ImportedFile(Identified, Tracked):
    """Mixin: what one file brought, as history tells it. The changes of its rows are parts of it
    (`ChangeRecord.part_of_id`), so that history says it once and it can be undone as a whole.

    It has the id of the upload that it came from: pressed twice, imported once.
    """

    history_name = "import"
    history_created = "Imported"
    # Its title says it all.
    history_ignores: ClassVar[frozenset[str]] = frozenset(
        {"id", "file_name", "added", "imported_at", "imported_by_id", "undone_by_id"}
    )

    file_name: Mapped[str] = mapped_column(sa.String(255))
    # "23 activities from “plan.docx” (20 added, 3 changed)"
    title: Mapped[str] = mapped_column(sa.Text)
    added: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)
    imported_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))

    @declared_attr
    @classmethod
    def imported_by(cls) -> Mapped[User | None]:
        return relationship(foreign_keys=[cls.imported_by_id], viewonly=True)  # type: ignore[list-item]

    @declared_attr
    @classmethod
    def undone_by(cls) -> Mapped[User | None]:
        return relationship(foreign_keys=[cls.undone_by_id], viewonly=True)  # type: ignore[list-item]

    @property
    def history_title(self) -> str:
        return self.title
