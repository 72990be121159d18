"""agreement"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


RULES = [
    ("ck_delivery_plans_superseded_by_date", "status != 'superseded'"),
    (
        "ck_delivery_plans_agreed_plan_has_date",
        "(status = 'agreed') = (agreed_on IS NOT NULL)",
    ),
    (
        "ck_delivery_plans_only_agreed_is_superseded",
        "superseded_on IS NULL OR agreed_on IS NOT NULL",
    ),
]


def _date_what_was_agreed() -> None:
    """Plans that were called submitted, agreed or superseded before dates were kept: since today."""
    op.execute("UPDATE delivery_plans SET submitted_on = CURRENT_DATE WHERE status = 'submitted'")
    op.execute(
        "UPDATE delivery_plans SET agreed_on = CURRENT_DATE WHERE status IN ('agreed', 'superseded')"
    )
    op.execute(
        "UPDATE delivery_plans SET status = 'agreed', superseded_on = CURRENT_DATE "
        "WHERE status = 'superseded'"
    )
    for table in ("activities", "milestones"):
        op.execute(
            f"UPDATE {table} SET agreed_on = CURRENT_DATE WHERE plan_id IN "  # noqa: S608
            "(SELECT id FROM delivery_plans WHERE status = 'agreed')"
        )


def upgrade() -> None:
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "submitted",
                "agreed",
                "kept",
                name="versionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_plan_versions_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
            name=op.f("fk_plan_versions_plan_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["users.id"], name=op.f("fk_plan_versions_taken_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_versions_plan_id_number")),
    )
    with op.batch_alter_table("plan_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_versions_workstream_id"), ["workstream_id"], unique=False
        )

    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("carried_from_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_activities_carried_from_id"), ["carried_from_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_activities_carried_from_id"), "activities", ["carried_from_id"], ["id"]
        )

    with op.batch_alter_table("delivery_plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("submitted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("submitted_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("sent_back_reason", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("agreed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("agreed_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("agreed_at_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("superseded_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_plans_follows_id"), "delivery_plans", ["follows_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_plans_agreed_by_id"), "users", ["agreed_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_plans_submitted_by_id"), "users", ["submitted_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_delivery_plans_agreed_at_id"), "bodies", ["agreed_at_id"], ["id"]
        )

    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed_on", sa.Date(), nullable=True))

    _date_what_was_agreed()
    with op.batch_alter_table("delivery_plans", schema=None) as batch_op:
        for name, rule in RULES:
            batch_op.create_check_constraint(batch_op.f(name), rule)

    with op.batch_alter_table("plan_standings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("slipped", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("slipped_most", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("left_period", sa.Integer(), nullable=False, server_default="0")
        )


def downgrade() -> None:
    with op.batch_alter_table("plan_standings", schema=None) as batch_op:
        batch_op.drop_column("left_period")
        batch_op.drop_column("slipped_most")
        batch_op.drop_column("slipped")

    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_column("agreed_on")

    with op.batch_alter_table("delivery_plans", schema=None) as batch_op:
        for name, _ in RULES:
            batch_op.drop_constraint(batch_op.f(name), type_="check")
    op.execute("UPDATE delivery_plans SET status = 'superseded' WHERE superseded_on IS NOT NULL")
    with op.batch_alter_table("delivery_plans", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_delivery_plans_agreed_at_id"), type_="foreignkey")
        batch_op.drop_constraint(
            batch_op.f("fk_delivery_plans_submitted_by_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_delivery_plans_agreed_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_delivery_plans_follows_id"), type_="foreignkey")
        batch_op.drop_column("follows_id")
        batch_op.drop_column("superseded_on")
        batch_op.drop_column("agreed_at_id")
        batch_op.drop_column("agreed_by_id")
        batch_op.drop_column("agreed_on")
        batch_op.drop_column("sent_back_reason")
        batch_op.drop_column("submitted_by_id")
        batch_op.drop_column("submitted_on")

    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_activities_carried_from_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_activities_carried_from_id"))
        batch_op.drop_column("carried_from_id")
        batch_op.drop_column("agreed_on")

    with op.batch_alter_table("plan_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_versions_workstream_id"))

    op.drop_table("plan_versions")
