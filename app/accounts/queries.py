"""Reads of people, organisations and invitations."""

import hashlib
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import GlobalRole, Invitation, Organisation, User, WorkAccount
from app.accounts.security_mail import normal_email
from app.core import clock
from app.core.paging import Page, paged
from app.extensions import db

PEOPLE_ON_A_PAGE = 50


def user_by_uniquifier(uniquifier: str | None) -> User | None:
    """The user whom a session names while they are signing in."""
    if not uniquifier:
        return None
    return db.session.scalar(sa.select(User).where(User.fs_uniquifier == uniquifier))


def user_by_email(email: str) -> User | None:
    """The user of an address, however it was typed."""
    return db.session.scalar(sa.select(User).where(User.email == normal_email(email)))


_WITH = (joinedload(User.organisation), joinedload(User.work_account))


def person(person_id: uuid.UUID) -> User | None:
    """A person with their organisation and work account."""
    return db.session.scalar(sa.select(User).where(User.id == person_id).options(*_WITH))


@dataclass(frozen=True)
class PeopleFilter:
    """What the list of people is narrowed to, as its URL says it."""

    words: str = ""
    organisation_id: uuid.UUID | None = None
    status: str = ""  # "", "active", "invited", "suspended"


STATUSES = {"active": "Active", "invited": "Invited, not yet here", "suspended": "Suspended"}


def people(narrowed: PeopleFilter, page: int) -> Page[User]:
    """People by name, a page at a time."""
    query = sa.select(User).options(*_WITH).order_by(User.name, User.id)
    joined = sa.or_(User.password.is_not(None), User.work_account.has())
    if narrowed.words:
        query = query.where(
            sa.or_(
                User.name.icontains(narrowed.words, autoescape=True),
                User.email.icontains(narrowed.words, autoescape=True),
            )
        )
    if narrowed.organisation_id:
        query = query.where(User.organisation_id == narrowed.organisation_id)
    if narrowed.status == "suspended":
        query = query.where(~User.active)
    elif narrowed.status == "invited":
        query = query.where(User.active, ~joined)
    elif narrowed.status == "active":
        query = query.where(User.active, joined)
    return paged(query, page, PEOPLE_ON_A_PAGE)


def organisations() -> list[Organisation]:
    """Every organisation by name."""
    return list(db.session.scalars(sa.select(Organisation).order_by(Organisation.name)))


def organisation(organisation_id: uuid.UUID) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def organisations_with_counts() -> list[tuple[Organisation, int]]:
    """Every organisation with how many people belong to it."""
    counted = (
        sa.select(User.organisation_id, sa.func.count().label("people"))
        .group_by(User.organisation_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Organisation, sa.func.coalesce(counted.c.people, 0))
        .outerjoin(counted, counted.c.organisation_id == Organisation.id)
        .order_by(Organisation.name)
    )
    return [(organisation, people) for organisation, people in rows]


def has_joined() -> sa.ColumnElement[bool]:
    """SQL on User: the twin of `User.has_joined`. An account that is only invited cannot be signed in
    to, so there is no sense in writing to it."""
    linked = sa.exists().where(WorkAccount.user_id == User.id)
    return sa.or_(User.password.is_not(None), linked)


def latest_invitation(user: User) -> Invitation | None:
    """The newest invitation of a person."""
    return db.session.scalar(
        sa.select(Invitation)
        .where(Invitation.user_id == user.id)
        .order_by(Invitation.id.desc())
        .limit(1)
    )


def hash_of(token: str) -> str:
    """How an invitation's token is kept. (It is long and random, so a plain hash is enough.)"""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state."""
    return db.session.scalar(sa.select(Invitation).where(Invitation.token_hash == hash_of(token)))


def is_open(invitation: Invitation) -> bool:
    """Whether a link still works: not used and not too old."""
    return invitation.accepted_at is None and invitation.expires_at > clock.now()


def lock_active_administrators() -> list[uuid.UUID]:
    """The active administrators' ids, their rows locked until the transaction ends, in one order:
    two administrators who demote each other at once wait for one another. (SQLite lets only one
    writing transaction in at a time anyway.)"""
    return list(
        db.session.scalars(
            sa.select(User.id)
            .where(User.active, User.global_role == GlobalRole.ADMINISTRATOR)
            .order_by(User.id)
            .with_for_update()
        )
    )
