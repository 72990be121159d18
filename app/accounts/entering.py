"""Letting in somebody who has proved who they are without the sign-in form."""

from typing import cast

from flask import Response, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import login_user, logout_user

from app.accounts.models import User
from app.accounts.sessions import PROVED_TWICE
from app.extensions import security


def enter(
    user: User, via: str, *, onward: str = "/", twice: bool = False
) -> ResponseReturnValue | None:
    """Sign `user` in, by way of the second step where they have one or the settings want one.

    `via` says how they proved who they are, for Flask-Security. Returns where to go first, or None when
    they are signed in; `onward`, a path of ours, is kept through the second step. `twice`: they have
    taken a second step elsewhere, which stands for ours.
    """
    if current_user.is_authenticated:
        logout_user()
    if not twice:
        if user.must_use_passkey:
            flash("Sign in with your passkey: nothing less is enough for you", "error")
            return redirect(url_for("security.login"), 303)
        following = onward if onward != "/" else None
        second = security.two_factor_plugins.tf_enter(user, False, via, next_loc=following)
        if second:
            return redirect(cast(Response, second).location or "/", 303)
    login_user(user, authn_via=[via])
    if twice:
        session[PROVED_TWICE] = True
    return None
