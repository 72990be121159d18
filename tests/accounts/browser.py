"""A browser that signs in by the form, as people do."""

import time

from flask import g
from werkzeug.test import TestResponse

from app.accounts.models import User
from tests.client import LintingClient
from tests.factories.accounts import PASSWORD


class Browser(LintingClient):
    """See the module."""

    def csrf_token(self) -> str:
        # The token is cached for a context, and all browsers of a test share the test's.
        g.pop("csrf_token", None)
        return super().csrf_token()

    def enter(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Send the sign-in form."""
        return self.post("/account/sign-in", data={"email": email, "password": password, **more})

    def sign_in_fresh(self, user: User) -> "Browser":
        """Signed in just now, so that the library does not ask for the password again."""
        self.sign_in(user)
        with self.session_transaction() as cookie:
            cookie["fs_paa"] = time.time()
        return self

    @property
    def is_signed_in(self) -> bool:
        return self.get("/account").status_code == 200
