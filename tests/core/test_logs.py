"""The log names the request, so that an error page, its log line and its history can be matched."""

import logging

from flask import g

from app.core.logs import RequestId


class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.ids = []
        self.addFilter(RequestId())

    def emit(self, record):
        self.ids.append(record.request_id)


def test_a_line_carries_the_id_of_its_request(app):
    kept = Kept()
    app.logger.addHandler(kept)
    try:
        with app.test_request_context("/healthz"):
            app.preprocess_request()
            app.logger.warning("Something went wrong")
            assert kept.ids == [g.request_id]
    finally:
        app.logger.removeHandler(kept)


def test_so_does_the_answer(client):
    assert len(client.get("/healthz").headers["X-Request-ID"]) == 36
