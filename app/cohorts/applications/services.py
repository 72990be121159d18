"""What a coordinator does with one application: move it, mend its facts."""

import uuid
from collections.abc import Callable
from datetime import date

from app.accounts.models import User
from app.cohorts.applications.coordinating import needs_reason, open_to, why_not
from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.areas import Area
from app.cohorts.call.eligibility import age_on
from app.core.editing import check_version
from app.core.errors import Refused
from app.extensions import db

_ON_NEW_ADDRESS: list[Callable[[Application], None]] = []


def on_new_address(watcher: Callable[[Application], None]) -> None:
    """Have `watcher(application)` called when somebody's e-mail address is mended: who could open the
    application by the old one may be another person."""
    if watcher not in _ON_NEW_ADDRESS:
        _ON_NEW_ADDRESS.append(watcher)


def move_one(
    *,
    application: Application,
    version: int,
    to: Stage,
    by: User,
    why: str = "",
    batch_id: uuid.UUID | None = None,
) -> ApplicationMove:
    """Move one person for the people who choose. Raises EditConflict; Refused when they cannot go there,
    or the reason is missing."""
    check_version(application, version)
    if to not in open_to(application):
        raise Refused(
            f"{application.called} cannot go to “{to.label}” ({why_not(application, to)})", "to"
        )
    if not why and needs_reason(application.stage, to):
        raise Refused("Say why: it is kept with the application", "why")
    return move(
        application=application,
        to=to,
        mover=Mover.COORDINATOR,
        by=by,
        why=why,
        batch_id=batch_id,
    )


def edit_facts(
    *,
    application: Application,
    version: int,
    name: str,
    email: str | None,
    phone: str,
    born_on: date | None,
    area: Area | None,
    adjustments: str,
) -> None:
    """Mend what is known of somebody. Raises EditConflict, Refused once it is erased."""
    check_version(application, version)
    if application.anonymised_at is not None:
        raise Refused("Their details have been erased, so there is nothing to change")
    application.name, application.phone = name, phone
    set_address(application, email)
    application.area, application.adjustments = area, adjustments
    set_birth(application, born_on, application.workstream.starts_on)
    db.session.flush()


def set_address(application: Application, email: str | None) -> None:
    """The address that links go to."""
    if application.email == email:
        return
    application.email = email
    for watcher in _ON_NEW_ADDRESS:
        watcher(application)


def set_birth(application: Application, born_on: date | None, starts_on: date | None) -> None:
    """The day of birth, and with it the age that is counted."""
    application.born_on = born_on
    if born_on is None or starts_on is None:
        application.age = None
    else:
        application.age = age_on(born_on, starts_on)
