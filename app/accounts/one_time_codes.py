"""Codes from an authenticator app: each is good once.

The library leaves it to the application to remember which code was used. Ours are remembered
beside the guesses, for as long as one could be repeated.
"""

from typing import Any

from flask_security import Totp

from app.extensions import db, limiter

REMEMBERED_SECONDS = 300


class Repeated(Exception):
    """The code was used before."""


class OneTimeCodes(Totp):
    """Flask-Security's TOTP, refusing a code the second time."""

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        try:
            return bool(super().verify_totp(token, totp_secret, user, window))
        except Repeated:
            return False

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Called with a code that is right. Raises Repeated when it was right before."""
        key = f"one-time-code:{user.id}:{tmatch.counter}"
        # The store has a connection of its own and must not wait for this one's lock (SQLite).
        db.session.rollback()
        if limiter.storage.incr(key, REMEMBERED_SECONDS) > 1:
            raise Repeated
