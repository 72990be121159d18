"""Running a cohort: sessions and their registers, notes on participants, the order of the showcase."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "session",
                "showcase",
                name="sessionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (length(cancelled_reason) = 0)",
            name=op.f("ck_cohort_sessions_cancelled_has_reason"),
        ),
        sa.CheckConstraint("ends > starts", name=op.f("ck_cohort_sessions_ends_after_it_starts")),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_cohort_sessions_title_given")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_cohort_sessions_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_sessions")),
        sa.UniqueConstraint(
            "id", "workstream_id", name=op.f("uq_cohort_sessions_id_workstream_id")
        ),
    )
    with op.batch_alter_table("cohort_sessions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cohort_sessions_workstream_id_on_date", ["workstream_id", "on_date"], unique=False
        )
        batch_op.create_index(
            "uq_cohort_sessions_one_showcase",
            ["workstream_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'showcase' AND cancelled_at IS NULL"),
            postgresql_where=sa.text("kind = 'showcase' AND cancelled_at IS NULL"),
        )

    op.create_table(
        "session_facilitators",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["cohort_sessions.id"],
            name=op.f("fk_session_facilitators_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_session_facilitators_user_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "user_id", name=op.f("pk_session_facilitators")),
    )
    with op.batch_alter_table("session_facilitators", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_facilitators_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "attendance_marks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum(
                "present",
                "late",
                "excused",
                "absent",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_attendance_marks_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"],
            ["participants.id", "participants.workstream_id"],
            name=op.f("fk_attendance_marks_participant_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "workstream_id"],
            ["cohort_sessions.id", "cohort_sessions.workstream_id"],
            name=op.f("fk_attendance_marks_session_id_workstream_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_attendance_marks_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_marks")),
        sa.UniqueConstraint(
            "session_id",
            "participant_id",
            name=op.f("uq_attendance_marks_session_id_participant_id"),
        ),
    )
    with op.batch_alter_table("attendance_marks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_marks_made_by_id"), ["made_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_attendance_marks_participant_id"), ["participant_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_attendance_marks_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "participant_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_participant_notes_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name=op.f("fk_participant_notes_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_notes")),
    )
    with op.batch_alter_table("participant_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participant_notes_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participant_notes_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "showcase_slots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id", "workstream_id"],
            ["participants.id", "participants.workstream_id"],
            name=op.f("fk_showcase_slots_participant_id_workstream_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_showcase_slots_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_slots")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_showcase_slots_participant_id")),
    )
    with op.batch_alter_table("showcase_slots", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_showcase_slots_workstream_id"), ["workstream_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("showcase_slots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_showcase_slots_workstream_id"))

    op.drop_table("showcase_slots")
    with op.batch_alter_table("participant_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_notes_participant_id"))
        batch_op.drop_index(batch_op.f("ix_participant_notes_author_id"))

    op.drop_table("participant_notes")
    with op.batch_alter_table("attendance_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_marks_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_marks_participant_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_marks_made_by_id"))

    op.drop_table("attendance_marks")
    with op.batch_alter_table("session_facilitators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_facilitators_user_id"))

    op.drop_table("session_facilitators")
    with op.batch_alter_table("cohort_sessions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cohort_sessions_one_showcase",
            sqlite_where=sa.text("kind = 'showcase' AND cancelled_at IS NULL"),
            postgresql_where=sa.text("kind = 'showcase' AND cancelled_at IS NULL"),
        )
        batch_op.drop_index("ix_cohort_sessions_workstream_id_on_date")

    op.drop_table("cohort_sessions")
