"""What becomes of an offer: accepted, declined, or lapsed when nobody answered in time."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import contains_eager

from app.cohorts.applications.models import Application
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.call.models import Call
from app.cohorts.decisions import mail, queries
from app.cohorts.decisions.models import Decision
from app.core import clock
from app.core.errors import Refused
from app.core.formatting import moment as in_words
from app.extensions import db

LAPSED = "The time to accept this offer has run out. If you still want the place, tell us at once"
NO_OFFER = "There is no offer to answer now"


def accept(*, application: Application) -> None:
    """Somebody takes up their place; doing so twice changes nothing. The instant by which they were to
    answer is late already. Raises Refused."""
    _lock(application)
    if application.stage is Stage.ACCEPTED:
        return
    if application.stage is not Stage.OFFERED:
        raise Refused(NO_OFFER)
    offer = queries.offer_of(application)
    if offer is not None and not offer.is_open(clock.moment()):
        raise Refused(LAPSED)
    move(application=application, to=Stage.ACCEPTED, mover=Mover.APPLICANT)
    mail.tell_accepted(application)


def decline(*, application: Application, why: str) -> None:
    """Somebody does not take up their place, or gives back the one they had accepted; doing so twice
    changes nothing. Raises Refused."""
    _lock(application)
    if application.stage is Stage.DECLINED:
        return
    if application.stage not in (Stage.OFFERED, Stage.ACCEPTED):
        raise Refused(NO_OFFER)
    move(application=application, to=Stage.DECLINED, mover=Mover.APPLICANT, why=why)
    mail.tell_declined(application)


def _lock(application: Application) -> None:
    """Take turns with whatever else would move this application, and see where it stands then."""
    db.session.refresh(application, with_for_update=True)


def _lapsed(moment: datetime) -> sa.Select[Decision]:
    """SQL: offers that nobody has answered in time."""
    return (
        sa.select(Decision)
        .join(Decision.application)
        .options(contains_eager(Decision.application))
        .where(
            queries.is_current_offer(),
            Application.stage == Stage.OFFERED,
            Decision.reply_by <= moment,
        )
        .order_by(Decision.id)
        .execution_options(populate_existing=True)
    )


def _lapse(offer: Decision) -> None:
    move(
        application=offer.application,
        to=Stage.DECLINED,
        mover=Mover.WAYMARK,
        why=f"No answer by {in_words(offer.reply_by)}",
    )
    mail.tell_lapsed(offer.application)


def lapse_due(moment: datetime, *, call: Call) -> int:
    """Lapse the offers of one cohort whose time is over, in the caller's transaction. Returns how
    many."""
    mine = _lapsed(moment).where(Decision.workstream_id == call.workstream_id)
    offers = db.session.scalars(mine.with_for_update(of=Application)).all()
    for offer in offers:
        _lapse(offer)
    return len(offers)


def lapse_everywhere(moment: datetime) -> tuple[int, int]:
    """Lapse every offer whose time is over, each in a transaction of its own: safe to run twice, and on
    two machines. Returns how many lapsed, and how many went wrong (they are logged and tried again)."""
    lapsed = failed = 0
    after: uuid.UUID | None = None
    while True:
        query = _lapsed(moment).limit(1).with_for_update(of=Application, skip_locked=True)
        offer = db.session.scalar(query.where(Decision.id > after) if after else query)
        if offer is None:
            break
        after = offer.id
        try:
            _lapse(offer)
            db.session.commit()
        except Exception:
            db.session.rollback()
            current_app.logger.exception("An offer could not be lapsed")
            failed += 1
        else:
            lapsed += 1
    db.session.rollback()  # nothing is left to write: let go of the database
    return lapsed, failed
