"""Reminding people of tomorrow's interview: once for each time picked, whichever machine does it."""

import uuid
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from flask import current_app

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.interviews import mail
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.core import clock
from app.extensions import db


def _due(moment: datetime) -> list[sa.ColumnElement[bool]]:
    """SQL: still to come, today or tomorrow, and not reminded of since it was picked."""
    midnight = datetime.combine(moment.date() + timedelta(days=2), time(), clock.LONDON)
    return [
        Interview.reminded_at.is_(None),
        InterviewSlot.starts_at > moment,
        InterviewSlot.starts_at < midnight,
        Application.stage == Stage.INTERVIEW,
        Application.email.is_not(None),
    ]


def _claim(after: uuid.UUID | None, moment: datetime) -> Interview | None:
    """The next who is due, locked until the transaction ends; another machine's are skipped."""
    query = (
        sa.select(Interview)
        .join(Interview.slot)
        .join(Interview.application)
        .where(*_due(moment))
        .order_by(Interview.id)
        .limit(1)
        .with_for_update(of=Interview, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(query.where(Interview.id > after) if after else query)


def remind_due(moment: datetime) -> tuple[int, int]:
    """Write the reminders that are due at a moment, each in a transaction of its own. Returns how many
    were written, and how many went wrong (they are logged, and tried again at the next run)."""
    written = failed = 0
    after: uuid.UUID | None = None
    while (interview := _claim(after, moment)) is not None:
        after = interview.id
        try:
            interview.reminded_at = clock.now()
            db.session.flush()
            mail.remind(interview)
            db.session.commit()
        except Exception:
            db.session.rollback()
            current_app.logger.exception("A reminder of an interview could not be written")
            failed += 1
        else:
            written += 1
    db.session.rollback()  # nothing is left to write: let go of the database
    return written, failed
