"""importing"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_imports_user_id")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_imports_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index("ix_imports_created_at", ["created_at"], unique=False)
        batch_op.create_index("ix_imports_user_id", ["user_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_imports_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "import_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("added >= 0 AND changed >= 0", name=op.f("ck_import_runs_counted")),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["users.id"], name=op.f("fk_import_runs_imported_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
            name=op.f("fk_import_runs_plan_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["users.id"], name=op.f("fk_import_runs_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
    )
    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.create_index("ix_import_runs_plan_id", ["plan_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_import_runs_workstream_id"), ["workstream_id"], unique=False
        )

    with op.batch_alter_table("change_records", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part_of_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            "ix_change_records_part_of_id",
            ["part_of_id", "id"],
            unique=False,
            sqlite_where=sa.text("part_of_id IS NOT NULL"),
            postgresql_where=sa.text("part_of_id IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("change_records", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_change_records_part_of_id",
            sqlite_where=sa.text("part_of_id IS NOT NULL"),
            postgresql_where=sa.text("part_of_id IS NOT NULL"),
        )
        batch_op.drop_column("part_of_id")

    with op.batch_alter_table("import_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_runs_workstream_id"))
        batch_op.drop_index("ix_import_runs_plan_id")

    op.drop_table("import_runs")
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imports_workstream_id"))
        batch_op.drop_index("ix_imports_user_id")
        batch_op.drop_index("ix_imports_created_at")

    op.drop_table("imports")
