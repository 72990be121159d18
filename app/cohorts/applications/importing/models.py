"""One import of applicants."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.core.rights import Right
from app.importing.models import ImportedFile


class ApplicantImport(ImportedFile, Base):
    """Whom one file brought into a cohort."""

    __tablename__ = "applicant_imports"
    __table_args__ = (
        sa.CheckConstraint("added > 0", name="counted"),
        sa.Index("ix_applicant_imports_workstream_id", "workstream_id", "id"),
    )
    history_right = Right.MANAGE_APPLICANTS

    workstream_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workstreams.id"))
