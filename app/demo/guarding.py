"""The demo and real people do not mix: its passwords are public."""

import sqlalchemy as sa
from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from app.accounts.demo_accounts import DOMAIN
from app.accounts.models import Invitation, User
from app.core.errors import show_error
from app.extensions import db

REFUSAL = (
    "This database holds people who are not the demo's, and the demo's passwords are public. "
    "Unset WAYMARK_DEMO to use it, or point the demo at a database of its own."
)


class NotTheDemos(Exception):
    """The demo must not touch this database; the message says why."""


def holds_other_people() -> bool:
    """Whether anybody has an account who is neither the demo's nor was invited from within it.

    `.example` names are reserved (RFC 2606), so an address at waymark.example is nobody's own.
    """
    found = db.session.scalar(
        sa.select(User.id)
        .where(
            ~User.email.endswith("@" + DOMAIN, autoescape=True),
            ~sa.exists().where(
                Invitation.user_id == User.id, Invitation.invited_by_id.is_not(None)
            ),
        )
        .limit(1)
    )
    return found is not None


def check_ours() -> None:
    """Raise NotTheDemos outside demo mode, and when the database holds other people."""
    if not current_app.config["DEMO"]:
        raise NotTheDemos("This is not the demo: set WAYMARK_DEMO=1.")
    if holds_other_people():
        raise NotTheDemos(REFUSAL)


def register_guard(app: Flask) -> None:
    """In demo mode, serve nothing from a database that holds other people. Asked once a process."""
    checked = False

    @app.before_request
    def refuse_other_people() -> ResponseReturnValue | None:
        nonlocal checked
        # The health checks speak for themselves, of a database that is not ready too.
        if checked or not app.config["DEMO"] or request.blueprint == "health":
            return None
        if holds_other_people():
            return show_error(503, REFUSAL, "This is not the demo's database")
        checked = True
        return None
