"""When the database cannot be reached, is locked, or has no room: a page that says so, and the way on."""

import errno
from collections.abc import Iterator

from flask import Flask, Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.core import htmx
from app.core.database import SAFE_METHODS, only_read_from_here
from app.core.errors import show_error, unexpected
from app.core.unit_of_work import committing, give_up
from app.extensions import db

NO_ROOM = "Waymark has no room to save"
_NO_ROOM_WORDS = (
    "Nothing was saved, and nothing can be until somebody makes room on the server: tell the people "
    "who run Waymark. You can go on reading. "
)
_KEPT_WORDS = "Your browser still holds what you typed: go back to it, and save it again later."
_KEPT_IN_PLACE = "What you typed is still here."
IN_DOUBT = "We cannot tell whether that was saved"
_IN_DOUBT_WORDS = (
    "Waymark lost touch with the database while it was saving. Look at the page again, or send it once "
    "more: what was saved already is not saved twice."
)
# Seconds after which it is worth trying again.
_RETRY_AFTER, _RETRY_AFTER_NO_ROOM = "5", "120"


# What PostgreSQL and SQLite say when the disk is full, and the codes of the system itself.
_FULL_SQLSTATES = frozenset({"53100"})
_FULL_SQLITE = frozenset({"SQLITE_FULL"})
_FULL_ERRNO = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = getattr(error, "orig", None) or error.__cause__ or error.__context__


def _is_disk_full(error: BaseException) -> bool:
    """Whether an error, or what led to it, says that there is no room left to write."""
    return any(
        getattr(cause, "sqlstate", None) in _FULL_SQLSTATES
        or getattr(cause, "sqlite_errorname", None) in _FULL_SQLITE
        or (isinstance(cause, OSError) and cause.errno in _FULL_ERRNO)
        for cause in _causes(error)
    )


def _is_in_doubt(error: BaseException) -> bool:
    """Whether the connection was lost while committing: the database may have done it all the same."""
    return committing() and bool(getattr(error, "connection_invalidated", False))


def _unavailable(error: BaseException) -> Response:
    """The answer while the database cannot be reached, is locked, or has no room: nothing was saved,
    what was typed is not lost, try again. Rolls back."""
    in_doubt = _is_in_doubt(error)
    give_up()
    only_read_from_here()
    if db.engine.dialect.name != "sqlite" and "_login_user" not in g:
        # Who is signed in was what could not be read, and asking again would take as long.
        g._login_user = AnonymousUserMixin()
    full = _is_disk_full(error) and request.method not in SAFE_METHODS
    words = title = None
    if full:
        kept = _KEPT_IN_PLACE if htmx.wants_fragment() else _KEPT_WORDS
        words, title = _NO_ROOM_WORDS + kept, NO_ROOM
    elif in_doubt:
        words, title = _IN_DOUBT_WORDS, IN_DOUBT
    response = make_response(show_error(503, words, title))
    response.headers["Retry-After"] = _RETRY_AFTER_NO_ROOM if full else _RETRY_AFTER
    return response


def register_unavailable(app: Flask) -> None:
    """Answer what the database and the disk refuse."""

    # Locked, gone, full, or (InternalError) a standby that may only be read.
    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    @app.errorhandler(InternalError)
    @app.errorhandler(NoConnectionFree)
    def database_unavailable(error: Exception) -> Response:
        current_app.logger.exception("The database did not answer")
        return _unavailable(error)

    @app.errorhandler(OSError)
    def no_room(error: OSError) -> ResponseReturnValue:
        if not _is_disk_full(error):
            return unexpected(error)
        current_app.logger.exception("There is no room left on the disk")
        return _unavailable(error)
