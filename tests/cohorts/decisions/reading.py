"""What the tests of decisions look at."""

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.decisions.models import Decision, Letter, Release, WaitingPlace
from app.extensions import db
from app.outbox.models import Message


def text_of(response):
    return " ".join(response.get_data(as_text=True).split())


def mail():
    return rows(Message)


def rows(model):
    """Every row, in the order made."""
    return list(db.session.scalars(sa.select(model).order_by(model.id)))


def stage_of(application_id):
    return db.session.get_one(Application, application_id).stage


def waiting():
    """The ids of those who wait, in order."""
    return list(
        db.session.scalars(sa.select(WaitingPlace.application_id).order_by(WaitingPlace.position))
    )


__all__ = ["Decision", "Letter", "Release", "mail", "rows", "stage_of", "text_of", "waiting"]
