"""The page on which the form is opened again for one person, and its panel on their application."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload
from wtforms.validators import DataRequired, InputRequired, Length

from app.cohorts.applications.models import Application
from app.cohorts.applications.queries import application_in_url
from app.cohorts.applications.window import closes_for, is_open_for
from app.cohorts.applying import reopening
from app.cohorts.call.forms import not_midnight
from app.cohorts.call.models import Call, WindowChange
from app.core import access, clock, htmx, time_field
from app.core.dates_field import DayField
from app.core.formatting import moment
from app.core.forms import Form, IdField, LongTextField, VersionField
from app.core.rights import Right
from app.core.time_field import TimeField
from app.extensions import db
from app.workstreams.queries import Place

bp = Blueprint("applying_reopening", __name__)


class ReopenForm(Form):
    """Until when, and why. `id` is that of the record it makes."""

    id = IdField()
    version = VersionField(validators=[InputRequired("Reload the page and try again")])
    until_on = DayField(
        "Open until",
        description="For example, 6 August 2021",
        validators=[DataRequired("Enter the day on which it closes for them")],
    )
    until_time = TimeField(
        "At",
        description="For example, 5pm",
        validators=[InputRequired("Enter a time, for example 5pm"), not_midnight],
    )
    reason = LongTextField(
        "Why",
        description="Kept for those who choose. The person is not sent it.",
        validators=[
            DataRequired("Say why"),
            Length(max=1000, message="Use 1,000 characters or fewer"),
        ],
    )


@bp.route(
    "/workstreams/<slug:slug>/applicants/<uuid:application_id>/reopen", methods=["GET", "POST"]
)
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def reopen(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Open the form again for one person, until a time and for a reason."""

    def opened_now() -> ReopenForm:
        return ReopenForm(formdata=None, version=application.version)

    form = ReopenForm(version=application.version)
    if form.validate_on_submit():
        with form.saving(application, fresh=opened_now):
            reopening.reopen(
                id=form.id.data,
                call=call,
                application=application,
                version=form.version.data,
                until=time_field.at(form.until_on.data, form.until_time.data),
                reason=form.reason.data,
                by=current_user,
            )
        if not form.failed:
            url = f"{place.url}/applicants/{application.id}"
            return htmx.done(url, f"Open again for {application.called}. We have written to them")
    return form.show(
        "cohorts/applying/reopen.html",
        place=place,
        call=call,
        application=application,
        problem=reopening.why_not_reopened(application),
        closes_at=closes_for(call, application),
        is_open=is_open_for(call, application, clock.moment()),
    )


def application_panel(_place: Place, call: Call, application: Application) -> dict[str, Any] | None:
    """Until when they can write, how often that was changed for them, and the way to change it."""
    changes = db.session.scalars(
        sa.select(WindowChange)
        .where(WindowChange.application_id == application.id)
        .options(joinedload(WindowChange.made_by))
        .order_by(WindowChange.id.desc())
        .limit(20)
    ).all()
    can_reopen = reopening.why_not_reopened(application) is None
    if not changes and not can_reopen:
        return None
    at, closes_at = clock.moment(), closes_for(call, application)
    is_open = is_open_for(call, application, at)
    return {
        "changes": changes,
        "can_reopen": can_reopen,
        "is_open": is_open,
        "words": _in_words(closes_at, at, is_open=is_open),
    }


def _in_words(closes_at: datetime | None, at: datetime, *, is_open: bool) -> str:
    if closes_at is None:
        return "The call has no closing time yet."
    if is_open:
        return f"The form is open for them until {moment(closes_at)}."
    if closes_at > at:
        return f"The form is not open yet. It closes on {moment(closes_at)}."
    return f"The form closed for them on {moment(closes_at)}."
