"""A place put off to a later cohort.

It begins there at "accepted", by the one move that the table of stages has for it (draft to accepted, by
Waymark): the person was chosen once, and is not put through stages at which nobody looked again.
"""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.cohorts.applications.models import Application, ApplicationMove, Entered
from app.cohorts.applications.moving import move
from app.cohorts.applications.references import new_reference
from app.cohorts.applications.stages import PLACED, Mover, Stage
from app.cohorts.call.models import Call
from app.core import clock
from app.core.errors import Refused
from app.extensions import db
from app.workstreams.models import Workstream

# Who somebody is and where they came from; what they answered to the earlier call stays there.
_CARRIED = (
    "name",
    "email",
    "phone",
    "born_on",
    "adjustments",
    "area",
    "source",
    "source_body_id",
    "source_leader_id",
    "source_text",
)


def carry_over(*, application: Application, to: Workstream, reason: str, by: User) -> Application:
    """Make the application to the later cohort, accepted. Raises Refused, beside `cohort_id`."""
    # Two places put off at once, or an offer released meanwhile, wait for one another here.
    call = db.session.scalar(sa.select(Call).where(Call.workstream_id == to.id).with_for_update())
    if call is None:
        raise Refused(f"{to.name} has no call for applications yet", "cohort_id")
    theirs = sa.select(Application).where(Application.workstream_id == to.id)
    taken = db.session.scalar(
        sa.select(sa.func.count()).select_from(
            theirs.where(Application.stage.in_(PLACED)).subquery()
        )
    )
    if (taken or 0) >= call.places:
        raise Refused(
            f"All {call.places} places of {to.name} are taken. Give it another place first, on its "
            "page “Call”",
            "cohort_id",
        )
    if application.email:
        there = db.session.scalar(theirs.where(Application.email == application.email))
        if there is not None:
            raise Refused(
                f"There is an application from their address to {to.name} already: "
                f"{there.reference}",
                "cohort_id",
            )
    carried = Application(
        workstream_id=to.id,
        reference=new_reference(),
        entered=Entered.DEFERRED,
        entered_by_id=by.id,
        submitted_at=clock.moment(),
        deferred_from_id=application.id,
        age=_age_on(application.born_on, to.starts_on) or application.age,
        **{name: getattr(application, name) for name in _CARRIED},
    )
    db.session.add(carried)
    db.session.flush()
    move(application=carried, to=Stage.ACCEPTED, mover=Mover.WAYMARK, by=by, why=reason)
    return carried


def take_back(*, application: Application, from_id: uuid.UUID) -> None:
    """Remove the application that `carry_over` made. Raises Refused once anything has come of it."""
    carried = db.session.scalar(
        sa.select(Application).where(
            Application.workstream_id == from_id, Application.deferred_from_id == application.id
        )
    )
    if carried is None:
        return
    moves = sa.select(sa.func.count()).where(ApplicationMove.application_id == carried.id)
    used = Refused(
        f"Their place in {carried.workstream.name} ({carried.reference}) has been used since. Settle "
        "it there first"
    )
    if carried.stage is not Stage.ACCEPTED or db.session.scalar(moves) != 1:
        raise used
    try:
        with db.session.begin_nested():
            db.session.delete(carried)
    except IntegrityError:
        raise used from None


def _age_on(born_on: date | None, on: date | None) -> int | None:
    if born_on is None or on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
