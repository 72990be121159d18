"""A cohort's sessions: the list, a calendar file of it, and what the coordinator changes in it."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.cohorts.sessions import forms, queries, services
from app.cohorts.sessions.dates import in_calendar
from app.cohorts.sessions.models import CohortSession, SessionKind
from app.cohorts.sessions.queries import session_in_url, sessions_in_url
from app.core import access, clock, htmx
from app.core.formatting import count, day
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.delivery.exports import ics
from app.workstreams.queries import Place

bp = Blueprint("sessions", __name__, url_prefix="/workstreams/<slug:slug>")


@bp.get("/sessions")
@access.needs(Right.TAKE_REGISTER, sessions_in_url, own=True)
def sessions(place: Place) -> ResponseReturnValue:
    """All of them for the coordinator, theirs for whoever runs some."""
    page = queries.sessions_page(place, clock.today())
    return htmx.render("cohorts/sessions/sessions.html", place=place, page_of=page)


@bp.get("/sessions.ics")
@access.needs(Right.TAKE_REGISTER, sessions_in_url, own=True)
def sessions_file(place: Place) -> ResponseReturnValue:
    """The same as a calendar file."""
    name = place.workstream.name
    dates = [
        in_calendar(session, where=name, slug=place.slug)
        for session in queries.sessions_for_calendar(place)
    ]
    words = f"{count(len(dates), 'session')} as of {day(clock.today())}"
    response = Response(ics.calendar(f"Sessions of {name}", words, dates), mimetype=ics.MIMETYPE)
    response.headers["Content-Disposition"] = f"attachment; filename={place.slug}-sessions.ics"
    return response


@bp.route("/sessions/add", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, queries.cohort_in_url)
def add_session(place: Place) -> ResponseReturnValue:
    """Add one session, or a weekly series of them."""
    form = forms.NewSessionForm(queries.facilitator_choices(place))
    if form.validate_on_submit():
        with form.saving():
            added = services.add_sessions(
                id=form.id.data,
                workstream_id=place.id,
                times=form.times.data,
                every=form.apart,
                **form.given,
            )
        if not form.failed:
            what = "Showcase" if added[0].kind is SessionKind.SHOWCASE else "Session"
            words = f"{what} added" if len(added) == 1 else f"{len(added)} sessions added"
            return htmx.done(f"{place.url}/sessions", words)
    return form.show("cohorts/sessions/add_session.html", place=place)


@bp.route("/sessions/<uuid:session_id>/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, session_in_url)
def edit_session(place: Place, session: CohortSession) -> ResponseReturnValue:
    """Change its title, day, times, place and who runs it."""
    people = queries.facilitator_choices(place, also=session.facilitators)
    form = forms.EditSessionForm(people, obj=session)
    if form.validate_on_submit():
        fresh = lambda: forms.EditSessionForm(people, formdata=None, obj=session)  # noqa: E731
        with form.saving(session, fresh=fresh):
            services.edit_session(session=session, version=form.version.data, **form.given)
        if not form.failed:
            return htmx.done(f"{place.url}/sessions", "Session saved")
    return form.show("cohorts/sessions/edit_session.html", place=place, session=session)


@bp.route("/sessions/<uuid:session_id>/cancel", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, session_in_url)
def cancel_session(place: Place, session: CohortSession) -> ResponseReturnValue:
    """Ask why; it stays in the list, as cancelled."""
    form = forms.CancelForm(obj=session)
    if form.validate_on_submit():
        fresh = lambda: forms.CancelForm(formdata=None, obj=session)  # noqa: E731
        with form.saving(session, fresh=fresh):
            services.cancel_session(
                session=session, version=form.version.data, reason=form.reason.data
            )
        if not form.failed:
            return htmx.done(f"{place.url}/sessions", f"Cancelled: {session.title}")
    return form.show("cohorts/sessions/cancel_session.html", place=place, session=session)


@bp.post("/sessions/<uuid:session_id>/hold")
@access.needs(Right.MANAGE_PARTICIPANTS, session_in_url)
def hold_session(place: Place, session: CohortSession) -> ResponseReturnValue:
    """Undo a cancellation."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            services.hold_after_all(session=session, version=form.version.data)
        if not form.failed:
            return htmx.done(f"{place.url}/sessions", f"Held after all: {session.title}")
    return form.show(
        "cohorts/sessions/sessions.html",
        place=place,
        page_of=queries.sessions_page(place, clock.today()),
    )
