"""Errors that people may meet, each with words that say what to do, and the pages that show them."""

import sqlalchemy as sa
from flask import Flask, current_app, g, render_template, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.core import htmx
from app.core.database import SAFE_METHODS, Base
from app.core.unit_of_work import give_up
from app.extensions import db


class Refused(Exception):
    """A service cannot do what was asked. `field` names the form field to show it beside."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class EditConflict(Exception):
    """Somebody else saved the thing after this form was opened."""


class Forbidden(HTTPException):
    """403 with the reason in words."""

    code = 403

    def __init__(self, reason: str) -> None:
        super().__init__(description=reason)


# Constraint name -> (form field, what to say). Features add theirs beside the constraint.
CONSTRAINT_MESSAGES: dict[str, tuple[str | None, str]] = {}


def refusal(error: IntegrityError) -> Refused | None:
    """The words for a violated constraint, or None when it has none (a bug, then, not bad input)."""
    name = violated_constraint(error)
    if name is None or name not in CONSTRAINT_MESSAGES:
        return None
    field, message = CONSTRAINT_MESSAGES[name]
    return Refused(message, field)


def violated_constraint(error: StatementError) -> str | None:
    """The name of the constraint that the database complains of; None for other complaints.

    PostgreSQL names it; SQLite names a CHECK, but for UNIQUE gives "table.column, table.column".
    """
    diagnostics = getattr(error.orig, "diag", None)
    if diagnostics is not None:
        named: str | None = diagnostics.constraint_name
        return named
    kind, _, detail = str(error.orig).partition(" constraint failed: ")
    if kind == "CHECK":
        return detail
    if kind != "UNIQUE":
        return None
    if detail.startswith("index '"):
        return detail.removeprefix("index '").rstrip("'")
    columns = [part.split(".") for part in detail.split(", ")]
    table = Base.metadata.tables.get(columns[0][0])
    wanted = {column for _, column in columns}
    uniques: list[sa.UniqueConstraint | sa.PrimaryKeyConstraint | sa.Index] = []
    if table is not None:
        uniques += [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
        uniques += [i for i in table.indexes if i.unique]
        uniques.append(table.primary_key)
    for unique in uniques:
        if {column.name for column in unique.columns} == wanted:
            return str(unique.name)
    return None


_TITLES = {
    400: "We could not understand that",
    401: "Sign in first",
    403: "You cannot do that",
    404: "Page not found",
    405: "That cannot be done at this address",
    409: "Someone else changed this",
    413: "That is too big",
    415: "We cannot read that kind of file",
    422: "There is a problem",
    429: "Too many tries",
    500: "Sorry, something went wrong",
    503: "Waymark is busy",
}
_WORDS = {
    404: "Check the address. If someone sent you the link, you may not have a role on that "
    "workstream: ask its lead.",
    405: "Go back to the page you came from and try again.",
    409: "They saved while you had the page open. Nothing of yours was saved. Go back, reload the "
    "page to see what it says now, and try again.",
    413: "Waymark takes up to {most} MB at a time. Shorten the text or send a smaller file.",
    429: "Wait five minutes, then try again.",
    500: "Nothing was saved. Go back and try again; your browser still holds what you typed.",
    503: "Nothing was saved. Go back, wait a few seconds and try again; your browser still holds "
    "what you typed.",
}
# Where nothing was to be saved.
_WORDS_FOR_READERS = {
    500: "Go back and try again. If it happens again, tell an administrator.",
    503: "Wait a few seconds, then reload the page.",
}
# Beside a form that is still open.
_WORDS_IN_PLACE = {
    500: "Nothing was saved. What you typed is still here: try again.",
    503: "Nothing was saved. What you typed is still here: wait a few seconds and try again.",
}


def show_error(status: int, words: str | None = None, title: str | None = None) -> tuple[str, int]:
    """The error page, or its fragment for an HTMX swap. A failure of ours names the request, so that
    whoever is told of it finds its line in the log."""
    page = "_error_message.html" if htmx.wants_fragment() else "error.html"
    text = words or _words(status)
    reference = g.get("request_id") if status >= 500 else None
    said = {"heading": title or _TITLES.get(status, "Error"), "words": text, "reference": reference}
    try:
        return render_template(page, **said), status
    except SQLAlchemyError:
        # Not even who is signed in can be read now: the page is as for nobody.
        db.session.rollback()
        g._login_user = AnonymousUserMixin()
        return render_template(page, **said), status


def _words(status: int) -> str:
    """What to do about it."""
    if request.method in SAFE_METHODS and status in _WORDS_FOR_READERS:
        return _WORDS_FOR_READERS[status]
    if htmx.wants_fragment() and status in _WORDS_IN_PLACE:
        return _WORDS_IN_PLACE[status]
    most = (current_app.config["MAX_CONTENT_LENGTH"] or 0) // 1024**2
    return _WORDS.get(status, "Go back and try again.").format(most=most)


def unexpected(error: Exception) -> tuple[str, int]:
    """A fault of ours: logged, rolled back, and told without details."""
    app = current_app
    if app.config.get("TESTING") or app.debug:
        raise error
    app.logger.error("Unexpected error", exc_info=error)
    give_up()
    return show_error(500)


def register_errors(app: Flask) -> None:
    """Show every error as a page in plain words."""

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError) -> tuple[str, int]:
        return show_error(
            400,
            "This page was open for a long time, or your browser refused our cookie. Go back, "
            "reload the page and try again. Your browser still holds what you typed.",
            "We could not check that this came from you",
        )

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
        status = error.code or 500
        if status < 400:
            return error
        if request.method not in SAFE_METHODS:
            give_up()
        return show_error(status, error.description if isinstance(error, Forbidden) else None)

    # Where a form is open, `Form.saving` shows both texts; this is for the press of a button.
    @app.errorhandler(EditConflict)
    @app.errorhandler(StaleDataError)
    def changed_meanwhile(error: Exception) -> tuple[str, int]:
        give_up()
        return show_error(409)

    # Likewise: where a form is open, its words stand beside a field.
    @app.errorhandler(Refused)
    def refused(error: Refused) -> tuple[str, int]:
        give_up()
        return show_error(422, error.message)

    app.register_error_handler(Exception, unexpected)
