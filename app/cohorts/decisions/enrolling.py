"""Enrolling those who have accepted; what a participant has is made by what follows from the move."""

import uuid

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications.models import Application
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.call.models import Call
from app.core.database import new_id
from app.core.errors import Refused
from app.extensions import db


def enrol(*, call: Call, by: User, application_id: uuid.UUID | None) -> list[Application]:
    """Enrol one who has accepted, or with None all of them. Whoever is enrolled already is left as
    they are. Returns whom. Raises Refused when one is named who has not accepted."""
    query = sa.select(Application).where(Application.workstream_id == call.workstream_id)
    if application_id is not None:
        query = query.where(Application.id == application_id)
    else:
        query = query.where(Application.stage == Stage.ACCEPTED)
    people = list(
        db.session.scalars(
            query.order_by(Application.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
    together = new_id()
    enrolled = []
    for application in people:
        if application.stage is Stage.ENROLLED:
            continue
        if application.stage is not Stage.ACCEPTED:
            raise Refused(f"{application.reference} has not accepted a place")
        move(
            application=application,
            to=Stage.ENROLLED,
            mover=Mover.COORDINATOR,
            by=by,
            batch_id=together,
        )
        enrolled.append(application)
    return enrolled
