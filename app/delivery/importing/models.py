"""One import into a plan."""

import uuid
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.importing.models import ImportedFile


class ImportRun(ImportedFile, Base):
    """What one file brought into a plan."""

    __tablename__ = "import_runs"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
        ),
        sa.CheckConstraint("added >= 0 AND changed >= 0", name="counted"),
        sa.Index("ix_import_runs_plan_id", "plan_id", "id"),
    )
    history_ignores: ClassVar[frozenset[str]] = ImportedFile.history_ignores | {
        "plan_id",
        "changed",
    }

    plan_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(index=True)
    changed: Mapped[int]
