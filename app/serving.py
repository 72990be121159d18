"""What happens around the server's start: see gunicorn.conf.py for the settings."""

import gc
import os
from typing import Any

from flask import Flask
from gunicorn.glogging import Logger

from app import config
from app.core.logs import dress
from app.operations import metric_files


class ServerLog(Logger):
    """gunicorn's own log, in the form of Waymark's, without whose request it was or what it said:
    it would quote network addresses, request lines and headers."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            dress(handler, config.logs())

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        if msg.startswith("Invalid request from"):
            msg, args = "A request that is not HTTP was refused", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        if msg.startswith("Error handling request"):
            msg, args = "Error handling a request", ()
        super().exception(msg, *args, **kwargs)


def prepare_metrics(port: str) -> None:
    """Before the application is loaded: where the workers keep the counts of the server on `port`."""
    if config.metrics_token():
        metric_files.prepare(config.instance(), port)


def worker_ended(_server: Any, worker: Any) -> None:
    """gunicorn's child_exit, in the master."""
    metric_files.forget_worker(worker.pid)


def stopped(_server: Any) -> None:
    """gunicorn's on_exit, in the master."""
    metric_files.clear()


def starting(server: Any) -> None:
    """gunicorn's on_starting. WAYMARK_PREPARE=1 (`make run`) first makes the database ready, in
    this process: a command of its own would import everything twice more."""
    if os.environ.get("WAYMARK_PREPARE") == "1":
        prepare(server.app.wsgi())


def ready(_server: Any) -> None:
    """gunicorn's when_ready: before the workers are forked.

    The collector's pauses made the slowest requests. What exists now lives for ever, so it is
    never looked at again (and the workers go on sharing its memory); young objects are looked at
    less often than by default (700).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def forked(server: Any, _worker: Any) -> None:
    """gunicorn's post_fork: a database connection must not be shared by two processes."""
    from app.extensions import db

    with server.app.wsgi().app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)


def prepare(app: Flask) -> None:
    """Bring the database to the newest migration, load the demo the first time, say where to look.

    Raises RuntimeError when the demo data cannot be loaded (a database that holds other users).
    """
    from flask_migrate import upgrade

    from app.extensions import db

    with app.app_context():
        upgrade()
        for engine in db.engines.values():
            engine.dispose()
    if app.config["DEMO"]:
        _load_demo(app)
    print(_greeting(app), flush=True)  # noqa: T201 (for the person at the terminal)


def _load_demo(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    if result.exit_code:
        raise RuntimeError(f"The demo data could not be loaded: {result.output}")


def _greeting(app: Flask) -> str:
    lines = ["", f"  Waymark is at http://127.0.0.1:{os.environ.get('PORT', '8000')}", ""]
    if app.config["DEMO"]:
        from app.accounts.demo_accounts import DEMO_ACCOUNTS

        lines += [f"  {account.email:<30} {account.title}" for account in DEMO_ACCOUNTS]
        lines += ["", f"  Their password is {app.config['DEMO_PASSWORD']}"]
    return "\n".join([*lines, "  Stop it with Ctrl+C.", ""])


if __name__ == "__main__":
    from wsgi import app as _app

    prepare(_app)
