"""The Leaders Network and invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailing_exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("addresses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_mailing_exports_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_mailing_exports_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_exports")),
    )
    with op.batch_alter_table("mailing_exports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mailing_exports_made_by_id"), ["made_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_mailing_exports_workstream_id"), ["workstream_id"], unique=False
        )

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

    op.create_table(
        "mentoring_wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"],
            ["participants.id", "participants.workstream_id"],
            name=op.f("fk_mentoring_wishes_participant_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_mentoring_wishes_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_wishes")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_mentoring_wishes_participant_id")),
    )
    with op.batch_alter_table("mentoring_wishes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mentoring_wishes_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "network_members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
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
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("mentees_at_most", sa.Integer(), nullable=False),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "email = lower(email)", name=op.f("ck_network_members_email_lower_case")
        ),
        sa.CheckConstraint(
            "joined_at IS NULL OR declined_at IS NULL",
            name=op.f("ck_network_members_joined_or_declined"),
        ),
        sa.CheckConstraint(
            "left_at IS NULL OR joined_at IS NOT NULL",
            name=op.f("ck_network_members_left_after_joining"),
        ),
        sa.CheckConstraint(
            "mentees_at_most BETWEEN 1 AND 5", name=op.f("ck_network_members_mentees_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"],
            ["participants.id", "participants.workstream_id"],
            name=op.f("fk_network_members_participant_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_network_members_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_members")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_network_members_participant_id")),
    )
    with op.batch_alter_table("network_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_members_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_network_members_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "mailing_consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at >= given_at", name=op.f("ck_mailing_consents_withdrawn_after_given")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["network_members.id"],
            name=op.f("fk_mailing_consents_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_consents")),
    )
    with op.batch_alter_table("mailing_consents", schema=None) as batch_op:
        batch_op.create_index("ix_mailing_consents_member_id", ["member_id"], unique=False)
        batch_op.create_index(
            "uq_mailing_consents_current",
            ["member_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "member_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["network_members.id"],
            name=op.f("fk_member_links_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_member_links_token_hash")),
    )
    with op.batch_alter_table("member_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_links_member_id"), ["member_id"], unique=False)

    op.create_table(
        "member_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["network_members.id"],
            name=op.f("fk_member_sessions_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_sessions")),
    )
    with op.batch_alter_table("member_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_sessions_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "mentorings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("additional", sa.Boolean(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_on >= began_on", name=op.f("ck_mentorings_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["network_members.id"], name=op.f("fk_mentorings_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"],
            ["participants.id", "participants.workstream_id"],
            name=op.f("fk_mentorings_participant_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_mentorings_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorings")),
    )
    with op.batch_alter_table("mentorings", schema=None) as batch_op:
        batch_op.create_index("ix_mentorings_member_id", ["member_id"], unique=False)
        batch_op.create_index("ix_mentorings_participant_id", ["participant_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mentorings_workstream_id"), ["workstream_id"], unique=False
        )
        batch_op.create_index(
            "uq_mentorings_first",
            ["participant_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL AND additional = 0"),
            postgresql_where=sa.text("ended_on IS NULL AND NOT additional"),
        )
        batch_op.create_index(
            "uq_mentorings_pair",
            ["member_id", "participant_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("mentorings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mentorings_pair",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(
            "uq_mentorings_first",
            sqlite_where=sa.text("ended_on IS NULL AND additional = 0"),
            postgresql_where=sa.text("ended_on IS NULL AND NOT additional"),
        )
        batch_op.drop_index(batch_op.f("ix_mentorings_workstream_id"))
        batch_op.drop_index("ix_mentorings_participant_id")
        batch_op.drop_index("ix_mentorings_member_id")

    op.drop_table("mentorings")
    with op.batch_alter_table("member_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_sessions_member_id"))

    op.drop_table("member_sessions")
    with op.batch_alter_table("member_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_links_member_id"))

    op.drop_table("member_links")
    with op.batch_alter_table("mailing_consents", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mailing_consents_current",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index("ix_mailing_consents_member_id")

    op.drop_table("mailing_consents")
    with op.batch_alter_table("network_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_members_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_network_members_email"))

    op.drop_table("network_members")
    with op.batch_alter_table("mentoring_wishes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentoring_wishes_workstream_id"))

    op.drop_table("mentoring_wishes")
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
    with op.batch_alter_table("mailing_exports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mailing_exports_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_mailing_exports_made_by_id"))

    op.drop_table("mailing_exports")
