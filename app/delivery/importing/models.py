"""One import into a plan, as history tells it."""

import uuid
from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.database import Base, Identified
from app.core.history import Tracked


class ImportRun(Identified, Tracked, Base):
    """What one file brought into a plan. The changes of its rows are parts of it
    (`ChangeRecord.part_of_id`), so that history says it once and it can be undone as a whole.

    It has the id of the upload that it came from: pressed twice, imported once.
    """

    __tablename__ = "import_runs"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
        ),
        sa.CheckConstraint("added >= 0 AND changed >= 0", name="counted"),
        sa.Index("ix_import_runs_plan_id", "plan_id", "id"),
    )
    history_name = "import"
    history_created = "Imported"
    # Its title says it all.
    history_ignores: ClassVar[frozenset[str]] = frozenset(
        {
            "id",
            "plan_id",
            "file_name",
            "added",
            "changed",
            "imported_at",
            "imported_by_id",
            "undone_by_id",
        }
    )

    plan_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(index=True)
    file_name: Mapped[str] = mapped_column(sa.String(255))
    # "23 activities from “plan.docx” (20 added, 3 changed)"
    title: Mapped[str] = mapped_column(sa.Text)
    added: Mapped[int]
    changed: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)
    imported_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id"))

    imported_by: Mapped[User | None] = relationship(foreign_keys=[imported_by_id], viewonly=True)
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id], viewonly=True)

    @property
    def history_title(self) -> str:
        return self.title
