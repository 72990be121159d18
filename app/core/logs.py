"""The log: one line for each thing that went wrong, with the id of the request that history and the
error's own headers carry. No names, addresses or words that people typed."""

import logging

from flask import Flask, g, has_request_context
from flask.logging import default_handler


class RequestId(logging.Filter):
    """Gives every record the `request_id` that the format below prints."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = g.get("request_id", "-") if has_request_context() else "-"
        return True


def register_logs(app: Flask) -> None:
    """Set the application's own logger up."""
    default_handler.addFilter(RequestId())
    default_handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s request=%(request_id)s %(message)s")
    )
    app.logger.setLevel(logging.INFO)
