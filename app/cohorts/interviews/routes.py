"""Interviews as the coordinator runs them: times, who has picked them, what came of them."""

import uuid
from datetime import datetime, timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.cohorts.applications.models import Application
from app.cohorts.applications.queries import application_in_url
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.cohorts.interviews import forms, offering, picking, queries
from app.cohorts.interviews.models import InterviewSlot
from app.core import access, clock, htmx, time_field
from app.core.errors import Refused
from app.core.formatting import count
from app.core.forms import ButtonForm
from app.core.paging import asked_page
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.workstreams.queries import Place

bp = Blueprint("interviews", __name__)

_BELOW = "/workstreams/<slug:slug>/applicants/interviews"
_ONE = "/workstreams/<slug:slug>/applicants/<uuid:application_id>/interview"
_ANY_TIME = timedelta(0)


def _url(place: Place) -> str:
    return f"{place.url}/applicants/interviews"


@bp.get(_BELOW)
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def interviews(place: Place, call: Call) -> ResponseReturnValue:
    """The times to come (or past), who has picked them, and who has not picked one."""
    past = bool(request.args.get("past"))
    slots = queries.slots(call, past=past, page=asked_page())
    return htmx.render(
        "cohorts/interviews/interviews.html",
        place=place,
        call=call,
        past=past,
        removed=queries.removed(place, request.args.get("removed", type=uuid.UUID)),
        slots=slots,
        days=queries.by_day(slots.rows),
        numbers=queries.overview(call),
        not_picked=queries.not_picked(call),
    )


@bp.route(f"{_BELOW}/offer", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def offer_slots(place: Place, call: Call) -> ResponseReturnValue:
    """Offer one time, or a row of them."""
    form = forms.OfferSlotsForm(minutes=30, gap=0)
    if form.validate_on_submit():
        with form.saving():
            until = form.until.data
            offered = offering.offer_slots(
                id=form.id.data,
                call=call,
                starts_at=time_field.at(form.day.data, form.starts.data),
                until=time_field.at(form.day.data, until) if until else None,
                minutes=form.minutes.data,
                gap=form.gap.data or 0,
                place=form.place.data,
                panel=form.panel.data,
            )
        if not form.failed:
            return htmx.done(_url(place), f"{count(len(offered), 'time')} offered")
    return form.show("cohorts/interviews/offer_slots.html", place=place)


@bp.route(f"{_BELOW}/<uuid:slot_id>/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, queries.slot_in_url)
def edit_slot(place: Place, call: Call, slot: InterviewSlot) -> ResponseReturnValue:
    """Change one time; whoever has picked it is told."""
    form = forms.EditSlotForm(obj=slot)
    if form.validate_on_submit():
        told = False
        with form.saving(slot, fresh=lambda: forms.EditSlotForm(formdata=None, obj=slot)):
            told = offering.edit_slot(
                slot=slot,
                version=form.version.data,
                starts_at=time_field.at(form.day.data, form.starts.data),
                minutes=form.minutes.data,
                place=form.place.data,
                panel=form.panel.data,
            )
        if not form.failed:
            whom = _told(slot.interview.application) if told and slot.interview else ""
            return htmx.done(_url(place), f"Time saved.{whom}" if whom else "Time saved")
    return form.show("cohorts/interviews/edit_slot.html", place=place, slot=slot)


@bp.route(f"{_BELOW}/<uuid:slot_id>/remove", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, queries.slot_in_url)
def remove_slot(place: Place, call: Call, slot: InterviewSlot) -> ResponseReturnValue:
    """Ask first, naming who has picked it; then remove it and tell them."""
    form = ButtonForm()
    if form.validate_on_submit():
        picked_by = slot.interview.application if slot.interview else None
        slot_id = slot.id
        with form.saving(slot, fresh=lambda: ButtonForm(formdata=None, obj=slot)):
            offering.remove_slot(slot=slot, version=form.version.data)
        if not form.failed:
            if picked_by is not None:
                return htmx.done(_url(place), f"Time removed.{_told(picked_by)}")
            undo = latest_change_id(slot_id)
            return htmx.done(f"{_url(place)}?removed={undo}", "Time removed")
    return form.show("cohorts/interviews/remove_slot.html", place=place, slot=slot)


def _told(application: Application) -> str:
    if application.email is None:
        return f" {application.called} has no e-mail address: tell them by telephone or letter"
    return f" {application.called} has been told by e-mail"


@bp.route(f"{_BELOW}/invite", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def invite(place: Place, call: Call) -> ResponseReturnValue:
    """Ask by mail those who have not picked a time. Pressed twice, nobody is asked twice."""
    form = forms.InviteForm(before=clock.now().isoformat())
    if form.validate_on_submit():
        asked = 0
        with form.saving():
            asked = offering.invite(call=call, before=_moment_in(form.before.data))
        if not form.failed:
            return htmx.done(_url(place), f"{count(asked, 'person', 'people')} asked by e-mail")
    return form.show(
        "cohorts/interviews/invite.html",
        place=place,
        people=queries.to_invite(call, clock.now()),
        numbers=queries.overview(call),
    )


def _moment_in(text: str) -> datetime:
    try:
        shown = datetime.fromisoformat(text)
    except ValueError:
        shown = None
    if shown is None or shown.tzinfo is None:
        raise Refused("Reload the page and try again")
    return min(shown, clock.now())


@bp.route(f"{_ONE}/time", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def pick_for(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Pick a time for somebody who rings up or has no e-mail address."""
    form = forms.PickForm(slots=queries.free_slots(place.id, after=clock.moment()))
    if form.validate_on_submit():
        with form.saving():
            picking.pick(application=application, slot_id=form.slot_id.data, notice=_ANY_TIME)
        if not form.failed:
            return htmx.done(_application_url(place, application), "Interview time saved")
        form.offer(queries.free_slots(place.id, after=clock.moment()))
    return form.show(
        "cohorts/interviews/pick_for.html",
        place=place,
        application=application,
        interview=queries.interview_of(application),
    )


@bp.post(f"{_ONE}/time/give-up")
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def give_up_for(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Let go of somebody's time for them."""
    form = ButtonForm()
    interview = queries.interview_of(application)
    if form.validate_on_submit() and interview is not None:
        picking.give_up(interview=interview, notice=_ANY_TIME)
    return htmx.done(_application_url(place, application), "They have no interview time now")


@bp.route(f"{_ONE}/outcome", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def note_outcome(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Keep what the panel noted."""
    interview = queries.interview_of(application)

    def make(**kwargs: object) -> forms.OutcomeForm:
        score = None if interview is None or interview.score is None else str(interview.score)
        return forms.OutcomeForm(obj=interview, score=score, **kwargs)

    form = make()
    if form.validate_on_submit():
        with form.saving(interview, fresh=lambda: make(formdata=None)):
            offering.note_outcome(
                application=application,
                version=form.version.data,
                notes=form.notes.data,
                score=form.score.data,
            )
        if not form.failed:
            return htmx.done(_application_url(place, application), "Outcome of the interview saved")
    return form.show(
        "cohorts/interviews/note_outcome.html",
        place=place,
        application=application,
        interview=interview,
    )


def _application_url(place: Place, application: Application) -> str:
    return f"{place.url}/applicants/{application.id}"
