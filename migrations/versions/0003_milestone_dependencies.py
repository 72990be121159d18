"""milestone dependencies"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_milestones_id_plan_id"), ["id", "plan_id"])

    op.create_table(
        "milestone_dependencies",
        sa.Column("predecessor_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "predecessor_id != successor_id", name=op.f("ck_milestone_dependencies_not_itself")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id", "plan_id"],
            ["milestones.id", "milestones.plan_id"],
            name=op.f("fk_milestone_dependencies_predecessor_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["successor_id", "plan_id"],
            ["milestones.id", "milestones.plan_id"],
            name=op.f("fk_milestone_dependencies_successor_id_plan_id"),
        ),
        sa.PrimaryKeyConstraint(
            "predecessor_id", "successor_id", name=op.f("pk_milestone_dependencies")
        ),
    )
    with op.batch_alter_table("milestone_dependencies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_milestone_dependencies_plan_id"), ["plan_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_milestone_dependencies_successor_id"), ["successor_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("milestone_dependencies")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_milestones_id_plan_id"), type_="unique")
