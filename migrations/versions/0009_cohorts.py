"""Cohorts: the call, applications, moves, participants; roles that only a cohort has work for."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ROLES = "'lead', 'contributor', 'evaluator', 'reader'"
_MORE_ROLES = f"{_ROLES}, 'reviewer', 'facilitator'"


def _roles(names: str) -> None:
    name = op.f("ck_memberships_memberrole")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"role IN ({names})")


def upgrade() -> None:
    _roles(_MORE_ROLES)
    op.create_table(
        "applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "submitted",
                "eligible",
                "shortlisted",
                "interview",
                "offered",
                "accepted",
                "enrolled",
                "waitlisted",
                "unsuccessful",
                "declined",
                "withdrawn",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "entered",
            sa.Enum(
                "online",
                "paper",
                "telephone",
                "imported",
                "deferred",
                name="entered",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("adjustments", sa.Text(), nullable=False),
        sa.Column("eligibility", sa.JSON(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
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
        sa.Column(
            "source",
            sa.Enum(
                "csp",
                "leader",
                "nominated",
                "social_media",
                "school_or_college",
                "youth_group",
                "other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("source_body_id", sa.Uuid(), nullable=True),
        sa.Column("source_leader_id", sa.Uuid(), nullable=True),
        sa.Column("source_text", sa.String(length=200), nullable=False),
        sa.Column("monitored", sa.Boolean(), nullable=False),
        sa.Column("deferred_from_id", sa.Uuid(), nullable=True),
        sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "submitted_at IS NOT NULL OR stage IN ('draft', 'withdrawn')",
            name=op.f("ck_applications_submitted_has_time"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_applications_email_lower_case")),
        sa.ForeignKeyConstraint(
            ["deferred_from_id"], ["applications.id"], name=op.f("fk_applications_deferred_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["users.id"], name=op.f("fk_applications_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_body_id"], ["bodies.id"], name=op.f("fk_applications_source_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_leader_id"], ["applications.id"], name=op.f("fk_applications_source_leader_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_applications_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("id", "workstream_id", name=op.f("uq_applications_id_workstream_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_applications_reference")),
        sa.UniqueConstraint(
            "workstream_id", "email", name=op.f("uq_applications_workstream_id_email")
        ),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_applications_deferred_from_id"), ["deferred_from_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_applications_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_applications_source_body_id"), ["source_body_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_applications_source_leader_id"), ["source_leader_id"], unique=False
        )
        batch_op.create_index(
            "ix_applications_workstream_id_stage", ["workstream_id", "stage"], unique=False
        )

    op.create_table(
        "apply_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("leads_to", sa.String(length=100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_apply_links_email_lower_case")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_apply_links_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apply_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_apply_links_token_hash")),
    )
    with op.batch_alter_table("apply_links", schema=None) as batch_op:
        batch_op.create_index(
            "ix_apply_links_workstream_id_email", ["workstream_id", "email"], unique=False
        )

    op.create_table(
        "calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("llr_only", sa.Boolean(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("reviews_wanted", sa.Integer(), nullable=False),
        sa.Column("attendance_wanted", sa.Integer(), nullable=False),
        sa.Column("project_wanted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "attendance_wanted BETWEEN 0 AND 100", name=op.f("ck_calls_attendance_wanted_in_range")
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_calls_closes_after_it_opens")),
        sa.CheckConstraint("max_age >= min_age", name=op.f("ck_calls_max_age_not_below_min_age")),
        sa.CheckConstraint("min_age >= 0", name=op.f("ck_calls_min_age_not_negative")),
        sa.CheckConstraint("places > 0", name=op.f("ck_calls_places_positive")),
        sa.CheckConstraint(
            "reviews_wanted BETWEEN 1 AND 10", name=op.f("ck_calls_reviews_wanted_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_calls_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("workstream_id", name=op.f("uq_calls_workstream_id")),
    )
    op.create_table(
        "application_moves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "draft",
                "submitted",
                "eligible",
                "shortlisted",
                "interview",
                "offered",
                "accepted",
                "enrolled",
                "waitlisted",
                "unsuccessful",
                "declined",
                "withdrawn",
                name="stage_before",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "draft",
                "submitted",
                "eligible",
                "shortlisted",
                "interview",
                "offered",
                "accepted",
                "enrolled",
                "waitlisted",
                "unsuccessful",
                "declined",
                "withdrawn",
                name="stage_after",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mover",
            sa.Enum(
                "applicant",
                "coordinator",
                "release",
                "waymark",
                name="mover",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_moves_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_application_moves_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_moves")),
    )
    with op.batch_alter_table("application_moves", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_moves_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_application_moves_batch_id"), ["batch_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_application_moves_by_id"), ["by_id"], unique=False)

    op.create_table(
        "apply_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_apply_sessions_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apply_sessions")),
    )
    with op.batch_alter_table("apply_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_apply_sessions_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "criteria",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("guidance", sa.JSON(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_criteria_name_given")),
        sa.CheckConstraint("weight BETWEEN 1 AND 10", name=op.f("ck_criteria_weight_in_range")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_criteria_call_id")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_criteria_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria")),
    )
    with op.batch_alter_table("criteria", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criteria_call_id"), ["call_id"], unique=False)

    op.create_table(
        "eligibility_conditions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_eligibility_conditions_text_given")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_eligibility_conditions_call_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"],
            ["workstreams.id"],
            name=op.f("fk_eligibility_conditions_workstream_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_conditions")),
    )
    with op.batch_alter_table("eligibility_conditions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_eligibility_conditions_call_id"), ["call_id"], unique=False
        )

    op.create_table(
        "participants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("project_title", sa.String(length=200), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("project_done_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "graduated",
                "withdrawn",
                "deferred",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=False),
        sa.Column("deferred_to_id", sa.Uuid(), nullable=True),
        sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome = 'graduated' OR length(outcome_reason) > 0 OR anonymised_at IS NOT NULL",
            name=op.f("ck_participants_leaving_has_reason"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_on IS NULL)", name=op.f("ck_participants_outcome_has_day")
        ),
        sa.ForeignKeyConstraint(
            ["application_id", "workstream_id"],
            ["applications.id", "applications.workstream_id"],
            name=op.f("fk_participants_application_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["deferred_to_id"], ["workstreams.id"], name=op.f("fk_participants_deferred_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_participants_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("application_id", name=op.f("uq_participants_application_id")),
        sa.UniqueConstraint("id", "workstream_id", name=op.f("uq_participants_id_workstream_id")),
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participants_deferred_to_id"), ["deferred_to_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participants_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "short_text",
                "long_text",
                "one_choice",
                "several_choices",
                "yes_no",
                "date",
                name="questionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("help", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("hidden_from_reviewers", sa.Boolean(), nullable=False),
        sa.Column("word_limit", sa.Integer(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "word_limit IS NULL OR kind = 'long_text'",
            name=op.f("ck_questions_word_limit_for_long_text"),
        ),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_questions_text_given")),
        sa.CheckConstraint("word_limit > 0", name=op.f("ck_questions_word_limit_positive")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_questions_call_id")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_questions_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questions_call_id"), ["call_id"], unique=False)

    op.create_table(
        "window_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_window_changes_reason_given")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_window_changes_application_id")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_window_changes_call_id")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_window_changes_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_changes")),
    )
    with op.batch_alter_table("window_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_window_changes_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_window_changes_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_window_changes_made_by_id"), ["made_by_id"], unique=False
        )

    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_answers_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_answers_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint(
            "application_id", "question_id", name=op.f("uq_answers_application_id_question_id")
        ),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index("ix_answers_question_id", ["question_id"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM memberships WHERE role IN ('reviewer', 'facilitator')")
    _roles(_ROLES)
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index("ix_answers_question_id")

    op.drop_table("answers")
    with op.batch_alter_table("window_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_window_changes_made_by_id"))
        batch_op.drop_index(batch_op.f("ix_window_changes_call_id"))
        batch_op.drop_index(batch_op.f("ix_window_changes_application_id"))

    op.drop_table("window_changes")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questions_call_id"))

    op.drop_table("questions")
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participants_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_participants_deferred_to_id"))

    op.drop_table("participants")
    with op.batch_alter_table("eligibility_conditions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eligibility_conditions_call_id"))

    op.drop_table("eligibility_conditions")
    with op.batch_alter_table("criteria", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criteria_call_id"))

    op.drop_table("criteria")
    with op.batch_alter_table("apply_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_apply_sessions_application_id"))

    op.drop_table("apply_sessions")
    with op.batch_alter_table("application_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_moves_by_id"))
        batch_op.drop_index(batch_op.f("ix_application_moves_batch_id"))
        batch_op.drop_index(batch_op.f("ix_application_moves_application_id"))

    op.drop_table("application_moves")
    op.drop_table("calls")
    with op.batch_alter_table("apply_links", schema=None) as batch_op:
        batch_op.drop_index("ix_apply_links_workstream_id_email")

    op.drop_table("apply_links")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index("ix_applications_workstream_id_stage")
        batch_op.drop_index(batch_op.f("ix_applications_source_leader_id"))
        batch_op.drop_index(batch_op.f("ix_applications_source_body_id"))
        batch_op.drop_index(batch_op.f("ix_applications_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_applications_deferred_from_id"))

    op.drop_table("applications")
