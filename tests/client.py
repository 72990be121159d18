"""A test client that behaves as a browser would, and refuses pages that a browser should not get.

- `sign_in(user)` opens a session for a user, as the sign-in page would.
- `post` fetches a CSRF token by itself unless told `csrf=False`.
- every HTML response is linted: see `tests/lint.py`.
"""

import contextvars
import time
import uuid
from typing import Any

from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from app.accounts.models import SignIn, User
from app.accounts.sessions import SEEN, SIGN_IN
from app.extensions import db
from tests.lint import lint

HTMX = {"HX-Request": "true"}


class LintingClient(FlaskClient):
    """See the module."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["wsgi.url_scheme"] = "https"
        self.environ_base["HTTP_REFERER"] = "https://localhost/"

    def sign_in(self, user: User) -> "LintingClient":
        """Open a session for `user`; returns the client, so that calls chain."""
        sign_in = SignIn(user_id=user.id)
        db.session.add(sign_in)
        # Read before the commit: a read after it would leave a transaction open.
        identity, sign_in_id = user.fs_uniquifier, str(sign_in.id)
        db.session.commit()
        with self.session_transaction() as cookie:
            cookie["_user_id"] = identity
            cookie["_fresh"] = True
            cookie[SIGN_IN] = sign_in_id
            cookie[SEEN] = int(time.time())
        return self

    def csrf_token(self) -> str:
        """A token for this client's session."""
        # In a context of its own: the token would otherwise be kept in the test's `g` for the next.
        return contextvars.Context().run(self._csrf_token)

    def _csrf_token(self) -> str:
        app = self.application
        with self.session_transaction() as cookie, app.test_request_context():
            session.update(cookie)
            token = generate_csrf()
            cookie["csrf_token"] = session["csrf_token"]
        return str(token)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        method = kwargs.get("method", "GET")
        if method in {"POST", "PUT", "PATCH", "DELETE"} and kwargs.pop("csrf", True):
            data = kwargs.get("data")
            if data is None or isinstance(data, dict):
                kwargs["data"] = {"csrf_token": self.csrf_token(), **(data or {})}
        # Read to its end, so that a file's response is closed.
        kwargs.setdefault("buffered", True)
        # The request sees what the test has made, and has a context of its own: Flask would
        # otherwise lend it the test's, with the user that the last request left in `g`.
        db.session.commit()
        response = contextvars.Context().run(super().open, *args, **kwargs)
        # What the test holds is read anew, as the request has left it.
        db.session.rollback()
        lint(response, fragment=is_htmx(kwargs))
        return response

    def htmx(self, method: str, url: str, **kwargs: Any) -> TestResponse:
        """The same request as HTMX would send it."""
        headers = {**HTMX, **kwargs.pop("headers", {})}
        return self.open(url, method=method, headers=headers, **kwargs)


def is_htmx(kwargs: dict[str, Any]) -> bool:
    return (kwargs.get("headers") or {}).get("HX-Request") == "true"


def new_id() -> str:
    """An id as a create form carries it."""
    return str(uuid.uuid4())
