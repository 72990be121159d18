"""What goes with second factors: administrators must have one where the settings say so, the owner
is told by e-mail of every change, and the library's set-up steps are kept on their way."""

from typing import Any

from flask import Flask, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import (
    tf_code_confirmed,
    tf_disabled,
    tf_profile_changed,
    wan_deleted,
    wan_registered,
)
from markupsafe import Markup

from app.accounts.models import User
from app.accounts.security_mail import tell_of_change
from app.accounts.sessions import PROVED_TWICE
from app.core import htmx
from app.extensions import security

# What an administrator without a second factor may still call.
ALLOWED_FIRST = frozenset(
    {
        "static",
        "security.logout",
        "security.verify",
        "security.wan_verify",
        "security.wan_verify_response",
        "security.two_factor_setup",
        "security.two_factor_token_validation",
        "security.wan_register",
        "security.wan_register_response",
        "accounts.confirm_with_work_account",
        "accounts.work_account_return",
        "accounts.stay",
        "accounts.second_factor",
    }
)
SETTING_UP = "validating_profile"


def require_second_factor() -> ResponseReturnValue | None:
    """Before every view: somebody who was made an administrator while signed in, or whose second
    factor was taken away, sets one up before anything else."""
    if request.endpoint is None or request.endpoint in ALLOWED_FIRST:
        return None
    if request.endpoint.startswith("health."):
        return None
    if not current_user.is_authenticated or not current_user.needs_second_factor:
        return None
    if current_user.has_second_factor or session.get(PROVED_TWICE):
        return None
    return htmx.go_to(url_for("accounts.second_factor"))


def keep_setting_up() -> ResponseReturnValue | None:
    """The library signs out whoever, signed in, opens the code page with nothing to confirm. A GET
    must never sign out: lead them to their account instead."""
    if request.endpoint != "security.two_factor_token_validation":
        return None
    if session.get("tf_state") == SETTING_UP:
        g.was_setting_up = True
        return None
    if current_user.is_authenticated:
        return redirect(url_for("accounts.account"), 303)
    return None


def setting_up() -> dict[str, Any]:
    """For the code page: the picture and key of the app being set up, so that a mistyped code does
    not mean starting again."""
    if session.get("tf_state") != SETTING_UP or "tf_totp_secret" not in session:
        return {"set_up": None}
    user = current_user
    if not user.is_authenticated:
        user = security.datastore.find_user(fs_uniquifier=session.get("tf_user_id"))
    return {"set_up": security.totp_factory.fetch_setup_values(session["tf_totp_secret"], user)}


def _offer_recovery_codes(_sender: Flask, **_: Any) -> None:
    """An app is set up: without recovery codes a lost phone locks its owner out."""
    if g.get("was_setting_up"):
        link = Markup('<a href="{}">Get recovery codes</a>').format(
            url_for("security.mf_recovery_codes")
        )
        flash(Markup("{} now, in case you lose your phone.").format(link), "info")


def _app_set_up(_sender: Flask, user: User, **_: Any) -> None:
    if g.get("was_setting_up"):
        tell_of_change(user, "An authenticator app was set up for your account.")


def _app_removed(_sender: Flask, user: User, **_: Any) -> None:
    tell_of_change(user, "The authenticator app was removed from your account.")


def _passkey_added(_sender: Flask, user: User, name: str, **_: Any) -> None:
    tell_of_change(user, f"A passkey named “{name}” was added to your account.")


def _passkey_removed(_sender: Flask, user: User, name: str, **_: Any) -> None:
    tell_of_change(user, f"The passkey named “{name}” was removed from your account.")


def register_second_factor(app: Flask) -> None:
    """Called once by `register`."""
    app.before_request(require_second_factor)
    app.before_request(keep_setting_up)
    security.tf_token_validation_context_processor(setting_up)
    for signal in (tf_profile_changed, tf_code_confirmed):
        signal.connect(_offer_recovery_codes, app)
        signal.connect(_app_set_up, app)
    tf_disabled.connect(_app_removed, app)
    wan_registered.connect(_passkey_added, app)
    wan_deleted.connect(_passkey_removed, app)
