"""One import of measurements."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.core.rights import Right
from app.importing.models import ImportedFile


class MeasurementImport(ImportedFile, Base):
    """Which values one file brought into a workstream."""

    __tablename__ = "measurement_imports"
    __table_args__ = (
        sa.CheckConstraint("added > 0", name="counted"),
        sa.Index("ix_measurement_imports_workstream_id", "workstream_id", "id"),
    )
    history_right = Right.VIEW_HISTORY

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
