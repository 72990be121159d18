"""Nominating, and what the coordinator sees of it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.cohorts.inviting import nominations, queries
from app.cohorts.inviting.forms import NominateForm
from app.cohorts.inviting.models import Nomination
from app.core import access, clock, htmx
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.workstreams.queries import Place

bp = Blueprint("inviting", __name__)


@bp.route("/workstreams/<slug:slug>/nominate", methods=["GET", "POST"])
@access.needs(Right.NOMINATE, call_in_url)
def nominate(place: Place, call: Call) -> ResponseReturnValue:
    """Nominate somebody; and one's own nominations. Whether somebody was reached, or has applied, is
    not said: it is theirs to tell."""
    form = NominateForm()
    if form.validate_on_submit():
        with form.saving():
            nominations.nominate(
                id=form.id.data,
                call=call,
                by=current_user,
                name=form.name.data,
                email=form.email.data,
                why=form.why.data or "",
            )
        if not form.failed:
            return htmx.done(f"{place.url}/nominate", _thanks(call))
    mine = queries.made_by(current_user, place.id)
    return form.show(
        "cohorts/inviting/nominate.html", place=place, call=call, mine=mine, now=clock.moment()
    )


def _thanks(call: Call) -> str:
    """The same for every address."""
    if call.is_open(clock.moment()):
        return "Thank you. They get one invitation to apply, unless they have had it already"
    return "Thank you. They get one invitation when applications open"


@bp.route(
    "/workstreams/<slug:slug>/nominate/<uuid:nomination_id>/withdraw", methods=["GET", "POST"]
)
@access.needs(Right.NOMINATE, queries.nomination_in_url)
def withdraw_nomination(place: Place, call: Call, nomination: Nomination) -> ResponseReturnValue:
    """Take a nomination back; its nominator, or who runs the cohort."""
    own = nomination.nominated_by_id == current_user.id
    back = f"{place.url}/nominate" if own else f"{place.url}/applicants/invitations"
    if ButtonForm().validate_on_submit():
        nominations.withdraw(nomination=nomination)
        return htmx.done(back, "Nomination withdrawn. The name and address are erased")
    return render_template(
        "cohorts/inviting/withdraw_nomination.html", place=place, nomination=nomination, back=back
    )


@bp.get("/workstreams/<slug:slug>/applicants/invitations")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def invitations(place: Place, call: Call) -> ResponseReturnValue:
    """Everybody nominated, and how many wait to hear of the next cohort."""
    page, applied = queries.all_of(call)
    return render_template(
        "cohorts/inviting/invitations.html",
        place=place,
        call=call,
        nominated=page,
        applied=applied,
        waiting=queries.who_waits(place.workstream),
    )
