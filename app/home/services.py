"""Putting a flag off, and bringing it back. Both are the user's own business."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.core.errors import Refused
from app.extensions import db
from app.home.models import Snooze
from app.home.queries import find_snooze

# Longer than a year is not "later" but "never".
LONGEST = timedelta(days=366)


def snooze(*, by: User, flag_key: str, until: date, reason: str, today: date) -> Snooze:
    """Hide a flag from `by` before `until` (exclusive); doing it again changes the date and reason.

    Raises Refused for a date that has come already or is more than a year away.
    """
    if until <= today:
        raise Refused("Enter a date after today", "until")
    if until > today + LONGEST:
        raise Refused("Enter a date within a year from today", "until")
    existing = find_snooze(by, flag_key)
    if existing is None:
        try:
            with db.session.begin_nested():
                existing = Snooze(user_id=by.id, flag=flag_key, until=until, reason=reason)
                db.session.add(existing)
        except IntegrityError:  # the other half of a double click came first
            existing = find_snooze(by, flag_key)
            if existing is None:
                raise
    existing.until, existing.reason = until, reason
    _forget_what_came_back(by, today)
    db.session.flush()
    return existing


def bring_back(*, by: User, flag_key: str) -> None:
    """Show a flag again; nothing happens when it was not put off."""
    db.session.execute(sa.delete(Snooze).where(Snooze.user_id == by.id, Snooze.flag == flag_key))


def _forget_what_came_back(user: User, today: date) -> None:
    """A reason is a person's own words: not kept longer than it is of use."""
    db.session.execute(sa.delete(Snooze).where(Snooze.user_id == user.id, Snooze.until <= today))
