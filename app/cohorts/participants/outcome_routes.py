"""How somebody's time in a cohort ends: graduated, left, put off; and undoing that."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.applications.models import Participant
from app.cohorts.call.models import Call
from app.cohorts.participants import outcomes, queries
from app.cohorts.participants.completion import Rule
from app.cohorts.participants.forms import (
    DeferForm,
    GraduateAllForm,
    GraduateForm,
    LeaveForm,
)
from app.cohorts.participants.queries import participant_in_url, participants_in_url
from app.cohorts.participants.routes import bp, url_of
from app.core import access, htmx
from app.core.errors import Refused
from app.core.formatting import count
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.workstreams.queries import Place


@bp.route("/<uuid:participant_id>/graduate", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, participant_in_url)
def graduate(place: Place, call: Call, participant: Participant) -> ResponseReturnValue:
    """They have finished; without meeting the rule only for a reason."""
    form = GraduateForm(obj=participant)
    if form.validate_on_submit():
        fresh = lambda: GraduateForm(formdata=None, obj=participant)  # noqa: E731
        with form.saving(participant, fresh=fresh):
            outcomes.graduate(
                participant=participant,
                call=call,
                version=form.version.data,
                on=form.on.data,
                reason=form.reason.data or "",
            )
        if not form.failed:
            return htmx.done(
                url_of(place, participant), f"{participant.application.called} has graduated"
            )
    (standing,) = queries.standings(call, only=participant.id)
    return form.show(
        "cohorts/participants/graduate.html",
        place=place,
        participant=participant,
        standing=standing,
        rule=Rule.of(call),
    )


@bp.route("/graduate", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, participants_in_url)
def graduate_all(place: Place, call: Call) -> ResponseReturnValue:
    """Everybody who meets the rule, or those chosen of them."""
    current = [one for one in queries.standings(call) if one.takes_part]
    ready = [one for one in current if one.meets_rule]
    form = GraduateAllForm(ready)
    if form.validate_on_submit():
        with form.saving():
            done = outcomes.graduate_all(
                call=call,
                participant_ids=set(form.participant_ids.data),
                on=form.on.data,
            )
        if not form.failed:
            words = count(len(done), "participant has", "participants have")
            return htmx.done(f"{place.url}/participants", f"{words} graduated")
    return form.show(
        "cohorts/participants/graduate_all.html",
        place=place,
        ready=ready,
        short=[one for one in current if not one.meets_rule],
        rule=Rule.of(call),
    )


@bp.route("/<uuid:participant_id>/leave", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, participant_in_url)
def leave(place: Place, call: Call, participant: Participant) -> ResponseReturnValue:
    """They have left before the end, and why."""
    form = LeaveForm(obj=participant)
    if form.validate_on_submit():
        fresh = lambda: LeaveForm(formdata=None, obj=participant)  # noqa: E731
        with form.saving(participant, fresh=fresh):
            outcomes.leave(
                participant=participant,
                version=form.version.data,
                on=form.on.data,
                reason=form.reason.data,
            )
        if not form.failed:
            return htmx.done(url_of(place, participant), "Marked as having left")
    return form.show("cohorts/participants/leave.html", place=place, participant=participant)


@bp.route("/<uuid:participant_id>/defer", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, participant_in_url)
def defer(place: Place, call: Call, participant: Participant) -> ResponseReturnValue:
    """Put their place off to a later cohort."""
    cohorts = queries.later_cohorts(place)
    form = DeferForm(cohorts, obj=participant)
    if form.validate_on_submit():
        to = next(c.workstream for c in cohorts if c.workstream.id == form.cohort_id.data)
        fresh = lambda: DeferForm(cohorts, formdata=None, obj=participant)  # noqa: E731
        with form.saving(participant, fresh=fresh):
            outcomes.defer(
                participant=participant,
                version=form.version.data,
                to=to,
                on=form.on.data,
                reason=form.reason.data,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(url_of(place, participant), f"Put off to {to.name}")
    return form.show(
        "cohorts/participants/defer.html",
        place=place,
        participant=participant,
        cohorts=cohorts,
    )


@bp.post("/<uuid:participant_id>/undo-outcome")
@access.needs(Right.MANAGE_PARTICIPANTS, participant_in_url)
def undo_outcome(place: Place, call: Call, participant: Participant) -> ResponseReturnValue:
    """They take part again."""
    form = ButtonForm()
    if not form.validate_on_submit():
        raise Refused("Reload the page and try again")
    outcomes.undo(participant=participant, version=form.version.data)
    return htmx.done(url_of(place, participant), "Taking part again")
