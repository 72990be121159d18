"""What members of the public do without an account: ask to hear of the next cohort, and end mail."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.cohorts.call.models import Call
from app.cohorts.call.standing import Phase, phase_of
from app.cohorts.inviting import next_call, nominations, queries
from app.cohorts.inviting.forms import TellMeForm
from app.cohorts.inviting.models import Because, Nomination, WaitingAddress
from app.cohorts.inviting.routes import bp
from app.core import access, clock, htmx
from app.core.database import SAFE_METHODS
from app.core.slowing import too_often

# A college's pupils share one network address; one person's address gets few mails a day.
MOST_FROM_NETWORK, NETWORK_MINUTES = 60, 60
MOST_TO_ADDRESS, ADDRESS_MINUTES = 3, 24 * 60


@bp.route("/apply/<slug:slug>/tell-me", methods=["GET", "POST"])
@access.public
def tell_me(slug: str) -> ResponseReturnValue:
    """Ask to hear of the programme's next call. `because` in the URL says why somebody was led here.
    The answer is the same whether or not the address is on the list."""
    call = queries.call_at(slug) or abort(404)
    form = TellMeForm()
    if form.validate_on_submit():
        if too_often("tell-me", most=MOST_FROM_NETWORK, minutes=NETWORK_MINUTES):
            abort(429)
        email = form.email.data
        if not too_often("tell-me", most=MOST_TO_ADDRESS, minutes=ADDRESS_MINUTES, who=email):
            next_call.ask(call=call, because=_because(call), email=email, area=form.area.data)
        return htmx.go_to(f"/apply/{slug}/tell-me/sent")
    return form.show(
        "cohorts/inviting/tell_me.html", call=call, because=_because(call), reasons=Because
    )


def _because(call: Call) -> Because:
    said, now = request.args.get("because", ""), clock.moment()
    if said in {reason.value for reason in Because}:
        return Because(said)
    if phase_of(call, now, call.workstream.starts_on) in (Phase.CLOSED, Phase.NEVER):
        return Because.CLOSED
    return Because.OTHER if call.is_open(now) else Because.NOT_OPEN


@bp.get("/apply/<slug:slug>/tell-me/sent")
@access.public
def tell_me_sent(slug: str) -> ResponseReturnValue:
    """Look in your mail."""
    call = queries.call_at(slug) or abort(404)
    return render_template("cohorts/inviting/tell_me_sent.html", call=call)


@bp.route("/next-cohort/confirm/<token>", methods=["GET", "POST"])
@access.by_link(queries.confirming)
def confirm_next_call(entry: WaitingAddress | None) -> ResponseReturnValue:
    """One button: mail scanners open links, and must not confirm for anybody."""
    state = "gone"
    if entry is not None and next_call.can_be_confirmed(entry):
        if request.method not in SAFE_METHODS:
            next_call.confirm(entry=entry)
        state = "confirmed" if entry.confirmed_at else "asked"
    return render_template("cohorts/inviting/confirm_next_call.html", state=state)


@bp.route("/next-cohort/stop/<token>", methods=["GET", "POST"])
@access.by_link(queries.stopping, one_click=True)
def stop_next_call(entry: WaitingAddress | None) -> ResponseReturnValue:
    """One button, or none where the mail client has one of its own."""
    if entry is not None and entry.email and request.method not in SAFE_METHODS:
        next_call.stop(entry=entry)
    stopped = entry is None or entry.email is None
    return render_template("cohorts/inviting/stop_next_call.html", stopped=stopped)


@bp.route("/invitations/stop/<token>", methods=["GET", "POST"])
@access.by_link(queries.nomination_of_token, one_click=True)
def stop_nominations(nomination: Nomination) -> ResponseReturnValue:
    """The same for invitations that come of nominations."""
    if request.method not in SAFE_METHODS:
        nominations.stop(nomination=nomination)
    stopped = nomination.stopped_at is not None
    return render_template("cohorts/inviting/stop_nominations.html", stopped=stopped)
