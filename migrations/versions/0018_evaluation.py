"""Indicators, theories of change, evaluation notes; external evaluators, whose access ends."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ROLES = "'lead', 'contributor', 'evaluator', 'reader', 'reviewer', 'facilitator'"
_MORE_ROLES = f"{_ROLES}, 'external_evaluator'"


def _roles(names: str) -> None:
    name = op.f("ck_memberships_memberrole")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"role IN ({names})")


def upgrade() -> None:
    op.create_table(
        "evaluation_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "observation",
                "interview",
                "case_study",
                "survey",
                "document",
                "data",
                "lesson",
                name="notekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("so_what", sa.Text(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=True),
        sa.Column(
            "scale",
            sa.Enum(
                "maryland",
                "nesta",
                name="scale",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "direction",
            sa.Enum(
                "supports",
                "mixed",
                "contradicts",
                "unclear",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "everyone",
                "evaluators_and_leads",
                "named",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(strength IS NULL) = (scale IS NULL)",
            name=op.f("ck_evaluation_notes_strength_has_scale"),
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_evaluation_notes_title_given")),
        sa.CheckConstraint(
            "strength BETWEEN 1 AND 5", name=op.f("ck_evaluation_notes_strength_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_evaluation_notes_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_evaluation_notes_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_notes")),
    )
    with op.batch_alter_table("evaluation_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evaluation_notes_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            "ix_evaluation_notes_workstream_id_on_date", ["workstream_id", "on_date"], unique=False
        )

    op.create_table(
        "evaluation_settings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column(
            "scale",
            sa.Enum(
                "maryland",
                "nesta",
                name="scale",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_evaluation_settings_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_settings")),
        sa.UniqueConstraint("workstream_id", name=op.f("uq_evaluation_settings_workstream_id")),
    )
    op.create_table(
        "measurement_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("added > 0", name=op.f("ck_measurement_imports_counted")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_measurement_imports_workstream_id")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["users.id"], name=op.f("fk_measurement_imports_imported_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["users.id"], name=op.f("fk_measurement_imports_undone_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement_imports")),
    )
    op.create_index(
        "ix_measurement_imports_workstream_id", "measurement_imports", ["workstream_id", "id"]
    )
    op.create_table(
        "indicators",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "number",
                "percentage",
                "score",
                "yes_no",
                "narrative",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("counted", sa.String(length=100), nullable=False),
        sa.Column("lowest", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("highest", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column(
            "better",
            sa.Enum(
                "up",
                "down",
                "steady",
                name="better",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("baseline", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("baseline_numerator", sa.Integer(), nullable=True),
        sa.Column("baseline_denominator", sa.Integer(), nullable=True),
        sa.Column("baseline_text", sa.Text(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column(
            "frequency",
            sa.Enum(
                "monthly",
                "quarterly",
                "half_yearly",
                "yearly",
                "once",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "baseline_numerator IS NULL OR unit = 'percentage'",
            name=op.f("ck_indicators_baseline_parts_of_percentage"),
        ),
        sa.CheckConstraint(
            "unit <> 'score' OR (lowest IS NOT NULL AND highest IS NOT NULL)",
            name=op.f("ck_indicators_score_has_range"),
        ),
        sa.CheckConstraint(
            "baseline_denominator > 0", name=op.f("ck_indicators_baseline_denominator_positive")
        ),
        sa.CheckConstraint(
            "baseline_numerator BETWEEN 0 AND baseline_denominator",
            name=op.f("ck_indicators_baseline_within"),
        ),
        sa.CheckConstraint(
            "(baseline_numerator IS NULL) = (baseline_denominator IS NULL)",
            name=op.f("ck_indicators_baseline_parts_together"),
        ),
        sa.CheckConstraint("highest > lowest", name=op.f("ck_indicators_highest_above_lowest")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_indicators_name_given")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_indicators_owner_id")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_indicators_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
    )
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicators_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_indicators_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "survey_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_survey_rounds_title_given")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_survey_rounds_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_rounds")),
    )
    with op.batch_alter_table("survey_rounds", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_rounds_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "theories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("who_for", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "agreed",
                name="theorystatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'agreed') = (agreed_on IS NOT NULL)", name=op.f("ck_theories_agreed_has_day")
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_theories_title_given")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_theories_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theories")),
    )
    with op.batch_alter_table("theories", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theories_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "indicator_breakdowns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("overlapping", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_indicator_breakdowns_name_given")),
        sa.ForeignKeyConstraint(
            ["workstream_id"],
            ["workstreams.id"],
            name=op.f("fk_indicator_breakdowns_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_breakdowns_indicator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_breakdowns")),
        sa.UniqueConstraint(
            "indicator_id", "name", name=op.f("uq_indicator_breakdowns_indicator_id_name")
        ),
    )
    op.create_table(
        "indicator_targets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_targets_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_indicator_targets_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_targets")),
        sa.UniqueConstraint(
            "indicator_id", "on_date", name=op.f("uq_indicator_targets_indicator_id_on_date")
        ),
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("aim_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "not_yet",
                "partly",
                "largely",
                "realised",
                name="realised",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_judgements_reason_given")),
        sa.ForeignKeyConstraint(["aim_id"], ["aims.id"], name=op.f("fk_judgements_aim_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_judgements_by_id")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_judgements_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.create_index("ix_judgements_aim_id_on_date", ["aim_id", "on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgements_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_judgements_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "measurements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("yes", sa.Boolean(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("commentary", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "approved",
                name="measurementstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("survey_round_id", sa.Uuid(), nullable=True),
        sa.Column("sample_size", sa.Integer(), nullable=True),
        sa.Column("interval_low", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("interval_high", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'approved') = (approved_at IS NOT NULL)",
            name=op.f("ck_measurements_approved_has_time"),
        ),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL)",
            name=op.f("ck_measurements_parts_of_percentage_together"),
        ),
        sa.CheckConstraint(
            "approved_by_id <> entered_by_id", name=op.f("ck_measurements_approved_by_another")
        ),
        sa.CheckConstraint("denominator > 0", name=op.f("ck_measurements_denominator_positive")),
        sa.CheckConstraint(
            "numerator BETWEEN 0 AND denominator", name=op.f("ck_measurements_numerator_within")
        ),
        sa.CheckConstraint(
            "value IS NOT NULL OR yes IS NOT NULL OR length(words) > 0",
            name=op.f("ck_measurements_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_measurements_approved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["measurements.id"], name=op.f("fk_measurements_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["users.id"], name=op.f("fk_measurements_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_measurements_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["survey_round_id"], ["survey_rounds.id"], name=op.f("fk_measurements_survey_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_measurements_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurements")),
    )
    with op.batch_alter_table("measurements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measurements_approved_by_id"), ["approved_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_measurements_corrects_id"), ["corrects_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_measurements_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_measurements_indicator_id"), ["indicator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_measurements_survey_round_id"), ["survey_round_id"], unique=False
        )
        batch_op.create_index(
            "ix_measurements_workstream_id_on_date", ["workstream_id", "on_date"], unique=False
        )
        batch_op.create_index(
            "uq_measurements_approved",
            ["indicator_id", "on_date"],
            unique=True,
            sqlite_where=sa.text("status = 'approved' AND superseded_at IS NULL"),
            postgresql_where=sa.text("status = 'approved' AND superseded_at IS NULL"),
        )
        batch_op.create_index(
            "uq_measurements_draft",
            ["indicator_id", "on_date"],
            unique=True,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )

    op.create_table(
        "note_attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_note_attachments_size_positive")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["users.id"], name=op.f("fk_note_attachments_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["evaluation_notes.id"],
            name=op.f("fk_note_attachments_note_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_attachments")),
        sa.UniqueConstraint("key", name=op.f("uq_note_attachments_key")),
    )
    with op.batch_alter_table("note_attachments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_note_attachments_added_by_id"), ["added_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_note_attachments_note_id"), ["note_id"], unique=False)

    op.create_table(
        "note_readers",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["evaluation_notes.id"],
            name=op.f("fk_note_readers_note_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_note_readers_user_id")),
        sa.PrimaryKeyConstraint("note_id", "user_id", name=op.f("pk_note_readers")),
    )
    with op.batch_alter_table("note_readers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_readers_user_id"), ["user_id"], unique=False)

    op.create_table(
        "recommendations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("report", sa.String(length=300), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "waiting",
                "accepted",
                "part",
                "declined",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('waiting', 'accepted') OR length(reason) > 0",
            name=op.f("ck_recommendations_not_in_full_has_reason"),
        ),
        sa.CheckConstraint(
            "done_on IS NULL OR answer IN ('accepted', 'part')",
            name=op.f("ck_recommendations_only_accepted_is_done"),
        ),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_recommendations_text_given")),
        sa.ForeignKeyConstraint(
            ["note_id"], ["evaluation_notes.id"], name=op.f("fk_recommendations_note_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_recommendations_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_recommendations_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_recommendations_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
    )
    with op.batch_alter_table("recommendations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendations_note_id"), ["note_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recommendations_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_recommendations_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recommendations_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "theory_nodes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("theory_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "input",
                "activity",
                "output",
                "short_outcome",
                "medium_outcome",
                "long_outcome",
                "impact",
                name="nodekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_theory_nodes_text_given")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_theory_nodes_owner_id")),
        sa.ForeignKeyConstraint(
            ["theory_id"], ["theories.id"], name=op.f("fk_theory_nodes_theory_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_theory_nodes_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_nodes")),
        sa.UniqueConstraint("id", "theory_id", name=op.f("uq_theory_nodes_id_theory_id")),
    )
    with op.batch_alter_table("theory_nodes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_nodes_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_theory_nodes_theory_id", ["theory_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_theory_nodes_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "theory_shares",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("theory_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("for_whom", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_theory_shares_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["theory_id"], ["theories.id"], name=op.f("fk_theory_shares_theory_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_theory_shares_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_shares")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_theory_shares_token_hash")),
    )
    with op.batch_alter_table("theory_shares", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theory_shares_made_by_id"), ["made_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_theory_shares_theory_id"), ["theory_id"], unique=False)

    op.create_table(
        "theory_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("theory_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_theory_versions_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["theory_id"], ["theories.id"], name=op.f("fk_theory_versions_theory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_versions")),
        sa.UniqueConstraint(
            "theory_id", "number", name=op.f("uq_theory_versions_theory_id_number")
        ),
    )
    with op.batch_alter_table("theory_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theory_versions_made_by_id"), ["made_by_id"], unique=False
        )

    op.create_table(
        "indicator_breakdown_parts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("breakdown_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "length(name) > 0", name=op.f("ck_indicator_breakdown_parts_name_given")
        ),
        sa.ForeignKeyConstraint(
            ["breakdown_id"],
            ["indicator_breakdowns.id"],
            name=op.f("fk_indicator_breakdown_parts_breakdown_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_breakdown_parts")),
        sa.UniqueConstraint(
            "breakdown_id", "name", name=op.f("uq_indicator_breakdown_parts_breakdown_id_name")
        ),
    )
    op.create_table(
        "recommendation_updates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_recommendation_updates_text_given")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["users.id"], name=op.f("fk_recommendation_updates_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_recommendation_updates_recommendation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_updates")),
    )
    with op.batch_alter_table("recommendation_updates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_updates_by_id"), ["by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_updates_recommendation_id"),
            ["recommendation_id"],
            unique=False,
        )

    op.create_table(
        "theory_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("theory_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column(
            "evidence",
            sa.Enum(
                "none",
                "weak",
                "moderate",
                "strong",
                name="evidencestrength",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_theory_links_not_to_itself")),
        sa.ForeignKeyConstraint(
            ["from_id", "theory_id"],
            ["theory_nodes.id", "theory_nodes.theory_id"],
            name=op.f("fk_theory_links_from_id_theory_id"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_theory_links_owner_id")),
        sa.ForeignKeyConstraint(
            ["theory_id"], ["theories.id"], name=op.f("fk_theory_links_theory_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_id", "theory_id"],
            ["theory_nodes.id", "theory_nodes.theory_id"],
            name="fk_theory_links_to_id",
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_theory_links_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_links")),
    )
    with op.batch_alter_table("theory_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_links_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_theory_links_theory_id", ["theory_id"], unique=False)
        batch_op.create_index("ix_theory_links_to_id", ["to_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_theory_links_workstream_id"), ["workstream_id"], unique=False
        )
        batch_op.create_index(
            "uq_theory_links_once",
            ["from_id", "to_id"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "theory_node_activities",
        sa.Column("node_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_theory_node_activities_activity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["node_id"],
            ["theory_nodes.id"],
            name=op.f("fk_theory_node_activities_node_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("node_id", "activity_id", name=op.f("pk_theory_node_activities")),
    )
    with op.batch_alter_table("theory_node_activities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theory_node_activities_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "theory_node_aims",
        sa.Column("node_id", sa.Uuid(), nullable=False),
        sa.Column("aim_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aim_id"], ["aims.id"], name=op.f("fk_theory_node_aims_aim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["node_id"],
            ["theory_nodes.id"],
            name=op.f("fk_theory_node_aims_node_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("node_id", "aim_id", name=op.f("pk_theory_node_aims")),
    )
    with op.batch_alter_table("theory_node_aims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theory_node_aims_aim_id"), ["aim_id"], unique=False)

    op.create_table(
        "theory_node_indicators",
        sa.Column("node_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicators.id"],
            name=op.f("fk_theory_node_indicators_indicator_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["node_id"],
            ["theory_nodes.id"],
            name=op.f("fk_theory_node_indicators_node_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("node_id", "indicator_id", name=op.f("pk_theory_node_indicators")),
    )
    with op.batch_alter_table("theory_node_indicators", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theory_node_indicators_indicator_id"), ["indicator_id"], unique=False
        )

    op.create_table(
        "measurement_parts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measurement_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "denominator > 0", name=op.f("ck_measurement_parts_denominator_positive")
        ),
        sa.CheckConstraint(
            "numerator BETWEEN 0 AND denominator",
            name=op.f("ck_measurement_parts_numerator_within"),
        ),
        sa.ForeignKeyConstraint(
            ["measurement_id"],
            ["measurements.id"],
            name=op.f("fk_measurement_parts_measurement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["indicator_breakdown_parts.id"], name=op.f("fk_measurement_parts_part_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement_parts")),
        sa.UniqueConstraint(
            "measurement_id", "part_id", name=op.f("uq_measurement_parts_measurement_id_part_id")
        ),
    )
    with op.batch_alter_table("measurement_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measurement_parts_part_id"), ["part_id"], unique=False)

    op.create_table(
        "theory_assumptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("theory_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "untested",
                "holds",
                "doubtful",
                "failed",
                name="assumptionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state = 'untested' OR length(why) > 0",
            name=op.f("ck_theory_assumptions_judged_has_reason"),
        ),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_theory_assumptions_text_given")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["theory_links.id"], name=op.f("fk_theory_assumptions_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_theory_assumptions_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["theory_id"], ["theories.id"], name=op.f("fk_theory_assumptions_theory_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_theory_assumptions_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_assumptions")),
    )
    with op.batch_alter_table("theory_assumptions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theory_assumptions_link_id"), ["link_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_theory_assumptions_owner_id"), ["owner_id"], unique=False
        )
        batch_op.create_index("ix_theory_assumptions_theory_id", ["theory_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_theory_assumptions_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "theory_node_milestones",
        sa.Column("node_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestones.id"],
            name=op.f("fk_theory_node_milestones_milestone_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["node_id"],
            ["theory_nodes.id"],
            name=op.f("fk_theory_node_milestones_node_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("node_id", "milestone_id", name=op.f("pk_theory_node_milestones")),
    )
    with op.batch_alter_table("theory_node_milestones", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theory_node_milestones_milestone_id"), ["milestone_id"], unique=False
        )

    op.create_table(
        "note_bearings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("node_id", sa.Uuid(), nullable=True),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.Column("assumption_id", sa.Uuid(), nullable=True),
        sa.Column("aim_id", sa.Uuid(), nullable=True),
        sa.Column("indicator_id", sa.Uuid(), nullable=True),
        sa.Column("activity_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN node_id IS NULL THEN 0 ELSE 1 END + CASE WHEN link_id IS NULL THEN 0 ELSE 1 END + CASE WHEN assumption_id IS NULL THEN 0 ELSE 1 END + CASE WHEN aim_id IS NULL THEN 0 ELSE 1 END + CASE WHEN indicator_id IS NULL THEN 0 ELSE 1 END + CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_note_bearings_on_one_thing"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_note_bearings_activity_id")
        ),
        sa.ForeignKeyConstraint(["aim_id"], ["aims.id"], name=op.f("fk_note_bearings_aim_id")),
        sa.ForeignKeyConstraint(
            ["assumption_id"],
            ["theory_assumptions.id"],
            name=op.f("fk_note_bearings_assumption_id"),
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_note_bearings_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["theory_links.id"], name=op.f("fk_note_bearings_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["theory_nodes.id"], name=op.f("fk_note_bearings_node_id")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["evaluation_notes.id"],
            name=op.f("fk_note_bearings_note_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_bearings")),
        sa.UniqueConstraint("note_id", "activity_id", name="uq_note_bearings_activity_id"),
        sa.UniqueConstraint("note_id", "aim_id", name="uq_note_bearings_aim_id"),
        sa.UniqueConstraint("note_id", "assumption_id", name="uq_note_bearings_assumption_id"),
        sa.UniqueConstraint("note_id", "indicator_id", name="uq_note_bearings_indicator_id"),
        sa.UniqueConstraint("note_id", "link_id", name="uq_note_bearings_link_id"),
        sa.UniqueConstraint("note_id", "node_id", name="uq_note_bearings_node_id"),
    )
    with op.batch_alter_table("note_bearings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_note_bearings_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_note_bearings_aim_id"), ["aim_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_note_bearings_assumption_id"), ["assumption_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_note_bearings_indicator_id"), ["indicator_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_note_bearings_link_id"), ["link_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_bearings_node_id"), ["node_id"], unique=False)

    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    _roles(_MORE_ROLES)
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_memberships_external_has_end"),
            "role <> 'external_evaluator' OR ends_on IS NOT NULL",
        )


def downgrade() -> None:
    op.execute("DELETE FROM memberships WHERE role = 'external_evaluator'")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_memberships_external_has_end"), type_="check")
    _roles(_ROLES)
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("ends_on")

    with op.batch_alter_table("note_bearings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_bearings_node_id"))
        batch_op.drop_index(batch_op.f("ix_note_bearings_link_id"))
        batch_op.drop_index(batch_op.f("ix_note_bearings_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_note_bearings_assumption_id"))
        batch_op.drop_index(batch_op.f("ix_note_bearings_aim_id"))
        batch_op.drop_index(batch_op.f("ix_note_bearings_activity_id"))

    op.drop_table("note_bearings")
    with op.batch_alter_table("theory_node_milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_node_milestones_milestone_id"))

    op.drop_table("theory_node_milestones")
    with op.batch_alter_table("theory_assumptions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_assumptions_workstream_id"))
        batch_op.drop_index("ix_theory_assumptions_theory_id")
        batch_op.drop_index(batch_op.f("ix_theory_assumptions_owner_id"))
        batch_op.drop_index(batch_op.f("ix_theory_assumptions_link_id"))

    op.drop_table("theory_assumptions")
    with op.batch_alter_table("measurement_parts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measurement_parts_part_id"))

    op.drop_table("measurement_parts")
    with op.batch_alter_table("theory_node_indicators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_node_indicators_indicator_id"))

    op.drop_table("theory_node_indicators")
    with op.batch_alter_table("theory_node_aims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_node_aims_aim_id"))

    op.drop_table("theory_node_aims")
    with op.batch_alter_table("theory_node_activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_node_activities_activity_id"))

    op.drop_table("theory_node_activities")
    with op.batch_alter_table("theory_links", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_theory_links_once",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_theory_links_workstream_id"))
        batch_op.drop_index("ix_theory_links_to_id")
        batch_op.drop_index("ix_theory_links_theory_id")
        batch_op.drop_index(batch_op.f("ix_theory_links_owner_id"))

    op.drop_table("theory_links")
    with op.batch_alter_table("recommendation_updates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_updates_recommendation_id"))
        batch_op.drop_index(batch_op.f("ix_recommendation_updates_by_id"))

    op.drop_table("recommendation_updates")
    op.drop_table("indicator_breakdown_parts")
    with op.batch_alter_table("theory_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_versions_made_by_id"))

    op.drop_table("theory_versions")
    with op.batch_alter_table("theory_shares", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_shares_theory_id"))
        batch_op.drop_index(batch_op.f("ix_theory_shares_made_by_id"))

    op.drop_table("theory_shares")
    with op.batch_alter_table("theory_nodes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theory_nodes_workstream_id"))
        batch_op.drop_index("ix_theory_nodes_theory_id")
        batch_op.drop_index(batch_op.f("ix_theory_nodes_owner_id"))

    op.drop_table("theory_nodes")
    with op.batch_alter_table("recommendations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendations_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_recommendations_owner_id"))
        batch_op.drop_index(batch_op.f("ix_recommendations_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_recommendations_note_id"))

    op.drop_table("recommendations")
    with op.batch_alter_table("note_readers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_readers_user_id"))

    op.drop_table("note_readers")
    with op.batch_alter_table("note_attachments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_attachments_note_id"))
        batch_op.drop_index(batch_op.f("ix_note_attachments_added_by_id"))

    op.drop_table("note_attachments")
    with op.batch_alter_table("measurements", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_measurements_draft",
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
        batch_op.drop_index(
            "uq_measurements_approved",
            sqlite_where=sa.text("status = 'approved' AND superseded_at IS NULL"),
            postgresql_where=sa.text("status = 'approved' AND superseded_at IS NULL"),
        )
        batch_op.drop_index("ix_measurements_workstream_id_on_date")
        batch_op.drop_index(batch_op.f("ix_measurements_survey_round_id"))
        batch_op.drop_index(batch_op.f("ix_measurements_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_measurements_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_measurements_corrects_id"))
        batch_op.drop_index(batch_op.f("ix_measurements_approved_by_id"))

    op.drop_table("measurements")
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgements_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_judgements_by_id"))
        batch_op.drop_index("ix_judgements_aim_id_on_date")

    op.drop_table("judgements")
    op.drop_table("indicator_targets")
    op.drop_table("indicator_breakdowns")
    with op.batch_alter_table("theories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theories_workstream_id"))

    op.drop_table("theories")
    with op.batch_alter_table("survey_rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_rounds_workstream_id"))

    op.drop_table("survey_rounds")
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicators_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_indicators_owner_id"))

    op.drop_table("indicators")
    op.drop_index("ix_measurement_imports_workstream_id", "measurement_imports")
    op.drop_table("measurement_imports")
    op.drop_table("evaluation_settings")
    with op.batch_alter_table("evaluation_notes", schema=None) as batch_op:
        batch_op.drop_index("ix_evaluation_notes_workstream_id_on_date")
        batch_op.drop_index(batch_op.f("ix_evaluation_notes_author_id"))

    op.drop_table("evaluation_notes")
