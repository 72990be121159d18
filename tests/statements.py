"""What a request says to the database, counted and read."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import event

_READS = ("SELECT", "WITH", "PRAGMA", "BEGIN", "SET TRANSACTION READ ONLY", "SAVEPOINT", "RELEASE")


@contextmanager
def statements() -> Iterator[list[str]]:
    """The list of the statements that the block sends, on any engine, BEGIN and the like left out."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith(("BEGIN", "SET TRANSACTION", "PRAGMA")):
            sent.append(statement)

    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)


def writes(sent: list[str]) -> list[str]:
    """Those that are not reads."""
    return [statement for statement in sent if not statement.lstrip().upper().startswith(_READS)]
