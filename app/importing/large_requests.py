"""Routes that take a file: they alone let a request be larger than the rest of Waymark does.

The limit has to be known before anything reads the form, and CSRF protection reads it first; so the
route says so with `takes_file`, and this looks before any view or check runs.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from app.core import access
from app.core.errors import show_error
from app.core.unit_of_work import give_up
from app.importing.limits import MEGABYTE, MOST_BYTES

View = TypeVar("View", bound=Callable[..., Any])

# The rest of the form around the file.
_MARGIN = MEGABYTE // 4
# A browser that is cut off while it sends shows its own error instead of ours.
_READ_TO_THE_END = 60 * MEGABYTE
_PIECE = 64 * 1024


def takes_file(too_large: Callable[..., ResponseReturnValue]) -> Callable[[View], View]:
    """Let a view take files. `too_large(**what the loader gave)` shows its page again, with 413, for
    one that is larger still. Goes below the access rule."""

    def mark(view: View) -> View:
        view.too_large = too_large  # type: ignore[attr-defined]
        return view

    return mark


def _answer() -> Callable[..., ResponseReturnValue] | None:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "too_large", None)


def register_large_requests(app: Flask) -> None:
    """Called once, by the feature."""

    @app.url_value_preprocessor
    def raise_limit(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
        if _answer() is not None:
            request.max_content_length = MOST_BYTES + _MARGIN

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
        give_up()
        answer = _answer()
        if answer is None:
            return show_error(413)
        _read_to_the_end()
        try:
            # It was refused before the rule of the route could be asked.
            refused = access.enforce()
        except HTTPException as refusal:
            return show_error(refusal.code or 500, refusal.description)
        if refused is not None:
            return refused  # type: ignore[no-any-return]
        return answer(**(request.view_args or {}))


def _read_to_the_end() -> None:
    """Take the rest of the request and throw it away, within reason."""
    body, left = request.environ["wsgi.input"], request.content_length or 0
    left = min(left, _READ_TO_THE_END)
    while left > 0:
        piece = body.read(min(_PIECE, left))
        if not piece:
            return
        left -= len(piece)
