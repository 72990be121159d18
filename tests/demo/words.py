"""Every word that a database holds."""

import json
from collections.abc import Iterator

import sqlalchemy as sa

from app.extensions import db

# What is random or hashed by nature, and so says nothing.
_NOT_WORDS = {"password", "fs_uniquifier", "token_hash", "alembic_version"}


def all_words() -> Iterator[tuple[str, str]]:
    """("table.column", text) of each text and JSON value of each row of each table."""
    for table in db.metadata.sorted_tables:
        columns = [
            column
            for column in table.columns
            if isinstance(column.type, sa.String | sa.JSON)
            and not isinstance(column.type, sa.Enum)
            and column.name not in _NOT_WORDS
        ]
        if not columns:
            continue
        for row in db.session.execute(sa.select(*columns)):
            for column, value in zip(columns, row, strict=True):
                if value not in (None, ""):
                    text = (
                        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                    )
                    yield f"{table.name}.{column.name}", text
