"""After a release: offers and their answers, enrolling, and whoever is next on the waiting list."""

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.applications.models import Application
from app.cohorts.applications.queries import application_in_url
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.cohorts.decisions import enrolling, forms, queries, waiting
from app.cohorts.decisions.routes import bp
from app.cohorts.decisions.routes.deciding import BELOW, standing, url_of
from app.core import access, clock, htmx
from app.core.errors import Refused
from app.core.formatting import count
from app.core.forms import ButtonForm
from app.core.paging import asked_page
from app.core.rights import Right
from app.workstreams.queries import Place


@bp.get(f"{BELOW}/offers")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def offers(place: Place, call: Call) -> ResponseReturnValue:
    """The offers made and what became of them."""
    return htmx.render(
        "cohorts/decisions/offers.html",
        place=place,
        call=call,
        pager=queries.offers_page(call, asked_page()),
        now=clock.moment(),
        **standing(call),
    )


@bp.post(f"{BELOW}/enrol")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def enrol_all(place: Place, call: Call) -> ResponseReturnValue:
    """Enrol everybody who has accepted."""
    enrolled = enrolling.enrol(call=call, by=current_user, application_id=None)
    return htmx.done(
        f"{url_of(place)}/offers", f"{count(len(enrolled), 'person', 'people')} enrolled"
    )


@bp.post("/workstreams/<slug:slug>/applicants/<uuid:application_id>/enrol")
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def enrol(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Enrol one who has accepted."""
    enrolling.enrol(call=call, by=current_user, application_id=application.id)
    return htmx.done(f"{url_of(place)}/offers", f"{application.called} is enrolled")


@bp.get(f"{BELOW}/waiting-list")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def waiting_list(place: Place, call: Call) -> ResponseReturnValue:
    """Who waits, in which order."""
    return htmx.render(
        "cohorts/decisions/waiting_list.html",
        "cohorts/decisions/_waiting_list.html",
        **_waiting(place, call),
    )


def _waiting(place: Place, call: Call) -> dict[str, Any]:
    return {"place": place, "waiting": queries.waiting_list(call), **standing(call)}


@bp.post(f"{BELOW}/waiting-list/move")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def move_in_list(place: Place, call: Call) -> ResponseReturnValue:
    """Put somebody at another place on the list."""
    form = forms.MoveInListForm()
    if form.validate_on_submit():
        with form.saving():
            moved = waiting.move_in_list(call=call, place_id=_place_id(), to=form.to.data)
        if not form.failed:
            return htmx.done(
                f"{url_of(place)}/waiting-list",
                f"{moved.application.called} is number {moved.position} now",
                fragment="cohorts/decisions/_waiting_list.html",
                focus=f"#waiting-{moved.id} button",
                **_waiting(place, call),
            )
    return form.show(
        "cohorts/decisions/waiting_list.html",
        "cohorts/decisions/_waiting_list.html",
        **_waiting(place, call),
    )


def _place_id() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("place_id", ""))
    except ValueError:
        raise Refused("Reload the page and try again") from None


@bp.post(f"{BELOW}/waiting-list/offer-next")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def offer_next(place: Place, call: Call) -> ResponseReturnValue:
    """Prepare an offer to whoever is next; it is looked at and released like any other."""
    form = ButtonForm()
    url = f"{url_of(place)}/waiting-list"
    if form.validate_on_submit():
        decision = waiting.offer_next(call=call, by=current_user)
        url = f"{url_of(place)}/{decision.id}/edit"
    return htmx.done(url, "An offer is prepared. Nobody has been told: look at it, then release it")
