"""Applicants."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nobody has applied before this version, so there is nothing to fill it with. Added as it is, not
    # by copying the table, which others refer to.
    op.add_column(
        "applications", sa.Column("found_by", sa.Text(), nullable=False, server_default="")
    )
    op.create_index(
        "ix_applications_workstream_id_found_by", "applications", ["workstream_id", "found_by"]
    )
    op.create_index(
        "ix_applications_workstream_id_submitted_at",
        "applications",
        ["workstream_id", "submitted_at"],
    )
    op.create_table(
        "applicant_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("added > 0", name=op.f("ck_applicant_imports_counted")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_applicant_imports_workstream_id")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["users.id"], name=op.f("fk_applicant_imports_imported_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["users.id"], name=op.f("fk_applicant_imports_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_imports")),
    )
    op.create_index(
        "ix_applicant_imports_workstream_id", "applicant_imports", ["workstream_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("applicant_imports")
    op.drop_index("ix_applications_workstream_id_submitted_at", "applications")
    op.drop_index("ix_applications_workstream_id_found_by", "applications")
    op.drop_column("applications", "found_by")
