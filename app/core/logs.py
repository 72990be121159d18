"""The log: one line for each thing that went wrong, with the id of the request that history and the
error's own headers carry. No names, addresses or words that people typed."""

import logging
import traceback
from collections.abc import Iterator

from flask import Flask, g, has_request_context
from flask.logging import default_handler
from sqlalchemy.exc import StatementError

from app.core.errors import violated_constraint


class RequestId(logging.Filter):
    """Gives every record the `request_id` that the format below prints."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = g.get("request_id", "-") if has_request_context() else "-"
        return True


class WithoutValues(logging.Filter):
    """Drops what databases quote: PostgreSQL repeats the values of a row in its complaint about it.

    The traceback stays; of the error itself only the kind and the constraint are told.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and any(isinstance(e, StatementError) for e in _chain(error)):
            record.exc_text = _told(error)
            record.exc_info = None
        return True


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it, the newest first."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _told(error: BaseException) -> str:
    """The chain in the order in which it happened: frames, then each error without its words."""
    parts = []
    for one in reversed(list(_chain(error))):
        frames = "".join(traceback.format_tb(one.__traceback__))
        kind = f"{type(one).__module__}.{type(one).__qualname__}"
        constraint = violated_constraint(one) if isinstance(one, StatementError) else None
        parts.append(f"{frames}{kind}" + (f" ({constraint})" if constraint else ""))
    return "\n\n".join(parts)


_REQUEST_ID = RequestId()
_WITHOUT_VALUES = WithoutValues()


def register_logs(app: Flask) -> None:
    """Set the application's own logger up."""
    default_handler.addFilter(_REQUEST_ID)
    default_handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s request=%(request_id)s %(message)s")
    )
    app.logger.addFilter(_WITHOUT_VALUES)
    app.logger.setLevel(logging.INFO)
