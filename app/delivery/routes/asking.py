"""Asking somebody for an update on one activity."""

import uuid

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.rights import Right
from app.delivery import asking, queries
from app.delivery.asking_form import AskForm
from app.delivery.models import Activity
from app.delivery.routes import bp
from app.workstreams.queries import Place


@bp.route("/plan/activities/<uuid:activity_id>/ask", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, queries.activity_in_url)
def ask(place: Place, activity: Activity) -> ResponseReturnValue:
    """Whom to ask, and a word to them; or why nobody can be asked now."""
    people = asking.people_of(place, activity, current_user)
    form = AskForm(people=people.able)
    if form.validate_on_submit():
        with form.saving():
            request = asking.ask(
                request_id=form.id.data,
                place=place,
                activity=activity,
                by=current_user,
                asked_of_id=uuid.UUID(form.person.data),
                message=form.message.data or "",
            )
        if not form.failed:
            return htmx.done(
                url_for(
                    "delivery.activity",
                    slug=place.slug,
                    activity_id=activity.id,
                    _anchor="updates",
                ),
                f"{request.asked_of.name} is asked for an update by e-mail",
            )
    last = asking.last_request(activity.id)
    return form.show(
        "delivery/ask.html",
        place=place,
        activity=activity,
        people=people,
        why_not=asking.why_not(place, activity, last),
        last=last,
    )
