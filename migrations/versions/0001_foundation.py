"""foundation"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bodies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("abbreviation", sa.String(length=40), nullable=True),
        sa.Column("is_csp", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_bodies_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("name", name=op.f("uq_bodies_name")),
    )
    op.create_table(
        "guess_counts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guess_counts")),
    )
    with op.batch_alter_table("guess_counts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_guess_counts_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "police",
                "local_authority",
                "fire",
                "health",
                "probation",
                "voluntary_sector",
                "university",
                "opcc",
                "other",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_organisations_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name", name=op.f("uq_organisations_name")),
    )
    op.create_table(
        "outbox_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "sending",
                "sent",
                "kept",
                "failed",
                name="messagestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
    )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_messages_due", ["status", "next_try_at"], unique=False)

    op.create_table(
        "rag_definitions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "red",
                "amber",
                "green",
                name="rag",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("definition", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(definition) > 0", name=op.f("ck_rag_definitions_definition_given")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rag_definitions")),
        sa.UniqueConstraint("level", name=op.f("uq_rag_definitions_level")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "global_role",
            sa.Enum(
                "administrator",
                "opcc_reader",
                name="globalrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("fs_webauthn_user_handle", sa.String(length=64), nullable=True),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("mf_recovery_codes", sa.UnicodeText(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_users_email_lower_case")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_users_name_given")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_users_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_users_fs_uniquifier")),
        sa.UniqueConstraint(
            "fs_webauthn_user_handle", name=op.f("uq_users_fs_webauthn_user_handle")
        ),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_users_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["users.id"], name=op.f("fk_invitations_invited_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_invitations_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_user_id"), ["user_id"], unique=False)

    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=True),
        sa.Column("transports", sa.UnicodeText(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(length=64), nullable=False),
        sa.Column("extensions", sa.String(length=255), nullable=True),
        sa.Column("create_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lastuse_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("usage", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_passkeys_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_user_id"), ["user_id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_user_id"), ["user_id"], unique=False)

    op.create_table(
        "snoozes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("flag", sa.String(length=120), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_snoozes_reason_given")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_snoozes_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snoozes")),
        sa.UniqueConstraint("user_id", "flag", name=op.f("uq_snoozes_user_id_flag")),
    )
    op.create_table(
        "workstreams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "programme",
                "people_zone",
                "cohort",
                "strategy",
                "volunteering",
                name="workstreamkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "active",
                "paused",
                "embedded",
                "closed",
                name="workstreamstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("lead_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("lead_person_id", sa.Uuid(), nullable=True),
        sa.Column("reports_to_id", sa.Uuid(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_workstreams_ends_after_it_starts")
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_workstreams_name_given")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_workstreams_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["lead_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_workstreams_lead_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_person_id"], ["users.id"], name=op.f("fk_workstreams_lead_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["workstreams.id"], name=op.f("fk_workstreams_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["reports_to_id"], ["bodies.id"], name=op.f("fk_workstreams_reports_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workstreams")),
        sa.UniqueConstraint("slug", name=op.f("uq_workstreams_slug")),
    )
    with op.batch_alter_table("workstreams", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workstreams_lead_organisation_id"),
            ["lead_organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_workstreams_lead_person_id"), ["lead_person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_workstreams_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_workstreams_reports_to_id"), ["reports_to_id"], unique=False
        )

    op.create_table(
        "aims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "priority",
                "ambition_statement",
                name="aimkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "domain",
            sa.Enum(
                "skills",
                "resources",
                "health",
                "safety",
                name="resiliencedomain",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "domain IS NULL OR kind = 'ambition_statement'",
            name=op.f("ck_aims_domain_only_for_ambitions"),
        ),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_aims_text_given")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_aims_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aims")),
    )
    with op.batch_alter_table("aims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aims_workstream_id"), ["workstream_id"], unique=False)

    op.create_table(
        "change_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("workstream_id", sa.Uuid(), nullable=True),
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "created",
                "updated",
                "deleted",
                name="changeaction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("personal", sa.JSON(), nullable=True),
        sa.Column("request_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_change_records_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_change_records_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_records")),
    )
    with op.batch_alter_table("change_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_records_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index("ix_change_records_subject", ["subject_id", "id"], unique=False)
        batch_op.create_index("ix_change_records_workstream", ["workstream_id", "id"], unique=False)

    op.create_table(
        "core_team_members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column(
            "agency",
            sa.Enum(
                "local_authority",
                "police",
                "fire",
                "health",
                "local_area_coordination",
                "community_panel",
                "other",
                name="agency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("job", sa.String(length=160), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_core_team_members_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_core_team_members_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_core_team_members_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_team_members")),
    )
    with op.batch_alter_table("core_team_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_team_members_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_team_members_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_core_team_members_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "delivery_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "agreed",
                "superseded",
                name="planstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_delivery_plans_ends_after_it_starts")
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_delivery_plans_title_given")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_delivery_plans_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_plans")),
        sa.UniqueConstraint("id", "workstream_id", name=op.f("uq_delivery_plans_id_workstream_id")),
    )
    with op.batch_alter_table("delivery_plans", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_plans_workstream_id_starts_on",
            ["workstream_id", "starts_on"],
            unique=False,
        )

    op.create_table(
        "key_issues",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_key_issues_text_given")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_key_issues_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_issues")),
    )
    with op.batch_alter_table("key_issues", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_key_issues_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "memberships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "contributor",
                "evaluator",
                "reader",
                name="memberrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_memberships_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "workstream_id",
            "user_id",
            "role",
            name=op.f("uq_memberships_workstream_id_user_id_role"),
        ),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_user_id"), ["user_id"], unique=False)

    op.create_table(
        "zone_funding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("year_starting", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_zone_funding_amount_positive")),
        sa.CheckConstraint(
            "year_starting BETWEEN 2000 AND 2100", name=op.f("ck_zone_funding_year_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_zone_funding_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_funding")),
        sa.UniqueConstraint(
            "workstream_id",
            "year_starting",
            name=op.f("uq_zone_funding_workstream_id_year_starting"),
        ),
    )
    op.create_table(
        "zone_profiles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("csp_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["csp_id"], ["bodies.id"], name=op.f("fk_zone_profiles_csp_id")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_zone_profiles_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_profiles")),
        sa.UniqueConstraint("workstream_id", name=op.f("uq_zone_profiles_workstream_id")),
    )
    with op.batch_alter_table("zone_profiles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zone_profiles_csp_id"), ["csp_id"], unique=False)

    op.create_table(
        "activities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("lead_person_id", sa.Uuid(), nullable=True),
        sa.Column("lead_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("reports_to_id", sa.Uuid(), nullable=True),
        sa.Column("reporting", sa.Text(), nullable=False),
        sa.Column("start_text", sa.Text(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("due_text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column(
            "rag",
            sa.Enum(
                "red",
                "amber",
                "green",
                name="rag",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("rag_reason", sa.Text(), nullable=False),
        sa.Column("last_word_on", sa.Date(), nullable=True),
        sa.Column("builds_skills", sa.Boolean(), nullable=False),
        sa.Column("builds_resources", sa.Boolean(), nullable=False),
        sa.Column("builds_health", sa.Boolean(), nullable=False),
        sa.Column("builds_safety", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(due_text = '') = (due_on IS NULL)", name=op.f("ck_activities_due_text_has_date")
        ),
        sa.CheckConstraint(
            "(start_text = '') = (start_on IS NULL)", name=op.f("ck_activities_start_text_has_date")
        ),
        sa.CheckConstraint(
            "rag IS NULL OR rag = 'green' OR length(rag_reason) > 0",
            name=op.f("ck_activities_rag_reason_given"),
        ),
        sa.CheckConstraint("length(what) > 0", name=op.f("ck_activities_what_given")),
        sa.ForeignKeyConstraint(
            ["lead_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_activities_lead_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_person_id"], ["users.id"], name=op.f("fk_activities_lead_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
            name=op.f("fk_activities_plan_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reports_to_id"], ["bodies.id"], name=op.f("fk_activities_reports_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("id", "plan_id", name=op.f("uq_activities_id_plan_id")),
        sa.UniqueConstraint("id", "workstream_id", name=op.f("uq_activities_id_workstream_id")),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activities_lead_organisation_id"), ["lead_organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activities_lead_person_id"), ["lead_person_id"], unique=False
        )
        batch_op.create_index(
            "ix_activities_plan_id_position", ["plan_id", "position"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activities_reports_to_id"), ["reports_to_id"], unique=False
        )
        batch_op.create_index("ix_activities_workstream_id", ["workstream_id"], unique=False)

    op.create_table(
        "plan_standings",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("red", sa.Integer(), nullable=False),
        sa.Column("amber", sa.Integer(), nullable=False),
        sa.Column("green", sa.Integer(), nullable=False),
        sa.Column("unrated", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("last_word_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("next_title", sa.Text(), nullable=False),
        sa.Column("next_expected_on", sa.Date(), nullable=True),
        sa.Column("next_promised_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["delivery_plans.id"], name=op.f("fk_plan_standings_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_standings")),
    )
    op.create_table(
        "activity_aims",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("aim_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_activity_aims_activity_id")
        ),
        sa.ForeignKeyConstraint(["aim_id"], ["aims.id"], name=op.f("fk_activity_aims_aim_id")),
        sa.PrimaryKeyConstraint("activity_id", "aim_id", name=op.f("pk_activity_aims")),
    )
    with op.batch_alter_table("activity_aims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_aims_aim_id"), ["aim_id"], unique=False)

    op.create_table(
        "activity_contributors",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_activity_contributors_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_activity_contributors_user_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "user_id", name=op.f("pk_activity_contributors")),
    )
    with op.batch_alter_table("activity_contributors", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_contributors_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "milestones",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("promised_text", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_milestones_title_given")),
        sa.ForeignKeyConstraint(
            ["activity_id", "plan_id"],
            ["activities.id", "activities.plan_id"],
            name=op.f("fk_milestones_activity_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "workstream_id"],
            ["delivery_plans.id", "delivery_plans.workstream_id"],
            name=op.f("fk_milestones_plan_id_workstream_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_milestones_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            "ix_milestones_plan_id_promised_on", ["plan_id", "promised_on"], unique=False
        )
        batch_op.create_index(
            "ix_milestones_workstream_id_done_on", ["workstream_id", "done_on"], unique=False
        )

    op.create_table(
        "progress_updates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "rag",
            sa.Enum(
                "red",
                "amber",
                "green",
                name="rag",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rag_reason", sa.Text(), nullable=False),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "rag IS NULL OR rag = 'green' OR length(rag_reason) > 0",
            name=op.f("ck_progress_updates_rag_reason_given"),
        ),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_progress_updates_text_given")),
        sa.ForeignKeyConstraint(
            ["activity_id", "workstream_id"],
            ["activities.id", "activities.workstream_id"],
            name=op.f("fk_progress_updates_activity_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_progress_updates_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_progress_updates_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_updates")),
    )
    with op.batch_alter_table("progress_updates", schema=None) as batch_op:
        batch_op.create_index(
            "ix_progress_updates_activity_id_posted_at", ["activity_id", "posted_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_progress_updates_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            "ix_progress_updates_workstream_id_posted_at",
            ["workstream_id", "posted_at"],
            unique=False,
        )

    op.create_table(
        "update_milestones",
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_update_milestones_milestone_id")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["progress_updates.id"], name=op.f("fk_update_milestones_update_id")
        ),
        sa.PrimaryKeyConstraint("update_id", "milestone_id", name=op.f("pk_update_milestones")),
    )
    with op.batch_alter_table("update_milestones", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_update_milestones_milestone_id"), ["milestone_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("update_milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_update_milestones_milestone_id"))

    op.drop_table("update_milestones")
    with op.batch_alter_table("progress_updates", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_updates_workstream_id_posted_at")
        batch_op.drop_index(batch_op.f("ix_progress_updates_author_id"))
        batch_op.drop_index("ix_progress_updates_activity_id_posted_at")

    op.drop_table("progress_updates")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index("ix_milestones_workstream_id_done_on")
        batch_op.drop_index("ix_milestones_plan_id_promised_on")
        batch_op.drop_index(batch_op.f("ix_milestones_activity_id"))

    op.drop_table("milestones")
    with op.batch_alter_table("activity_contributors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_contributors_user_id"))

    op.drop_table("activity_contributors")
    with op.batch_alter_table("activity_aims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_aims_aim_id"))

    op.drop_table("activity_aims")
    op.drop_table("plan_standings")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index("ix_activities_workstream_id")
        batch_op.drop_index(batch_op.f("ix_activities_reports_to_id"))
        batch_op.drop_index("ix_activities_plan_id_position")
        batch_op.drop_index(batch_op.f("ix_activities_lead_person_id"))
        batch_op.drop_index(batch_op.f("ix_activities_lead_organisation_id"))

    op.drop_table("activities")
    with op.batch_alter_table("zone_profiles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zone_profiles_csp_id"))

    op.drop_table("zone_profiles")
    op.drop_table("zone_funding")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_user_id"))

    op.drop_table("memberships")
    with op.batch_alter_table("key_issues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_key_issues_workstream_id"))

    op.drop_table("key_issues")
    with op.batch_alter_table("delivery_plans", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_plans_workstream_id_starts_on")

    op.drop_table("delivery_plans")
    with op.batch_alter_table("core_team_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_team_members_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_core_team_members_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_team_members_organisation_id"))

    op.drop_table("core_team_members")
    with op.batch_alter_table("change_records", schema=None) as batch_op:
        batch_op.drop_index("ix_change_records_workstream")
        batch_op.drop_index("ix_change_records_subject")
        batch_op.drop_index(batch_op.f("ix_change_records_actor_id"))

    op.drop_table("change_records")
    with op.batch_alter_table("aims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aims_workstream_id"))

    op.drop_table("aims")
    with op.batch_alter_table("workstreams", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workstreams_reports_to_id"))
        batch_op.drop_index(batch_op.f("ix_workstreams_parent_id"))
        batch_op.drop_index(batch_op.f("ix_workstreams_lead_person_id"))
        batch_op.drop_index(batch_op.f("ix_workstreams_lead_organisation_id"))

    op.drop_table("workstreams")
    op.drop_table("snoozes")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_user_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkeys_user_id"))

    op.drop_table("passkeys")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_user_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_organisation_id"))

    op.drop_table("users")
    op.drop_table("rag_definitions")
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_messages_due")

    op.drop_table("outbox_messages")
    op.drop_table("organisations")
    with op.batch_alter_table("guess_counts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guess_counts_expires_at"))

    op.drop_table("guess_counts")
    op.drop_table("bodies")
