"""The link in an invitation."""

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from app.accounts import invitations, queries
from app.accounts.blueprint import bp
from app.accounts.entering import enter
from app.accounts.forms import AcceptForm
from app.accounts.models import Invitation, User
from app.core import access, htmx
from app.extensions import db


@bp.route("/account/invitation/<token>", methods=["GET", "POST"])
@access.public
def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose a password; then you are signed in."""
    found = usable(token)
    if isinstance(found, Response):
        return found
    invitation, user = found
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
            return enter(user, "invitation") or welcome(user)
    return form.show("accounts/accept_invitation.html", email=user.email, token=token)


def usable(token: str) -> tuple[Invitation, User] | Response:
    """The invitation of a link and whose it is; or the page that says why it is good for nothing."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        return make_response(render_template("accounts/invitation_unknown.html"), 404)
    user = db.session.get(User, invitation.user_id)
    if user is None or not user.active or not queries.is_open(invitation):
        used = invitation.accepted_at is not None
        return make_response(render_template("accounts/invitation_over.html", used=used), 410)
    return invitation, user


def welcome(user: User) -> ResponseReturnValue:
    """To the front page for the first time."""
    return htmx.done("/", f"Welcome to Waymark, {user.name}.")
