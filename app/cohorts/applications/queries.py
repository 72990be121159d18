"""Reads of applications, and the access loader for one."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.cohorts.applications.models import ENTERED_BY_US, Answer, Application, ApplicationMove
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Question
from app.cohorts.call.queries import find_call
from app.core import clock
from app.core.access import Loaded, User
from app.extensions import db


def application_in_url(user: User, slug: str, application_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives the view `place`, `call` and `application`, for those who choose."""
    found = find_call(user, slug)
    if found is None:
        return None
    place, call = found
    application = db.session.get(Application, application_id)
    if application is None or application.workstream_id != place.id:
        return None
    return Loaded({"place": place, "call": call, "application": application}, place.roles)


def answers_of(application: Application) -> list[Answer]:
    """What somebody answered, in the order of the questions; archived questions included."""
    mine = (
        sa.select(Answer)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.application_id == application.id)
        .order_by(Question.position, Question.id)
    )
    return list(db.session.scalars(mine))


def moves_of(application: Application) -> list[ApplicationMove]:
    """Every move of an application, the newest first."""
    mine = (
        sa.select(ApplicationMove)
        .where(ApplicationMove.application_id == application.id)
        .order_by(ApplicationMove.id.desc())
        .options(joinedload(ApplicationMove.by))
    )
    return list(db.session.scalars(mine))


def unfinished_of(workstream_id: uuid.UUID) -> list[tuple[uuid.UUID, str, date]]:
    """(id, called, day begun) of what we have begun to write down and not submitted, the newest first:
    as many as a page holds."""
    found = db.session.execute(
        sa.select(Application.id, Application.name, Application.reference, Application.created_at)
        .where(
            Application.workstream_id == workstream_id,
            Application.stage == Stage.DRAFT,
            Application.entered.in_(ENTERED_BY_US),
        )
        .order_by(Application.id.desc())
        .limit(50)
    )
    return [(row.id, row.name or row.reference, clock.on_day(row.created_at)) for row in found]
