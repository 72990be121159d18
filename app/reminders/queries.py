"""Who gets a digest, and when: the rules, as SQL that any number of machines may ask at once."""

import uuid
from datetime import date, timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.accounts.queries import has_joined
from app.core import link_tokens
from app.core.access import Loaded
from app.extensions import db
from app.reminders.models import Digest, DigestChoice, Frequency
from app.workstreams.models import Membership, in_force

STOP = "stop-digest"  # the purpose of the token in a digest's last line


def frequency_of(user: User) -> Frequency:
    """How often somebody wants it: what they chose, else weekly."""
    choice = db.session.get(DigestChoice, user.id)
    return choice.frequency if choice else Frequency.WEEKLY


def _wanted() -> sa.ColumnElement[Frequency]:
    """SQL on User: the same."""
    chosen = (
        sa.select(DigestChoice.frequency).where(DigestChoice.user_id == User.id).scalar_subquery()
    )
    return sa.func.coalesce(chosen, sa.literal(Frequency.WEEKLY, DigestChoice.frequency.type))


def _is_due(today: date) -> sa.ColumnElement[bool]:
    """SQL on User: they may have one, want one, and none was written for them today (daily), or
    since Monday (weekly). A machine that was off on Monday makes it good later in the week."""

    def since(day: date) -> sa.ColumnElement[bool]:
        return sa.exists().where(Digest.user_id == User.id, Digest.on >= day)

    monday = today - timedelta(days=today.weekday())
    wanted = _wanted()
    return sa.and_(
        User.active,
        has_joined(),
        sa.exists().where(Membership.user_id == User.id, in_force(today)),
        sa.or_(
            sa.and_(wanted == Frequency.DAILY, ~since(today)),
            sa.and_(wanted == Frequency.WEEKLY, ~since(monday)),
        ),
    )


def claim_next(after: uuid.UUID | None, today: date) -> uuid.UUID | None:
    """The next person who is due, in order of id, locked until the transaction ends; None: no more.

    PostgreSQL skips whom another machine is at; on SQLite only one transaction writes at a time. The
    lock leaves others free to refer to the person (NO KEY UPDATE).
    """
    query = sa.select(User.id).where(_is_due(today)).order_by(User.id).limit(1)
    if after is not None:
        query = query.where(User.id > after)
    found: uuid.UUID | None = db.session.scalar(
        query.with_for_update(skip_locked=True, key_share=True)
    )
    return found


def frequency_due(user_id: uuid.UUID, today: date) -> Frequency | None:
    """What somebody is due, asked again once they are locked: another machine may have written
    theirs between the search and the lock."""
    return db.session.scalar(sa.select(_wanted()).where(User.id == user_id, _is_due(today)))


def stop_token(user: User) -> str:
    """For the link that ends this person's digest. It goes on working: old mail may be at hand."""
    return link_tokens.make(STOP, user.id.hex)


def person_of_token(token: str) -> Loaded | None:
    """Access loader for the link in a digest."""
    value = link_tokens.read(STOP, token)
    try:
        user = db.session.get(User, uuid.UUID(value)) if value else None
    except ValueError:
        return None
    return Loaded({"person": user}) if user else None
