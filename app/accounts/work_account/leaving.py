"""Signing out of Waymark leaves the work account signed in: on a shared computer that matters."""

from typing import Any

from flask import Flask, flash, session, url_for
from flask_login import user_logged_out
from markupsafe import Markup

# In the session of who came by a work account whose provider has a place to sign out at.
OFFER = "offer_work_account_sign_out"


def _offer(_sender: Flask, **_: Any) -> None:
    if not session.pop(OFFER, False):
        return
    link = Markup('<a href="{}">Sign out of your work account too</a>').format(
        url_for("accounts.sign_out_of_work_account")
    )
    flash(
        Markup("You are signed out of Waymark. {} if others use this computer.").format(link),
        "info",
    )


def register(app: Flask) -> None:
    """Called once by `register`."""
    user_logged_out.connect(_offer, app)
