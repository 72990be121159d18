"""Applying: tallies of equality monitoring."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "monitoring_tallies",
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_monitoring_tallies_count_positive")),
        sa.ForeignKeyConstraint(
            ["workstream_id"],
            ["workstreams.id"],
            name=op.f("fk_monitoring_tallies_workstream_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workstream_id", "question", "answer", name=op.f("pk_monitoring_tallies")
        ),
    )


def downgrade() -> None:
    op.drop_table("monitoring_tallies")
