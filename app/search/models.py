"""The index: a row for each thing that can be found, and each database's own way to its words.

SQLite keeps the words in an FTS5 table that triggers follow, PostgreSQL in generated columns under one
GIN index. Neither is known to the models; migrations/env.py leaves both out of its comparison.
"""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base

# A place in the order of hits is one number: kind, then day, then id. SQLite's FTS5 reads its rows in
# that order without sorting.
ID_BITS = 37
DAY_BITS = 20


class SearchEntry(Base):
    """Something that can be found. `app.search.keeping` is the only writer.

    `title`, `body` are shown; `title_words`, `body_words` are looked through (`app.search.words`), and
    `marks` says in words of our own who may read it, what kind it is and whether it is done.
    """

    __tablename__ = "search_entries"
    __table_args__ = (sa.UniqueConstraint("kind", "subject_id"),)

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[uuid.UUID]
    workstream_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("workstreams.id", ondelete="CASCADE"), index=True
    )
    right: Mapped[str] = mapped_column(sa.String(60))
    sort: Mapped[int] = mapped_column(sa.BigInteger)
    title: Mapped[str] = mapped_column(sa.Text)
    body: Mapped[str] = mapped_column(sa.Text)
    path: Mapped[str] = mapped_column(sa.Text)
    on_date: Mapped[date | None]
    title_words: Mapped[str] = mapped_column(sa.Text)
    body_words: Mapped[str] = mapped_column(sa.Text)
    marks: Mapped[str] = mapped_column(sa.Text)


WORDS_TABLE = "search_words"

_PLACE = f"(({{row}}.sort << {ID_BITS}) | {{row}}.id)"
_ADD = (
    "INSERT INTO search_words (rowid, title, body, marks) "  # noqa: S608 (constants)
    f"VALUES ({_PLACE.format(row='new')}, new.title_words, new.body_words, new.marks);"
)
# FTS5 keeps no copy of what it indexed, so it is told what to forget.
_FORGET = (
    "INSERT INTO search_words (search_words, rowid, title, body, marks) "  # noqa: S608
    f"VALUES ('delete', {_PLACE.format(row='old')}, old.title_words, old.body_words, old.marks);"
)
_TRIGGERS = {
    "search_entries_added": f"AFTER INSERT ON search_entries BEGIN {_ADD} END",
    "search_entries_removed": f"AFTER DELETE ON search_entries BEGIN {_FORGET} END",
    "search_entries_changed": f"AFTER UPDATE ON search_entries BEGIN {_FORGET} {_ADD} END",
}
# `prefix` counts the letter that stands in front of each word (app/search/words.py).
ON_SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "title, body, marks, content = '', tokenize = 'ascii', prefix = '4 5 6 7 8 9')",
    *(f"CREATE TRIGGER {name} {what}" for name, what in _TRIGGERS.items()),
)
OFF_SQLITE = (
    *(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS),
    "DROP TABLE IF EXISTS search_words",
)
# No pending list: what waits in it would be read through by every search.
ON_POSTGRESQL = (
    "ALTER TABLE search_entries "
    "ADD COLUMN title_vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', title_words)) STORED, "
    "ADD COLUMN text_vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', title_words || ' zz ' || body_words)) STORED, "
    "ADD COLUMN mark_list text[] "
    "GENERATED ALWAYS AS (string_to_array(marks, ' ')) STORED",
    "CREATE INDEX ix_search_entries_words ON search_entries "
    "USING gin (text_vector, title_vector, mark_list) WITH (fastupdate = off)",
)


def _run(moment: str, dialect: str, statements: tuple[str, ...]) -> None:
    """Have `create_all` and `drop_all` do as the migrations do."""
    ddl: Any = sa.DDL
    for statement in statements:
        event.listen(SearchEntry.__table__, moment, ddl(statement).execute_if(dialect=dialect))


_run("after_create", "sqlite", ON_SQLITE)
_run("after_create", "postgresql", ON_POSTGRESQL)
_run("before_drop", "sqlite", OFF_SQLITE)
