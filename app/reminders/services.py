"""Writing digests, and choosing how often. Safe to run twice, on two machines, and to be killed: each
person's digest is one transaction, with its message in the outbox."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.accounts.security_mail import absolute_url
from app.core.errors import violated_constraint
from app.core.working_days import is_working_day
from app.extensions import db
from app.home.queries import needs_of
from app.outbox import services as outbox
from app.reminders import queries, wording
from app.reminders.models import Digest, DigestChoice, Frequency

# That somebody was sent one is of no use after this.
KEPT = timedelta(days=90)


@dataclass
class Counts:
    """How a run went, in people."""

    written: int = 0
    nothing: int = 0  # nothing needed them: nothing is sent
    failed: int = 0


def why_not_now(at: datetime) -> str | None:
    """Why no digest is written at this moment (in London's zone); None: now is a good time."""
    if not is_working_day(at.date()):
        return "Today is not a working day: no digests."
    hour = current_app.config["DIGEST_HOUR"]
    if at.hour < hour:
        return f"Digests are written from {hour}:00, London time."
    return None


def write_due(today: date) -> Counts:
    """Write the digest of everybody who is due one on this working day, each in a transaction of its
    own. What goes wrong with one person is logged, and tried again at the next run."""
    counts = Counts()
    after: uuid.UUID | None = None
    while (user_id := queries.claim_next(after, today)) is not None:
        after = user_id
        try:
            digest = write(user_id, today)
            things = digest.things if digest else None
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            if _written_elsewhere(error):
                continue
            current_app.logger.exception("A digest could not be written")
            counts.failed += 1
            continue
        if things is not None:
            counts.written += things > 0
            counts.nothing += things == 0
    db.session.rollback()  # nothing is left to write: let go of the database
    return counts


def write(user_id: uuid.UUID, today: date) -> Digest | None:
    """Write one person's digest and its message; None when they are no longer due one.

    Without anything that needs them only the row is written: they are dealt with for the period.
    """
    frequency = queries.frequency_due(user_id, today)
    user = db.session.get(User, user_id) if frequency else None
    if frequency is None or user is None:
        return None
    needs = needs_of(user, today)
    digest = Digest(
        user_id=user.id, period=period_of(frequency, today), on=today, things=needs.total
    )
    db.session.add(digest)
    db.session.execute(
        sa.delete(Digest).where(Digest.user_id == user.id, Digest.on < today - KEPT),
        execution_options={"synchronize_session": False},
    )
    db.session.flush()
    if needs.total:
        stop_url = absolute_url("reminders.stop_digest", token=queries.stop_token(user))
        outbox.send(
            recipient=user.email,
            subject=wording.subject_of(needs),
            body=wording.body_of(user, needs, today, frequency, stop_url),
            stop_url=stop_url,
        )
    return digest


def period_of(frequency: Frequency, today: date) -> str:
    """What a digest is for: "2021-W24", the ISO week, or "2021-06-18", the day."""
    if frequency is Frequency.DAILY:
        return today.isoformat()
    year, week, _ = today.isocalendar()
    return f"{year}-W{week:02}"


def _written_elsewhere(error: Exception) -> bool:
    """Another machine was quicker; the constraint has kept this from being a second digest."""
    return (
        isinstance(error, IntegrityError)
        and violated_constraint(error) == "uq_digests_user_id_period"
    )


def choose(*, user: User, frequency: Frequency) -> None:
    """Set how often somebody gets the digest. Doing it again, or twice at once, is no harm."""
    choice = db.session.get(DigestChoice, user.id)
    if choice is None:
        try:
            with db.session.begin_nested():
                choice = DigestChoice(user_id=user.id, frequency=frequency)
                db.session.add(choice)
        except IntegrityError:  # another tab, or their mail client, came first
            choice = db.session.get(DigestChoice, user.id)
            if choice is None:
                raise
    choice.frequency = frequency
    db.session.flush()
