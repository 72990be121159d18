"""work accounts: single sign-on"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(subject) > 0", name=op.f("ck_work_accounts_subject_given")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_work_accounts_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_accounts")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_work_accounts_issuer_subject")),
        sa.UniqueConstraint("user_id", name=op.f("uq_work_accounts_user_id")),
    )


def downgrade() -> None:
    op.drop_table("work_accounts")
