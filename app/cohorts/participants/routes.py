"""A cohort's participants: the list, one person's page, their project, notes about them."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.applications.models import Participant
from app.cohorts.call.models import Call
from app.cohorts.participants import queries, services
from app.cohorts.participants.completion import Rule
from app.cohorts.participants.forms import NoteForm, ProjectForm
from app.cohorts.participants.models import ParticipantNote
from app.cohorts.participants.queries import (
    ParticipantFilter,
    note_in_url,
    participant_in_url,
    participants_in_url,
)
from app.core import access, clock, htmx
from app.core.forms import ButtonForm
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.workstreams.queries import Place

bp = Blueprint("participants", __name__, url_prefix="/workstreams/<slug:slug>/participants")

PAGE_SIZE = 50


def url_of(place: Place, participant: Participant) -> str:
    """A participant's page."""
    return f"{place.url}/participants/{participant.id}"


@bp.get("")
@access.needs(Right.MANAGE_PARTICIPANTS, participants_in_url)
def participants(place: Place, call: Call) -> ResponseReturnValue:
    """Everybody enrolled, with how far they have come; filtered by the URL."""
    wanted = ParticipantFilter.read(request.args)
    everybody = queries.standings(call)
    shown = [one for one in everybody if wanted.lets_through(one)]
    number = min(asked_page(), max(1, -(-len(shown) // PAGE_SIZE)))
    rows = shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return htmx.render(
        "cohorts/participants/participants.html",
        "cohorts/participants/_participants.html",
        place=place,
        rule=Rule.of(call),
        everybody=everybody,
        wanted=wanted,
        pager=Page(rows, number, len(shown), PAGE_SIZE),
    )


@bp.get("/<uuid:participant_id>")
@access.needs(Right.MANAGE_PARTICIPANTS, participant_in_url)
def participant(place: Place, call: Call, participant: Participant) -> ResponseReturnValue:
    """One participant: progress, attendance, project, what they need, notes."""
    return _page(place, call, participant, NoteForm())


def _page(
    place: Place, call: Call, participant: Participant, note_form: NoteForm
) -> ResponseReturnValue:
    (standing,) = queries.standings(call, only=participant.id)
    return note_form.show(
        "cohorts/participants/participant.html",
        place=place,
        rule=Rule.of(call),
        standing=standing,
        participant=participant,
        attended=queries.attendance_of(participant, clock.today()),
        notes=queries.notes_of(participant),
        undo_form=ButtonForm(formdata=None, obj=participant),
    )


@bp.route("/<uuid:participant_id>/project", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, participant_in_url)
def edit_project(place: Place, call: Call, participant: Participant) -> ResponseReturnValue:
    """What their project is, and whether it is finished."""
    form = ProjectForm(obj=participant)
    if form.validate_on_submit():
        fresh = lambda: ProjectForm(formdata=None, obj=participant)  # noqa: E731
        with form.saving(participant, fresh=fresh):
            services.edit_project(
                participant=participant,
                version=form.version.data,
                title=form.project_title.data,
                project=form.project.data,
                done_on=form.project_done_on.data,
            )
        if not form.failed:
            return htmx.done(f"{url_of(place, participant)}#project", "Project saved")
    return form.show("cohorts/participants/edit_project.html", place=place, participant=participant)


@bp.post("/<uuid:participant_id>/notes")
@access.needs(Right.MANAGE_PARTICIPANTS, participant_in_url)
def add_note(place: Place, call: Call, participant: Participant) -> ResponseReturnValue:
    """Write something down about somebody."""
    form = NoteForm()
    if form.validate_on_submit():
        with form.saving():
            services.add_note(
                id=form.id.data, participant=participant, text=form.text.data, by=current_user
            )
        if not form.failed:
            shown: dict[str, Any] = {"place": place, "participant": participant}
            return htmx.done(
                f"{url_of(place, participant)}#notes",
                "Note added",
                fragment="cohorts/participants/_notes.html",
                focus="#notes",
                notes=queries.notes_of(participant),
                form=NoteForm(formdata=None),
                **shown,
            )
    if htmx.wants_fragment():
        return form.show(
            "cohorts/participants/participant.html",
            "cohorts/participants/_notes.html",
            place=place,
            participant=participant,
            notes=queries.notes_of(participant),
        )
    return _page(place, call, participant, form)


@bp.route("/<uuid:participant_id>/notes/<uuid:note_id>/erase", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PARTICIPANTS, note_in_url)
def erase_note(
    place: Place, participant: Participant, note: ParticipantNote
) -> ResponseReturnValue:
    """Ask first: the words cannot be brought back."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            services.erase_note(note=note)
        if not form.failed:
            return htmx.done(f"{url_of(place, participant)}#notes", "Note erased")
    return form.show(
        "cohorts/participants/erase_note.html", place=place, participant=participant, note=note
    )
