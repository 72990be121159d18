"""One transaction per request: committed once, and only when the answer is a success.

Services flush, they never commit. `after_commit` is for effects that must not happen when the
transaction fails (sending a message that an outbox row records, for example).
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from app.core.database import SAFE_METHODS
from app.extensions import db

# Deadlock detected, serialisation failure: https://www.postgresql.org/docs/18/mvcc-serialization-failure-handling.html
_CROSSED_SQLSTATES = frozenset({"40P01", "40001"})


class UnitOfWorkFlask(Flask):
    """Flask with the unit of work around each view, so that a failed commit is handled like any
    other error of the view and never reported to the user as saved."""

    def dispatch_request(self) -> ResponseReturnValue:
        try:
            return self._dispatched()
        except OperationalError as error:
            if request.method in SAFE_METHODS or not _crossed(error):
                raise
            current_app.logger.warning("Two requests waited for each other: once more")
            give_up()
            for file in request.files.values():
                file.seek(0)
            return self._dispatched()

    def _dispatched(self) -> Response:
        response = self.make_response(super().dispatch_request())
        if request.method not in SAFE_METHODS:
            finish(response)
        return response

    def log_exception(self, exc_info: Any) -> None:
        """What happens outside of a view; Flask's own words would name the address."""
        self.logger.error("Unexpected error", exc_info=exc_info)


def _crossed(error: OperationalError) -> bool:
    """Whether PostgreSQL ended this transaction to let another one go on: two had locked what the other
    one wanted next. Nothing of it is saved, and by now the other one is done."""
    return getattr(error.orig, "sqlstate", None) in _CROSSED_SQLSTATES


def finish(response: Response) -> None:
    """Commit when the response is below 400, else give up."""
    if response.status_code >= 400:
        give_up()
        return
    g.committing = True
    db.session.commit()
    g.committing = False
    for effect in g.pop("after_commit", []):
        try:
            effect()
        except Exception:
            # The change is saved; the effect has its own retry (outbox). Never a 500 for it.
            current_app.logger.exception("An effect after the commit failed")


def committing() -> bool:
    """Whether the commit has been asked for and not answered."""
    return bool(g.get("committing", False))


def give_up() -> None:
    """Roll back, and take back what was to be said and done after the commit: a page must not say
    "saved" beside "nothing was saved". (What an earlier request has saved may still be said when
    only reading fails.)"""
    db.session.rollback()
    g.pop("committing", None)
    g.pop("after_commit", None)
    if request.method in SAFE_METHODS:
        return
    if "_flashes" in session:
        del session["_flashes"]
    request_ctx.flashes = None


def after_commit(effect: Callable[[], None]) -> None:
    """Run `effect` once this request's transaction is committed; asked for twice, it runs once."""
    effects = g.setdefault("after_commit", [])
    if effect not in effects:
        effects.append(effect)
