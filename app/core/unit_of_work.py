"""One transaction per request: committed once, and only when the answer is a success.

Services flush, they never commit. `after_commit` is for effects that must not happen when the
transaction fails (sending a message that an outbox row records, for example).
"""

from collections.abc import Callable

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from app.core.database import SAFE_METHODS
from app.extensions import db


class UnitOfWorkFlask(Flask):
    """Flask with the unit of work around each view, so that a failed commit is handled like any
    other error of the view and never reported to the user as saved."""

    def dispatch_request(self) -> ResponseReturnValue:
        response = self.make_response(super().dispatch_request())
        if request.method not in SAFE_METHODS:
            finish(response)
        return response


def finish(response: Response) -> None:
    """Commit when the response is below 400, else roll back."""
    if response.status_code >= 400:
        db.session.rollback()
        return
    db.session.commit()
    for effect in g.pop("after_commit", []):
        try:
            effect()
        except Exception:
            # The change is saved; the effect has its own retry (outbox). Never a 500 for it.
            current_app.logger.exception("An effect after the commit failed")


def after_commit(effect: Callable[[], None]) -> None:
    """Run `effect` once this request's transaction is committed."""
    if "after_commit" not in g:
        g.after_commit = []
    g.after_commit.append(effect)
