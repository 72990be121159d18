"""reminders: digests, and asking for an update"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_choices",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "weekly",
                "daily",
                "off",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_digest_choices_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_digest_choices")),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("things", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("things >= 0", name=op.f("ck_digests_things_not_negative")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_digests_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("user_id", "period", name=op.f("uq_digests_user_id_period")),
    )
    op.create_table(
        "update_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_of_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id", "workstream_id"],
            ["activities.id", "activities.workstream_id"],
            name=op.f("fk_update_requests_activity_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["users.id"], name=op.f("fk_update_requests_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_of_id"], ["users.id"], name=op.f("fk_update_requests_asked_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_update_requests_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_requests")),
        sa.UniqueConstraint(
            "activity_id", "asked_on", name=op.f("uq_update_requests_activity_id_asked_on")
        ),
    )
    with op.batch_alter_table("update_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_update_requests_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_update_requests_asked_of_id_activity_id",
            ["asked_of_id", "activity_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_update_requests_workstream_id"), ["workstream_id"], unique=False
        )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stop_url", sa.String(length=500), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.drop_column("stop_url")
    op.drop_table("update_requests")
    op.drop_table("digests")
    op.drop_table("digest_choices")
