"""An applicant's own offer: read, accepted, declined."""

from flask.typing import ResponseReturnValue

from app.cohorts.applications.models import Application
from app.cohorts.applying.sessions import application_at_hand
from app.cohorts.call.models import Call
from app.cohorts.decisions import answering, forms, shown
from app.cohorts.decisions.routes import bp
from app.core import access, htmx
from app.core.errors import Refused
from app.core.forms import ButtonForm

_OWN = "/apply/<slug:slug>/offer"


def _url(call: Call) -> str:
    return f"/apply/{call.workstream.slug}"


@bp.get(_OWN)
@access.by_link(application_at_hand)
def offer(call: Call, application: Application) -> ResponseReturnValue:
    """The letter, and what can be answered to it."""
    told = shown.to_applicant(call, application)
    if told is None:
        return htmx.go_to(f"{_url(call)}/your-application")
    return htmx.render(
        "cohorts/decisions/own_offer.html",
        call=call,
        application=application,
        apply_url=_url(call),
        **told,
    )


@bp.route(f"{_OWN}/accept", methods=["GET", "POST"])
@access.by_link(application_at_hand)
def accept(call: Call, application: Application) -> ResponseReturnValue:
    """Ask first; then the place is theirs."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            answering.accept(application=application)
        if not form.failed:
            return htmx.done(f"{_url(call)}/offer", "You have accepted your place")
    return _answer("cohorts/decisions/own_accept.html", form, call, application)


@bp.route(f"{_OWN}/decline", methods=["GET", "POST"])
@access.by_link(application_at_hand)
def decline(call: Call, application: Application) -> ResponseReturnValue:
    """Ask first; then the place is somebody else's."""
    form = forms.DeclineForm()
    if form.validate_on_submit():
        with form.saving():
            answering.decline(application=application, why=form.why.data or "")
        if not form.failed:
            return htmx.done(f"{_url(call)}/offer", "You have declined your place")
    return _answer("cohorts/decisions/own_decline.html", form, call, application)


def _answer(
    page: str, form: ButtonForm | forms.DeclineForm, call: Call, application: Application
) -> ResponseReturnValue:
    told = shown.to_applicant(call, application)
    if told is None and form.failed:
        raise Refused(answering.NO_OFFER)
    if told is None or not (told["can_accept"] or told["can_decline"] or form.failed):
        return htmx.go_to(f"{_url(call)}/offer")
    return form.show(page, call=call, application=application, apply_url=_url(call), **told)
