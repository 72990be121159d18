"""Your own account."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import logout_user

from app.accounts import sessions
from app.accounts.blueprint import bp
from app.accounts.cards import cards
from app.core import access, htmx


@bp.get("/account")
@access.signed_in
def account() -> ResponseReturnValue:
    """Who you are here and how you sign in."""
    return render_template(
        "accounts/account.html",
        open_sessions=sessions.count_open(current_user),
        recovery_codes=len(current_user.mf_recovery_codes or []),
        cards=cards(),
    )


@bp.get("/account/second-factor")
@access.signed_in
def second_factor() -> ResponseReturnValue:
    """Where an administrator without a second factor is led."""
    return render_template("accounts/second_factor.html")


@bp.post("/account/stay")
@access.signed_in
def stay() -> ResponseReturnValue:
    """The person is still there. (Signed out: 401, so that the page keeps what was typed.)"""
    sessions.note_use()
    return Response(status=204)


@bp.get("/account/sign-out-everywhere")
@access.signed_in
def confirm_sign_out_everywhere() -> ResponseReturnValue:
    """Ask first."""
    return render_template(
        "accounts/confirm_sign_out_everywhere.html", open_sessions=sessions.count_open(current_user)
    )


@bp.post("/account/sign-out-everywhere")
@access.signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this user, this one too."""
    sessions.end_all(current_user)
    logout_user()
    return htmx.done("/account/sign-in", "You are signed out everywhere.")
