"""Invitations: a link that is good once and for 48 hours. Only its hash is kept."""

import secrets
import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_security import hash_password

from app.accounts import queries, services
from app.accounts.models import GlobalRole, Invitation, Organisation, User
from app.accounts.security_mail import absolute_url
from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from app.outbox import services as outbox

GOOD_FOR = timedelta(hours=48)


def invite(
    *,
    by: User | None,
    name: str,
    email: str,
    organisation: Organisation | None = None,
    global_role: GlobalRole | None = None,
    id: uuid.UUID | None = None,
) -> tuple[User, str | None]:
    """Make an account without a password and send its owner the link that sets one.

    Returns the user and the link; the link is None when a double submit found the person already
    invited. `by` is None on the command line. Raises Refused when the address has an account.
    """
    user, created = services.create_user(
        name=name, email=email, organisation=organisation, global_role=global_role, id=id
    )
    return user, send_link(by=by, user=user) if created else None


def send_link(*, by: User | None, user: User) -> str:
    """A new link for somebody who has not set a password yet; it replaces the old one.

    Raises Refused for somebody who has an account that works, or is suspended.
    """
    _check_may_be_sent(user)
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.user_id == user.id, Invitation.accepted_at.is_(None))
        .where(Invitation.expires_at > clock.now())
        .values(expires_at=clock.now())
    )
    token = secrets.token_urlsafe(32)
    db.session.add(
        Invitation(
            user_id=user.id,
            invited_by_id=by.id if by else None,
            token_hash=queries.hash_of(token),
            expires_at=clock.now() + GOOD_FOR,
        )
    )
    link = absolute_url("accounts.accept_invitation", token=token)
    inviter = f"{by.name} has invited you" if by else "You are invited"
    outbox.send(
        recipient=user.email,
        subject="Your invitation to Waymark",
        body=(
            f"Hello {user.name}\n\n{inviter} to Waymark, where community programmes are run "
            f"together.\n\n{_start()}:\n\n{link}\n\n"
            "The link works once and for 48 hours. If it has run out, ask for a new one. If you "
            "did not expect this message, do nothing: without the link nobody can use the account.\n"
        ),
    )
    db.session.flush()
    return link


def _start() -> str:
    if current_app.config["OIDC_ISSUER"]:
        return "Start with your work account or a password of your choice"
    return "Choose a password and start"


def _check_may_be_sent(user: User) -> None:
    if user.password:
        raise Refused(f"{user.name} has already set a password. They can ask for a new one.")
    if user.has_joined:
        raise Refused(f"{user.name} already signs in with a work account.")
    if not user.active:
        raise Refused(f"{user.name} is suspended. Bring them back first.")


def send_again(*, by: User, user: User, newest_seen: uuid.UUID | None) -> bool:
    """A new link, unless one was sent since the page was opened whose button was pressed: a double
    click sends one message. `newest_seen` is the invitation that the page showed, None for none.

    Returns whether it was sent. Raises Refused as `send_link` does.
    """
    _check_may_be_sent(user)
    # On PostgreSQL the second of two presses waits here for the first.
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())
    newest = queries.latest_invitation(user)
    if newest is not None and newest.id != newest_seen:
        return False
    send_link(by=by, user=user)
    return True


def accept(*, invitation: Invitation, user: User, name: str, password: str) -> User:
    """Use the link up: the account gets its name and password. Raises Refused as `use_up` does."""
    use_up(invitation, user)
    user.name = name
    user.password = hash_password(password)
    db.session.flush()
    return user


def use_up(invitation: Invitation, user: User) -> None:
    """The link will not work again.

    Raises Refused when it was used or ran out meanwhile. Two browsers that use it at once are told
    apart by the database: only one of them finds it unused.
    """
    used: Any = db.session.execute(
        sa.update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .values(accepted_at=clock.now())
    )
    if used.rowcount != 1 or user.has_joined or not user.active:
        raise Refused("This link has been used already. Sign in, or ask for a new invitation.")
