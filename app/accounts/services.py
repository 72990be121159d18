"""Writes to people and organisations."""

import uuid

import sqlalchemy as sa
from flask_security import hash_password

from app.accounts import queries, sessions
from app.accounts.models import GlobalRole, Invitation, Organisation, OrganisationKind, User
from app.accounts.security_mail import tell_of_change
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import CONSTRAINT_MESSAGES, Refused
from app.extensions import db

LAST_ADMINISTRATOR = (
    "This is the last active administrator. Make somebody else an administrator first."
)


def create_user(
    *,
    name: str,
    email: str,
    organisation: Organisation | None = None,
    global_role: GlobalRole | None = None,
    password: str | None = None,
    id: uuid.UUID | None = None,
) -> tuple[User, bool]:
    """Make an account. Returns (user, created); created is False when `id` was there before.

    Without `password` nobody can sign in to it until an invitation is accepted. `email` is stored in
    lower case. A second account for an address is an IntegrityError (uq_users_email).
    """

    def make() -> User:
        return User(
            id=id,
            name=name,
            email=email.strip().lower(),
            organisation_id=organisation.id if organisation else None,
            global_role=global_role,
            password=hash_password(password) if password else None,
        )

    if id is not None:
        return create_once(User, id, make)
    user = make()
    db.session.add(user)
    db.session.flush()
    return user, True


def edit_person(
    *,
    by: User,
    person: User,
    version: int,
    name: str,
    email: str,
    organisation_id: uuid.UUID | None,
    global_role: GlobalRole | None,
) -> None:
    """Change who somebody is and what they may do everywhere.

    A new address ends open invitations and password links to the old one. Raises EditConflict;
    Refused when the last active administrator would cease to be one.
    """
    check_version(person, version)
    if person.is_administrator and global_role is not GlobalRole.ADMINISTRATOR:
        _keep_one_administrator(person, "global_role")
    if person.email != email:
        person.fs_uniquifier = uuid.uuid4().hex  # links sent to the old address stop working
        _withdraw_invitations(person)
        if person.id != by.id:
            sessions.end_all(person)
    person.name = name
    person.email = email
    person.organisation_id = organisation_id
    person.global_role = global_role
    db.session.flush()


def suspend(*, by: User, person: User, version: int) -> None:
    """Shut somebody out at once; nothing of theirs is deleted.

    Raises Refused for oneself and for the last active administrator; EditConflict.
    """
    check_version(person, version)
    if person.id == by.id:
        raise Refused("You cannot suspend yourself. Ask another administrator.")
    if person.is_administrator:
        _keep_one_administrator(person)
    person.active = False
    _withdraw_invitations(person)
    sessions.end_all(person)
    db.session.flush()


def bring_back(*, person: User, version: int) -> None:
    """Let a suspended person sign in again, with the password they had. Raises EditConflict."""
    check_version(person, version)
    person.active = True
    db.session.flush()


def remove_second_factors(*, person: User) -> None:
    """For somebody who has lost their phone or key: the next sign-in takes their password alone
    (or, for an administrator, leads to setting a new factor up). Ends their sessions and tells them:
    it may not have been they who asked."""
    person.tf_primary_method = None
    person.tf_totp_secret = None
    person.mf_recovery_codes = None
    person.webauthn.clear()
    sessions.end_all(person)
    tell_of_change(
        person, "An administrator removed the second step and the passkeys from your account."
    )
    db.session.flush()


def create_organisation(
    *, name: str, kind: OrganisationKind, id: uuid.UUID
) -> tuple[Organisation, bool]:
    """Add a partner. Returns (organisation, created). Raises Refused for a name that is there."""
    name = _only_one_called(name, besides=id)
    return create_once(Organisation, id, lambda: Organisation(id=id, name=name, kind=kind))


def edit_organisation(
    *, organisation: Organisation, version: int, name: str, kind: OrganisationKind
) -> None:
    """Change a partner's name or kind. Raises EditConflict."""
    check_version(organisation, version)
    organisation.name = _only_one_called(name, besides=organisation.id)
    organisation.kind = kind
    db.session.flush()


def _only_one_called(name: str, *, besides: uuid.UUID) -> str:
    """The name with single spaces, when no other organisation has it in whatever case. (Two written
    at the same moment in different cases would both stand; the exact name is the constraint's.)"""
    plain = " ".join(name.split())
    if db.session.scalar(
        sa.select(Organisation.id)
        .where(sa.func.lower(Organisation.name) == plain.lower(), Organisation.id != besides)
        .limit(1)
    ):
        raise Refused(CONSTRAINT_MESSAGES["uq_organisations_name"][1], "name")
    return plain


def _keep_one_administrator(person: User, field: str | None = None) -> None:
    """Raises Refused when `person` is the only administrator who could still let anyone in."""
    if not person.active:
        return
    if set(queries.lock_active_administrators()) <= {person.id}:
        raise Refused(LAST_ADMINISTRATOR, field)


def _withdraw_invitations(person: User) -> None:
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.user_id == person.id, Invitation.accepted_at.is_(None))
        .where(Invitation.expires_at > clock.now())
        .values(expires_at=clock.now())
    )
