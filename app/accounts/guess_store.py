"""Where guesses are counted: a table, so that limits hold across processes and restarts.

Each count is a short transaction of its own, because a refused guess rolls its request back and must
be counted all the same. Keys are hashed: no e-mail or network address stays readable.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from limits.storage import Storage
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import GuessCount
from app.core import clock
from app.extensions import db

FORGET_AFTER = timedelta(days=1)


def digest(text: str) -> str:
    """A keyed hash: nobody who reads the table can test a guess at an address."""
    secret = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


class TableStorage(Storage):
    """A `limits` storage on the table guess_counts, for fixed windows (Flask-Limiter's default)."""

    STORAGE_SCHEME = ["waymark"]

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return sa.exc.SQLAlchemyError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count `amount` more (it may be negative, to give a try back) and return the new count.
        A window that has passed starts anew and lasts `expiry` seconds."""
        now = clock.now()
        insert: Callable[..., Any] = (
            postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        )
        statement = insert(GuessCount).values(
            key=digest(key), tries=max(amount, 0), expires_at=now + timedelta(seconds=expiry)
        )
        passed = GuessCount.expires_at <= now
        more = GuessCount.tries + amount
        statement = statement.on_conflict_do_update(
            index_elements=[GuessCount.key],
            set_={
                "tries": sa.case((passed, statement.excluded.tries), (more < 0, 0), else_=more),
                "expires_at": sa.case(
                    (passed, statement.excluded.expires_at), else_=GuessCount.expires_at
                ),
            },
        ).returning(GuessCount.tries)
        with db.engine.begin() as connection:
            tries = int(connection.scalar(statement))
        if tries == 1:
            self._forget_old(now)
        return tries

    def get(self, key: str) -> int:
        """The count of the window at hand."""
        found = self._row(key)
        return found.tries if found and found.expires_at > clock.now() else 0

    def get_expiry(self, key: str) -> float:
        """When the window at hand ends, in seconds since the epoch."""
        found = self._row(key)
        return found.expires_at.timestamp() if found else time.time()

    def check(self) -> bool:
        with db.engine.connect() as connection:
            connection.execute(sa.select(GuessCount.key).limit(1))
        return True

    def reset(self) -> int | None:
        with db.engine.begin() as connection:
            return connection.execute(sa.delete(GuessCount)).rowcount

    def clear(self, key: str) -> None:
        with db.engine.begin() as connection:
            connection.execute(sa.delete(GuessCount).where(GuessCount.key == digest(key)))

    def _row(self, key: str) -> Any:
        with db.engine.connect() as connection:
            return connection.execute(
                sa.select(GuessCount.tries, GuessCount.expires_at).where(
                    GuessCount.key == digest(key)
                )
            ).first()

    def _forget_old(self, now: datetime) -> None:
        with db.engine.begin() as connection:
            connection.execute(
                sa.delete(GuessCount).where(
                    GuessCount.expires_at < now.astimezone(UTC) - FORGET_AFTER
                )
            )
