"""An applicant's own interview: picking a time, changing it, giving it up, the file for a calendar."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.applying.sessions import application_at_hand
from app.cohorts.call.models import Call
from app.cohorts.interviews import calendar_file, forms, mail, picking, queries
from app.core import access, htmx
from app.core.formatting import moment
from app.core.forms import ButtonForm

bp = Blueprint("interviews_own", __name__, url_prefix="/apply/<slug:slug>/interview")


def _url(call: Call) -> str:
    return f"/apply/{call.workstream.slug}"


@bp.route("", methods=["GET", "POST"])
@access.by_link(application_at_hand)
def interview(call: Call, application: Application) -> ResponseReturnValue:
    """The time that they have, and the times that are free."""
    form = forms.PickForm(slots=queries.free_for_applicants(call))
    if form.validate_on_submit():
        with form.saving():
            picked = picking.pick(application=application, slot_id=form.slot_id.data)
        if not form.failed:
            assert picked.slot is not None
            return htmx.done(
                f"{_url(call)}/interview",
                f"Your interview is on {moment(picked.slot.starts_at)}",
            )
        # What was free a moment ago may not be now.
        form.offer(queries.free_for_applicants(call))
    found = queries.interview_of(application)
    slot = found.slot if found else None
    return form.show(
        "cohorts/interviews/own_interview.html",
        call=call,
        application=application,
        apply_url=_url(call),
        asked=application.stage is Stage.INTERVIEW,
        slot=slot,
        can_change=slot is None or queries.can_change(slot),
    )


@bp.route("/cancel", methods=["GET", "POST"])
@access.by_link(application_at_hand)
def cancel(call: Call, application: Application) -> ResponseReturnValue:
    """Ask first; then somebody else can have the time."""
    form = ButtonForm()
    found = queries.interview_of(application)
    if found is None or found.slot is None:
        return htmx.go_to(f"{_url(call)}/interview")
    if form.validate_on_submit():
        with form.saving():
            picking.give_up(interview=found)
        if not form.failed:
            return htmx.done(f"{_url(call)}/interview", "Your interview is cancelled")
    return form.show(
        "cohorts/interviews/own_cancel.html",
        call=call,
        application=application,
        apply_url=_url(call),
        slot=found.slot,
    )


@bp.get("/calendar.ics")
@access.by_link(application_at_hand)
def calendar(call: Call, application: Application) -> ResponseReturnValue:
    """The interview as a file for any calendar."""
    found = queries.interview_of(application)
    if found is None or found.slot is None:
        abort(404)
    text = calendar_file.write(**mail.about(found, found.slot))
    return Response(
        text,
        mimetype=calendar_file.MIMETYPE,
        headers={"Content-Disposition": 'attachment; filename="interview.ics"'},
    )
