"""What somebody meets who is not signed in where they need to be.

A page leads to sign-in and back. A swap leads the whole page there. A form that was sent after the
session had run out must not lose what was typed into it: that is shown, to be copied.
"""

import uuid
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from app.accounts.next_page import asked_for, sign_in_url
from app.core import access, htmx
from app.core.database import SAFE_METHODS

# Never shown again: secrets, and what means nothing to a person.
UNSEEN = frozenset({"csrf_token", "version", "id", "next", "code", "credential"})
MOST_SHOWN = 60


def ask_to_sign_in() -> ResponseReturnValue:
    """The answer to a request that needs somebody signed in."""
    back = asked_for(request)
    if request.endpoint == "accounts.stay":
        return Response(status=401)
    if htmx.wants_fragment() or request.method in SAFE_METHODS:
        return htmx.go_to(sign_in_url(back))
    return _show_what_was_typed(back)


def _show_what_was_typed(back: str) -> Response:
    page = render_template(
        "accounts/signed_out.html", typed=typed_fields(), sign_in=sign_in_url(back)
    )
    response = make_response(page, 401)
    response.headers["Cache-Control"] = "no-store"
    return response


def typed_fields() -> list[tuple[str, str]]:
    """(label, text) of what was typed into the form, without secrets and bookkeeping."""
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, value in request.form.items(multi=True)
        if value.strip()
        and name not in UNSEEN
        and not _is_id(value)
        and "password" not in name.lower()
        and "token" not in name.lower()
    ][:MOST_SHOWN]


def _is_id(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def register_signed_out(app: Flask) -> None:
    """A session that is quite gone (signed out in another tab) shows first as a missing CSRF token:
    then, too, what was typed is shown, rather than only that the token is wrong."""
    before: Any = app.error_handler_spec[None][400][CSRFError]

    def csrf_error(error: CSRFError) -> ResponseReturnValue:
        rule = access.rule_of(request.endpoint) if request.endpoint else None
        if rule is not None and not rule.anyone and not current_user.is_authenticated:
            return ask_to_sign_in()
        answer: ResponseReturnValue = before(error)
        return answer

    app.register_error_handler(CSRFError, csrf_error)
