"""Reviewing: who is given which application, reviews, their scores."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_handouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "by_hand",
                "evenly",
                "after_conflict",
                "taken_back",
                name="how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("applications", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("applications >= 0", name=op.f("ck_review_handouts_counted")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_review_handouts_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_review_handouts_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_handouts")),
    )
    with op.batch_alter_table("review_handouts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_handouts_made_by_id"), ["made_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_handouts_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "review_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "to_do",
                "done",
                "conflict",
                "taken_back",
                name="assignmentstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handout_id", sa.Uuid(), nullable=False),
        sa.Column("conflict_reason", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id", "workstream_id"],
            ["applications.id", "applications.workstream_id"],
            name=op.f("fk_review_assignments_application_id_workstream_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["handout_id"], ["review_handouts.id"], name=op.f("fk_review_assignments_handout_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["users.id"], name=op.f("fk_review_assignments_reviewer_id")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_review_assignments_workstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_assignments")),
        sa.UniqueConstraint(
            "application_id",
            "reviewer_id",
            name=op.f("uq_review_assignments_application_id_reviewer_id"),
        ),
    )
    with op.batch_alter_table("review_assignments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_assignments_handout_id"), ["handout_id"], unique=False
        )
        batch_op.create_index(
            "ix_review_assignments_reviewer_id_state", ["reviewer_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_assignments_workstream_id"), ["workstream_id"], unique=False
        )

    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recommendation",
            sa.Enum(
                "yes",
                "maybe",
                "no",
                name="recommendation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("panel_comment", sa.Text(), nullable=False),
        sa.Column("applicant_feedback", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "submitted_at IS NULL OR recommendation IS NOT NULL",
            name=op.f("ck_reviews_submitted_recommends"),
        ),
        sa.CheckConstraint(
            "superseded_at IS NULL OR submitted_at IS NOT NULL",
            name=op.f("ck_reviews_superseded_was_submitted"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_reviews_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["review_assignments.id"],
            name=op.f("fk_reviews_assignment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index("ix_reviews_application_id", ["application_id"], unique=False)
        batch_op.create_index("ix_reviews_assignment_id", ["assignment_id"], unique=False)
        batch_op.create_index(
            "uq_reviews_one_draft",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_reviews_one_in_force",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("submitted_at IS NOT NULL AND superseded_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NOT NULL AND superseded_at IS NULL"),
        )

    op.create_table(
        "review_scores",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_review_scores_score_in_range")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criteria.id"], name=op.f("fk_review_scores_criterion_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reviews.id"],
            name=op.f("fk_review_scores_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("review_id", "criterion_id", name=op.f("pk_review_scores")),
    )
    with op.batch_alter_table("review_scores", schema=None) as batch_op:
        batch_op.create_index("ix_review_scores_criterion_id", ["criterion_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("review_scores", schema=None) as batch_op:
        batch_op.drop_index("ix_review_scores_criterion_id")

    op.drop_table("review_scores")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reviews_one_in_force",
            sqlite_where=sa.text("submitted_at IS NOT NULL AND superseded_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NOT NULL AND superseded_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_reviews_one_draft",
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )
        batch_op.drop_index("ix_reviews_assignment_id")
        batch_op.drop_index("ix_reviews_application_id")

    op.drop_table("reviews")
    with op.batch_alter_table("review_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_assignments_workstream_id"))
        batch_op.drop_index("ix_review_assignments_reviewer_id_state")
        batch_op.drop_index(batch_op.f("ix_review_assignments_handout_id"))

    op.drop_table("review_assignments")
    with op.batch_alter_table("review_handouts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_handouts_workstream_id"))
        batch_op.drop_index(batch_op.f("ix_review_handouts_made_by_id"))

    op.drop_table("review_handouts")
