"""Making, changing and removing the address of a calendar."""

import secrets

import sqlalchemy as sa

from app.accounts.models import User
from app.accounts.queries import hash_of
from app.calendars.models import CalendarFeed, Holds
from app.calendars.queries import feed_of
from app.core import clock
from app.core.errors import Refused
from app.extensions import db


def make_address(*, user: User, holds: Holds) -> str:
    """A new address's token (256 bits), shown once; the old address stops. What the calendar holds is
    set too."""
    token = secrets.token_urlsafe(32)
    feed = feed_of(user, lock=True)
    if feed is None:
        feed = CalendarFeed(user_id=user.id)
        db.session.add(feed)
    feed.token_hash, feed.holds, feed.made_at = hash_of(token), holds, clock.now()
    db.session.flush()
    return token


def choose(*, user: User, holds: Holds) -> None:
    """Change what the calendar holds; its address stays. Raises Refused when there is none."""
    feed = feed_of(user, lock=True)
    if feed is None:
        raise Refused("You have removed the address in another window. Reload the page")
    feed.holds = holds
    db.session.flush()


def remove(*, user: User) -> None:
    """The address stops; removed twice is removed once."""
    db.session.execute(sa.delete(CalendarFeed).where(CalendarFeed.user_id == user.id))


def remove_all() -> sa.Delete:
    """For an older copy of the database that is put back: addresses that were replaced or removed since
    would work again, so all of them stop."""
    return sa.delete(CalendarFeed)
