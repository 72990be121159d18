"""What the coordinator of Cohort 2 has done with those who applied: two checked in one go, and one
application begun on the telephone."""

from datetime import datetime

import sqlalchemy as sa

from app.cohorts.applications.models import Answer, ApplicationMove, Entered
from app.cohorts.applications.stages import Stage
from app.core.clock import LONDON
from app.core.database import new_id
from app.demo.cohorts import Cohorts
from app.extensions import db


def load(cohorts: Cohorts) -> None:
    """After the applications themselves."""
    _checked_together(cohorts)
    _begun_by_telephone(cohorts)


def _checked_together(cohorts: Cohorts) -> None:
    mine = [application.id for application in cohorts.applications[cohorts.second.slug]]
    checked = db.session.scalars(
        sa.select(ApplicationMove)
        .where(ApplicationMove.application_id.in_(mine), ApplicationMove.after == Stage.ELIGIBLE)
        .order_by(ApplicationMove.at.desc(), ApplicationMove.id)
        .limit(2)
    ).all()
    together = new_id()
    for move in checked:
        move.at, move.on, move.batch_id = checked[0].at, checked[0].on, together
    db.session.flush()


def _begun_by_telephone(cohorts: Cohorts) -> None:
    coordinator = cohorts.known.person("coordinator")
    answered = sa.select(Answer.application_id)
    answering = set(db.session.scalars(answered))
    cohorts.history.as_of(datetime(2021, 6, 17, 15, 20, tzinfo=LONDON), coordinator)
    application = next(
        one
        for one in reversed(cohorts.applications[cohorts.second.slug])
        if one.stage is Stage.DRAFT and one.name and one.id in answering
    )
    application.entered, application.entered_by_id = Entered.TELEPHONE, coordinator
    db.session.flush()
