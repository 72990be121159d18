"""The Leaders Network and invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nominations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("nominated_by_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_nominations_email_lower_case")),
        sa.ForeignKeyConstraint(
            ["nominated_by_id"], ["users.id"], name=op.f("fk_nominations_nominated_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_nominations_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_nominations_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
    )
    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.create_index("ix_nominations_address_hash", ["address_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_nominations_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_nominations_nominated_by_id"), ["nominated_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_nominations_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_nominations_by_one",
            ["workstream_id", "nominated_by_id", "address_hash"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.create_index(
            "uq_nominations_mailed",
            ["workstream_id", "address_hash"],
            unique=True,
            sqlite_where=sa.text("mailed_at IS NOT NULL"),
            postgresql_where=sa.text("mailed_at IS NOT NULL"),
        )

    op.create_table(
        "waiting_addresses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column(
            "because",
            sa.Enum(
                "not_open",
                "closed",
                "full",
                "ineligible",
                "other",
                name="because",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "area",
            sa.Enum(
                "leicester",
                "blaby",
                "charnwood",
                "harborough",
                "hinckley_and_bosworth",
                "melton",
                "north_west_leicestershire",
                "oadby_and_wigston",
                "rutland",
                "elsewhere",
                name="area",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_of_id", sa.Uuid(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "email = lower(email)", name=op.f("ck_waiting_addresses_email_lower_case")
        ),
        sa.CheckConstraint(
            "told_of_id IS NULL OR told_at IS NOT NULL",
            name=op.f("ck_waiting_addresses_told_of_has_its_time"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["workstreams.id"], name=op.f("fk_waiting_addresses_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["told_of_id"], ["workstreams.id"], name=op.f("fk_waiting_addresses_told_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_waiting_addresses_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_addresses")),
        sa.UniqueConstraint(
            "programme_id", "email", name=op.f("uq_waiting_addresses_programme_id_email")
        ),
    )
    with op.batch_alter_table("waiting_addresses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_waiting_addresses_told_of_id"), ["told_of_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_waiting_addresses_workstream_id"), ["workstream_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("waiting_addresses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_addresses_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_addresses_told_of_id"))

    op.drop_table("waiting_addresses")
    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_nominations_mailed",
            sqlite_where=sa.text("mailed_at IS NOT NULL"),
            postgresql_where=sa.text("mailed_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_nominations_by_one",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_nominations_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_nominations_nominated_by_id"))
        batch_op.drop_index(batch_op.f("ix_nominations_email"))
        batch_op.drop_index("ix_nominations_address_hash")

    op.drop_table("nominations")
