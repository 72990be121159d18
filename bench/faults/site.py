"""A small Waymark to be hurt: a database, a server that can be killed, and people at their browsers."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_START = 60.0
SLUG = "bell-foundry"
PLAN = f"/workstreams/{SLUG}/plan"


@dataclass
class Answer:
    """What a server said; status 0 when it said nothing."""

    status: int
    body: str = ""


@dataclass
class Person:
    """A lead at a browser."""

    site: "Site"
    name: str
    cookie: str
    token: str

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> Answer:
        body = urllib.parse.urlencode({**fields, "csrf_token": self.token})
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, response.read().decode())
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()

    def opened(self, path: str) -> dict[str, str] | None:
        """The hidden fields and long texts of the form at `path`; None if it did not open."""
        answer = self.get(path)
        return fields_of(answer.body) if answer.status == 200 else None


def fields_of(page: str) -> dict[str, str]:
    """`id`, `version` and the words in text areas of the form of a page."""
    hidden = re.findall(r'name="(id|version)"[^>]* value="([^"]*)"', page)
    texts = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', page)
    return {name: unescape(value).strip() for name, value in (*hidden, *texts)}


@dataclass
class Site:
    """`rows` activities in one plan, and `people` who lead it."""

    folder: Path
    database_url: str
    people_wanted: int
    rows_wanted: int
    workers: int = 2
    port: int = 0
    # None: the real one.
    today: date | None = date(2021, 6, 18)
    app: Any = None
    rows: list[uuid.UUID] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    server: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or _free_port()
        secret = secrets.token_urlsafe(32)
        settings = {
            "SECRET_KEY": secret,
            "SECURITY_PASSWORD_SALT": "fault",
            "WAYMARK_HOSTS": "127.0.0.1",
            "WAYMARK_HTTPS": "0",
            "WAYMARK_TODAY": self.today.isoformat() if self.today else "",
            "WAYMARK_LOGS": "json",
            "WAYMARK_INSTANCE": str(self.folder),
            "DATABASE_URL": self.database_url,
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("WAYMARK_", "GUNICORN"))}
        self.environment = {
            **kept,
            **settings,
            "PORT": str(self.port),
            "WEB_CONCURRENCY": str(self.workers),
        }
        os.environ.setdefault("SECRET_KEY", secret)
        os.environ.setdefault("SECURITY_PASSWORD_SALT", "fault")
        os.environ.setdefault("WAYMARK_HOSTS", "127.0.0.1")
        from app import create_app

        self.app = create_app(
            {
                "SQLALCHEMY_DATABASE_URI": self.database_url,
                "INSTANCE": self.folder,
                "SECRET_KEY": secret,
                "SESSION_COOKIE_NAME": "waymark",
                "HTTPS": False,
                "TODAY": self.today,
            }
        )
        self._fill()

    def _fill(self) -> None:
        from flask_migrate import upgrade

        from app.accounts.models import SignIn, User
        from app.delivery.models import Activity, DeliveryPlan
        from app.extensions import db
        from app.workstreams.models import MemberRole, Membership, Workstream, WorkstreamKind

        csrf = self._csrf()
        with self.app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            place = Workstream(name="Bell Foundry", slug=SLUG, kind=WorkstreamKind.STRATEGY)
            db.session.add(place)
            db.session.flush()
            plan = DeliveryPlan(
                workstream_id=place.id,
                title="Delivery plan",
                starts_on=date(2021, 4, 1),
                ends_on=date(2022, 3, 31),
            )
            db.session.add(plan)
            db.session.flush()
            for number in range(self.rows_wanted):
                row = Activity(
                    plan_id=plan.id,
                    workstream_id=place.id,
                    position=number,
                    what=f"Activity {number}",
                )
                db.session.add(row)
                self.rows.append(row.id)
            for number in range(self.people_wanted):
                user = User(name=f"Lead {number}", email=f"lead{number}@fault.example")
                db.session.add(user)
                db.session.flush()
                db.session.add(
                    Membership(workstream_id=place.id, user_id=user.id, role=MemberRole.LEAD)
                )
                sign_in = SignIn(user_id=user.id)
                db.session.add(sign_in)
                self.people.append(self._person(user, sign_in, csrf))
            db.session.commit()
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()

    def signed_in_again(self, number: int) -> Person:
        """The same person, who has signed in once more."""
        from app.accounts.models import SignIn, User
        from app.extensions import db

        csrf = self._csrf()
        with self.app.app_context():
            user = db.session.query(User).filter_by(email=f"lead{number}@fault.example").one()
            sign_in = SignIn(user_id=user.id)
            db.session.add(sign_in)
            db.session.flush()
            person = self._person(user, sign_in, csrf)
            db.session.commit()
            db.session.remove()
        return person

    def _csrf(self) -> tuple[str, str]:
        """What a session holds and what a form sends. Everybody here has the same."""
        from flask import session
        from flask_wtf.csrf import generate_csrf

        with self.app.test_request_context():
            token = generate_csrf()
            return str(session["csrf_token"]), token

    def _person(self, user: Any, sign_in: Any, csrf: tuple[str, str]) -> Person:
        from app.accounts.sessions import SEEN, SIGN_IN

        in_session, in_form = csrf
        values = {
            "csrf_token": in_session,
            "_user_id": user.fs_uniquifier,
            "_fresh": True,
            SIGN_IN: str(sign_in.id),
            # In the future: no answer renews the cookie.
            SEEN: int(time.time()) + 1000,
        }
        cookie = self.app.session_interface.get_signing_serializer(self.app).dumps(values)
        return Person(self, user.name, f"waymark={cookie}", in_form)

    # The server ---------------------------------------------------------------------------------

    def start(self, before: tuple[str, ...] = ()) -> None:
        """Start the server and wait until it answers; `before` is a command that runs it."""
        self.starts += 1
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [*before, sys.executable, "-m", "gunicorn", "wsgi:app"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + LONGEST_START
        while self.nobody().status != 200:
            if time.monotonic() > until or self.server.poll() is not None:
                raise RuntimeError(f"The server did not start:\n{self.log()[-2000:]}")
            time.sleep(0.02)

    def nobody(self) -> Answer:
        """Whether the server answers at all, as nobody in particular asks."""
        return Person(self, "nobody", "", "").get("/healthz")

    def worker_ids(self) -> list[int]:
        """The processes that answer."""
        assert self.server is not None
        pid = self.server.pid
        try:
            return [int(i) for i in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except FileNotFoundError:
            return []

    def kill_server(self) -> None:
        """kill -9 of the server and all of its workers at once."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(30)

    def stop(self) -> None:
        """End it as the system would; then by force."""
        if self.server is None or self.server.poll() is not None:
            return
        self.server.terminate()
        try:
            self.server.wait(40)
        except subprocess.TimeoutExpired:
            self.kill_server()

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")


def database_url(engine: str, folder: Path, name: str) -> str:
    """The URL of a new database: a file in `folder`, or one of the tests' own PostgreSQL server."""
    if engine == "sqlite":
        return f"sqlite:///{folder / 'waymark.sqlite3'}"
    from tests.databases import postgresql_url

    return postgresql_url(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
