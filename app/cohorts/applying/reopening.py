"""Opening the form again for one person: until when and why, and telling them."""

import uuid
from datetime import datetime

from app.accounts.models import User
from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.applications.window import closes_for
from app.cohorts.applying import mails
from app.cohorts.call.models import Call, WindowChange
from app.core import clock
from app.core.editing import check_version
from app.core.errors import Refused
from app.core.formatting import moment
from app.extensions import db

# Later, their answers are being read: it is moved back first, so that everybody sees that they change.
REOPENS_AT = (Stage.DRAFT, Stage.SUBMITTED, Stage.WITHDRAWN)


def why_not_reopened(application: Application) -> str | None:
    """Why the form cannot be opened again for somebody, in words for whoever chooses; None if it can."""
    if application.stage not in REOPENS_AT:
        return (
            f"Their answers are being considered: it is at “{application.stage.label}”. Move it back to "
            f"“{Stage.SUBMITTED.label}” first."
        )
    if application.email is None:
        return (
            "They gave no e-mail address, so they cannot open the form themselves. Take down what they "
            "tell you, and enter it for them."
        )
    return None


def reopen(
    *,
    id: uuid.UUID,
    call: Call,
    application: Application,
    version: int,
    until: datetime,
    reason: str,
    by: User,
) -> None:
    """Let one person write until a time of their own, and write to them with a link.

    `id` is that of the record it makes: sent twice, it is made once. Raises EditConflict, and Refused
    where it would change nothing or is too late.
    """
    made = db.session.get(WindowChange, id)
    if made is not None and made.application_id == application.id:
        return
    check_version(application, version)
    if (problem := why_not_reopened(application)) is not None:
        raise Refused(problem)
    if until <= clock.moment():
        raise Refused("Enter a time that is still to come", field="until_on")
    if call.closes_at is not None and until <= call.closes_at:
        raise Refused(
            f"Enter a time after {moment(call.closes_at)}, when it closes for everybody",
            field="until_on",
        )
    db.session.add(
        WindowChange(
            id=id,
            call_id=call.id,
            application_id=application.id,
            closed_at=closes_for(call, application),
            closes_at=until,
            reason=reason,
            made_by_id=by.id,
        )
    )
    application.open_until = until
    db.session.flush()
    mails.tell_reopened(call=call, application=application, until=until)
