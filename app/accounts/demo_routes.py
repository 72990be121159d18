"""Signing in to the demo with one click. Nothing of this exists outside the demo."""

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_security import login_user

from app.accounts import queries
from app.accounts.blueprint import bp
from app.accounts.demo_accounts import DEMO_ACCOUNTS
from app.core import access, htmx
from app.core.local_paths import local_path


@bp.post("/account/demo-sign-in/<slug:account>")
@access.public
def demo_sign_in(account: str) -> ResponseReturnValue:
    """Sign in as one of the demo accounts."""
    if not current_app.config["DEMO"]:
        abort(404)
    email = next((known.email for known in DEMO_ACCOUNTS if known.local_part == account), None)
    user = queries.user_by_email(email) if email else None
    if user is None or not user.active:
        abort(404)
    login_user(user, authn_via=["demo"])
    return htmx.go_to(local_path(request.form.get("next")) or "/")
