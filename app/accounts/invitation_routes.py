"""The link in an invitation."""

from typing import cast

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import login_user, logout_user

from app.accounts import invitations, queries
from app.accounts.blueprint import bp
from app.accounts.forms import AcceptForm
from app.accounts.models import User
from app.core import access, htmx
from app.extensions import db, security


@bp.route("/account/invitation/<token>", methods=["GET", "POST"])
@access.public
def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose a password; then you are signed in."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        return render_template("accounts/invitation_unknown.html"), 404
    user = db.session.get(User, invitation.user_id)
    if user is None or not user.active or not queries.is_open(invitation):
        used = invitation.accepted_at is not None
        return render_template("accounts/invitation_over.html", used=used), 410
    form = AcceptForm(obj=user, user=user)
    if form.validate_on_submit():
        with form.saving(user):
            invitations.accept(
                invitation=invitation,
                user=user,
                name=form.name.data,
                password=form.password.data,
            )
        if not form.failed:
            return _sign_in(user)
    return form.show("accounts/accept_invitation.html", email=user.email)


def _sign_in(user: User) -> ResponseReturnValue:
    """By way of the second factor, where the settings want one of this person."""
    if current_user.is_authenticated:
        logout_user()
    second = security.two_factor_plugins.tf_enter(user, False, "invitation", next_loc=None)
    if second:
        return redirect(cast(Response, second).location or "/", 303)
    login_user(user, authn_via=["invitation"])
    return htmx.done("/", f"Welcome to Waymark, {user.name}.")
