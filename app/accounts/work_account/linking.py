"""Which work account is whose. Only an invitation, or its signed-in owner, links one."""

import sqlalchemy as sa

from app.accounts import sessions
from app.accounts.invitations import use_up
from app.accounts.models import Invitation, User, WorkAccount
from app.accounts.security_mail import tell_of_change
from app.accounts.work_account.provider import Identity
from app.core.errors import Refused
from app.extensions import db


def person_of(identity: Identity) -> User | None:
    """Whose work account it is, suspended or not. Nothing but issuer and subject is looked at."""
    return db.session.scalar(
        sa.select(User)
        .join(WorkAccount, WorkAccount.user_id == User.id)
        .where(WorkAccount.issuer == identity.issuer, WorkAccount.subject == identity.subject)
    )


def accept(*, invitation: Invitation, user: User, name: str, identity: Identity) -> None:
    """Use an invitation up: the account gets its name and its work account instead of a password.

    Raises Refused when the link was used or ran out meanwhile, or the work account is somebody's.
    """
    use_up(invitation, user)
    user.name = name
    _add(user, identity)


def link(*, user: User, identity: Identity) -> None:
    """Let `user` sign in with this work account too, and tell them so by e-mail.

    Raises Refused when they have one already, or it is somebody else's.
    """
    if user.work_account is not None:
        raise Refused("Your account is linked to a work account already. Remove that first.")
    _add(user, identity)
    tell_of_change(user, "Your account was linked to a work account, which can now sign you in.")


def _add(user: User, identity: Identity) -> None:
    user.work_account = WorkAccount(issuer=identity.issuer, subject=identity.subject)
    # Two at once are told apart by the constraint, which has its words beside the model.
    db.session.flush()


def unlink(*, user: User) -> None:
    """Take the work account away from somebody who has a password. Raises Refused for whoever has
    not: it is their only way in."""
    if not user.password:
        raise Refused("It is your only way in. Choose a password first.")
    _remove(user)


def unlink_by_administrator(*, user: User) -> None:
    """For somebody who has changed employer, say. Ends their sessions; without a password they need a
    new invitation."""
    _remove(user)
    sessions.end_all(user)


def _remove(user: User) -> None:
    if user.work_account is None:
        return
    user.work_account = None
    db.session.flush()
    tell_of_change(
        user, "The work account was removed from your account: it no longer signs you in."
    )
