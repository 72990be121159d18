"""Interviews and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interview_slots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("panel", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_at > starts_at", name=op.f("ck_interview_slots_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_interview_slots_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slots")),
        sa.UniqueConstraint(
            "id", "workstream_id", name=op.f("uq_interview_slots_id_workstream_id")
        ),
    )
    with op.batch_alter_table("interview_slots", schema=None) as batch_op:
        batch_op.create_index(
            "ix_interview_slots_workstream_id_starts_at",
            ["workstream_id", "starts_at"],
            unique=False,
        )

    op.create_table(
        "releases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by_id", sa.Uuid(), nullable=True),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("unsuccessful", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("over_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "placed <= places OR offers = 0 OR length(over_reason) > 0",
            name=op.f("ck_releases_over_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["users.id"], name=op.f("fk_releases_released_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_releases_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    with op.batch_alter_table("releases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_releases_released_by_id"), ["released_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_releases_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "offer",
                "waiting_list",
                "unsuccessful",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reply_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("own_subject", sa.String(length=200), nullable=False),
        sa.Column("own_letter", sa.Text(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind != 'offer' OR reply_by IS NOT NULL", name=op.f("ck_decisions_offer_has_reply_by")
        ),
        sa.ForeignKeyConstraint(
            ["application_id", "workstream_id"],
            ["applications.id", "applications.workstream_id"],
            name=op.f("fk_decisions_application_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["users.id"], name=op.f("fk_decisions_prepared_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.id"], name=op.f("fk_decisions_release_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_decisions_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_application_id", ["application_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_decisions_prepared_by_id"), ["prepared_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decisions_release_id"), ["release_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_decisions_workstream_id"), ["workstream_id"], unique=False
        )
        batch_op.create_index(
            "uq_decisions_prepared",
            ["application_id"],
            unique=True,
            sqlite_where=sa.text("release_id IS NULL"),
            postgresql_where=sa.text("release_id IS NULL"),
        )

    op.create_table(
        "interviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_interviews_score_in_range")),
        sa.ForeignKeyConstraint(
            ["application_id", "workstream_id"],
            ["applications.id", "applications.workstream_id"],
            name=op.f("fk_interviews_application_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["slot_id", "workstream_id"],
            ["interview_slots.id", "interview_slots.workstream_id"],
            name=op.f("fk_interviews_slot_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_interviews_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviews")),
        sa.UniqueConstraint("application_id", name=op.f("uq_interviews_application_id")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_interviews_slot_id")),
    )
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interviews_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "letter_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "offer",
                "waiting_list",
                "unsuccessful",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(body) > 0", name=op.f("ck_letter_templates_body_given")),
        sa.CheckConstraint("length(subject) > 0", name=op.f("ck_letter_templates_subject_given")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=op.f("fk_letter_templates_call_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_letter_templates_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_templates")),
        sa.UniqueConstraint("call_id", "kind", name=op.f("uq_letter_templates_call_id_kind")),
    )
    with op.batch_alter_table("letter_templates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_letter_templates_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "waiting_places",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_waiting_places_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_waiting_places_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_places")),
        sa.UniqueConstraint("application_id", name=op.f("uq_waiting_places_application_id")),
    )
    with op.batch_alter_table("waiting_places", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_waiting_places_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(told_at IS NULL) OR NOT by_email", name=op.f("ck_letters_told_without_email")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_letters_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_letters_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.id"], name=op.f("fk_letters_release_id")
        ),
        sa.ForeignKeyConstraint(["told_by_id"], ["users.id"], name=op.f("fk_letters_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_letters_decision_id")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_letters_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_letters_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letters_told_by_id"), ["told_by_id"], unique=False)

    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.drop_column("calendar")

    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_told_by_id"))
        batch_op.drop_index(batch_op.f("ix_letters_release_id"))
        batch_op.drop_index(batch_op.f("ix_letters_application_id"))

    op.drop_table("letters")
    with op.batch_alter_table("waiting_places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_places_workstream_id"))

    op.drop_table("waiting_places")
    with op.batch_alter_table("letter_templates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_templates_workstream_id"))

    op.drop_table("letter_templates")
    with op.batch_alter_table("interviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interviews_workstream_id"))

    op.drop_table("interviews")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decisions_prepared",
            sqlite_where=sa.text("release_id IS NULL"),
            postgresql_where=sa.text("release_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_decisions_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_decisions_release_id"))
        batch_op.drop_index(batch_op.f("ix_decisions_prepared_by_id"))
        batch_op.drop_index("ix_decisions_application_id")

    op.drop_table("decisions")
    with op.batch_alter_table("releases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_releases_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_releases_released_by_id"))

    op.drop_table("releases")
    with op.batch_alter_table("interview_slots", schema=None) as batch_op:
        batch_op.drop_index("ix_interview_slots_workstream_id_starts_at")

    op.drop_table("interview_slots")
