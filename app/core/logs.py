"""The log: a line for each request and for each thing that went wrong, with the id of the request that
history and the answer's own headers carry. No names, addresses or words that people typed."""

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Flask, g, has_request_context
from flask.logging import default_handler
from sqlalchemy.exc import StatementError

from app.core.errors import violated_constraint

TEXT = "%(asctime)s %(levelname)s request=%(request_id)s %(message)s"


class RequestId(logging.Filter):
    """Gives every record the `request_id` that the formats below print."""

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


class JsonLines(logging.Formatter):
    """One JSON object on one line. What `extra={"fields": {…}}` brings stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request_id := getattr(record, "request_id", "-")) != "-":
            line["request_id"] = request_id
        line |= getattr(record, "fields", {})
        error = record.exc_text or (record.exc_info and self.formatException(record.exc_info))
        if error:
            line["traceback"] = error
        return json.dumps(line)


_REQUEST_ID = RequestId()
_WITHOUT_VALUES = WithoutValues()


def dress(handler: logging.Handler, form: str) -> None:
    """Make a handler write as Waymark does: `form` is "json" or "text"."""
    # Each is added once, however often the same handler comes by.
    handler.addFilter(_REQUEST_ID)
    handler.addFilter(_WITHOUT_VALUES)
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(TEXT))


def register_logs(app: Flask) -> None:
    """Set the log of this process up: Waymark's own lines, and warnings of every library."""
    dress(default_handler, app.config["LOGS"])
    logging.getLogger().addHandler(default_handler)
    # (Also on the logger itself, for whatever else may listen to it.)
    app.logger.addFilter(_WITHOUT_VALUES)
    app.logger.setLevel(logging.INFO)
