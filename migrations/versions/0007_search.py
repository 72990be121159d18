"""search

The index itself is filled at the end of `flask db upgrade` (migrations/env.py), by the code of the day.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ADD = (
    "INSERT INTO search_words (rowid, title, body, marks) "
    "VALUES (((new.sort << 37) | new.id), new.title_words, new.body_words, new.marks);"
)
_FORGET = (
    "INSERT INTO search_words (search_words, rowid, title, body, marks) "
    "VALUES ('delete', ((old.sort << 37) | old.id), old.title_words, old.body_words, old.marks);"
)


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("workstream_id", sa.Uuid(), nullable=False),
        sa.Column("right", sa.String(length=60), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("body_words", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workstream_id"],
            ["workstreams.id"],
            name=op.f("fk_search_entries_workstream_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_search_entries_kind_subject_id")),
    )
    with op.batch_alter_table("search_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_search_entries_workstream_id"), ["workstream_id"], unique=False
        )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5("
            "title, body, marks, content = '', tokenize = 'ascii', prefix = '4 5 6 7 8 9')"
        )
        for name, what in (
            ("search_entries_added", f"AFTER INSERT ON search_entries BEGIN {_ADD} END"),
            ("search_entries_removed", f"AFTER DELETE ON search_entries BEGIN {_FORGET} END"),
            (
                "search_entries_changed",
                f"AFTER UPDATE ON search_entries BEGIN {_FORGET} {_ADD} END",
            ),
        ):
            op.execute(f"CREATE TRIGGER {name} {what}")
    else:
        op.execute(
            "ALTER TABLE search_entries "
            "ADD COLUMN title_vector tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple', title_words)) STORED, "
            "ADD COLUMN text_vector tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple', title_words || ' zz ' || body_words)) STORED, "
            "ADD COLUMN mark_list text[] "
            "GENERATED ALWAYS AS (string_to_array(marks, ' ')) STORED"
        )
        op.execute(
            "CREATE INDEX ix_search_entries_words ON search_entries "
            "USING gin (text_vector, title_vector, mark_list) WITH (fastupdate = off)"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER search_entries_{name}")
        op.execute("DROP TABLE search_words")
    else:
        op.drop_index("ix_search_entries_words", table_name="search_entries")
    with op.batch_alter_table("search_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_entries_workstream_id"))
    op.drop_table("search_entries")
