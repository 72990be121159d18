"""Moving people from stage to stage, one or many, and taking it back."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from app.cohorts.applications import batches
from app.cohorts.applications.batches import Selection
from app.cohorts.applications.coordinating import open_to
from app.cohorts.applications.filters import ApplicantFilter
from app.cohorts.applications.models import Application
from app.cohorts.applications.move_forms import MoveForm, MoveTogetherForm, ReasonForm, Way, ways_of
from app.cohorts.applications.notices import Batch, batch_in_url, moved_lately, notice_of
from app.cohorts.applications.queries import application_in_url
from app.cohorts.applications.routes import bp
from app.cohorts.applications.routes.lists import board_context, board_page
from app.cohorts.applications.routes.person import person_page
from app.cohorts.applications.services import move_one
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.core import access, clock, htmx
from app.core.errors import EditConflict, Refused
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.extensions import db
from app.workstreams.queries import Place

# No page shows more at a time; more are moved by what they have in common.
_MOST_TICKED = 200
_SHOWN = 100


@bp.route("/move", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def move_together(place: Place, call: Call) -> ResponseReturnValue:
    """Where to, and why; who is moved is named before anything is."""
    selection = _asked_selection(place)
    people = batches.people_in(selection)
    form = MoveTogetherForm.make(ways_of(people))
    digest, _, shown_at = (form.seen.data or "").partition("@")
    overtaken: list[batches.Changed] | None = None
    onward = f"{place.url}/applicants{selection.wanted.suffix(moved=str(form.id.data))}"
    if form.is_submitted() and batches.size_of(place.id, form.id.data):
        return htmx.go_to(onward)  # pressed twice
    try:
        if form.is_submitted() and digest != batches.digest_of(people):
            # Said first: where they stand now may not lead to where they were to be moved.
            raise batches.Overtaken
        if form.validate_on_submit():
            with form.saving():
                batches.move_together(
                    selection=selection,
                    seen=digest,
                    to=form.to.data,
                    by=current_user,
                    why=form.why.data or "",
                    batch_id=form.id.data,
                )
            if not form.failed:
                return htmx.go_to(onward)
    except (batches.Overtaken, StaleDataError):
        db.session.rollback()
        overtaken = batches.changed_since(place.id, _instant(shown_at))
        people = batches.people_in(selection)
    ways = ways_of(people)
    return htmx.render(
        "cohorts/applications/move.html",
        status=409 if overtaken is not None else form.status,
        form=_asked_again(form, ways, people),
        place=place,
        call=call,
        base=f"{place.url}/applicants",
        selection=selection,
        people=people,
        ways=ways,
        hints=[{"hint": {"text": way.hint}} for way in ways],
        overtaken=overtaken,
        lately=moved_lately(place.id),
    )


def _asked_selection(place: Place) -> Selection:
    """Who is meant by the query string or the form: those ticked, or all whom the filter finds."""
    wanted = ApplicantFilter.read(request.values)
    if request.values.get("all"):
        return Selection(place.id, wanted)
    ids = request.values.getlist("chosen", type=uuid.UUID)[:_MOST_TICKED]
    return Selection(place.id, wanted, tuple(dict.fromkeys(ids)))


def _asked_again(
    form: MoveTogetherForm, ways: Sequence[Way], people: Sequence[Any]
) -> MoveTogetherForm:
    """The form for the people as they are now."""
    form.to.choices = [(way.stage.value, way.stage.label) for way in ways]
    form.seen.data = f"{batches.digest_of(people)}@{clock.now().isoformat()}"
    return form


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return clock.now()


@bp.get("/moves/<uuid:batch_id>")
@access.needs(Right.MANAGE_APPLICANTS, batch_in_url)
def moved_together(place: Place, batch: Batch, batch_id: uuid.UUID) -> ResponseReturnValue:
    """Who was moved together, and whether it was undone."""
    return _batch_page(place, batch, batch_id)


@bp.post("/moves/<uuid:batch_id>/undo")
@access.needs(Right.MANAGE_APPLICANTS, batch_in_url)
def undo_moves(place: Place, batch: Batch, batch_id: uuid.UUID) -> ResponseReturnValue:
    """Put everybody back who still stands where it put them."""
    try:
        back = batches.undo(workstream_id=place.id, batch_id=batch_id, by=current_user)
    except (Refused, StaleDataError) as error:
        db.session.rollback()
        words = error.message if isinstance(error, Refused) else "Somebody moved them just now"
        return _batch_page(place, batch, batch_id, status=409, problem=words)
    total = len(batch.rows)
    said = (
        "Undone" if back == total else f"Undone for {back:,} of {total:,}: see who was left alone"
    )
    return htmx.done(f"{place.url}/applicants/moves/{batch_id}", said)


def _batch_page(
    place: Place, batch: Batch, batch_id: uuid.UUID, *, status: int = 200, problem: str = ""
) -> ResponseReturnValue:
    number = min(asked_page(), max(1, -(-len(batch.rows) // _SHOWN)))
    url = f"{place.url}/applicants/moves/{batch_id}"
    first = (number - 1) * _SHOWN
    return htmx.render(
        "cohorts/applications/moved.html",
        status=status,
        place=place,
        base=f"{place.url}/applicants",
        batch=batch,
        batch_id=batch_id,
        rows=batch.rows[first : first + _SHOWN],
        pager=Page([], number, len(batch.rows), _SHOWN, lambda n: f"{url}?page={n}"),
        problem=problem,
    )


@bp.post("/<uuid:application_id>/move")
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def move(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Move one person; `on=board` comes from a card of the board, and goes back there."""
    form = MoveForm.make(application)
    on_board = request.form.get("on") == "board"
    overtaken = ""
    status = 422
    if form.validate_on_submit():
        try:
            with form.saving():
                move_one(
                    application=application,
                    version=form.version.data,
                    to=form.to.data,
                    by=current_user,
                    why=form.why.data or "",
                    batch_id=form.id.data,
                )
        except (EditConflict, StaleDataError):
            db.session.rollback()
            overtaken, status = _overtaken(application), 409
    elif form.version.data != application.version:
        # Where they stand now does not lead to where the page offered to move them.
        overtaken, status = _overtaken(application), 409
    if overtaken or form.failed:
        return _not_moved(place, call, application, form, on_board, overtaken, status)
    return _moved(place, call, application, form, on_board)


def _overtaken(application: Application) -> str:
    changed = batches.last_changed(application)
    return f"{changed or application.called}, so nothing was changed just now. Look again before you move them"


def _moved(
    place: Place, call: Call, application: Application, form: MoveForm, on_board: bool
) -> ResponseReturnValue:
    wanted = ApplicantFilter.read(request.args)
    onward = wanted.suffix(moved=str(form.id.data))
    if not on_board:
        return htmx.go_to(f"{place.url}/applicants/{application.id}{onward}")
    if not htmx.wants_fragment():
        # The board says it itself, with a way back.
        return htmx.go_to(f"{place.url}/applicants/board{onward}")
    notice = notice_of(place.id, form.id.data)
    return htmx.done(
        f"{place.url}/applicants/board",
        notice.words if notice else "Moved",
        fragment="cohorts/applications/_board.html",
        focus="#board-done",
        **board_context(place, call, wanted),
        problem="",
        notice=notice,
    )


def _not_moved(
    place: Place,
    call: Call,
    application: Application,
    form: MoveForm,
    on_board: bool,
    overtaken: str,
    status: int,
) -> ResponseReturnValue:
    if on_board:
        words = overtaken or " ".join(
            message for messages in form.errors.values() for message in messages
        )
        return board_page(place, call, status=status, problem=words)
    again = MoveForm.make(application, formdata=None) if overtaken else form
    return person_page(place, call, application, status=status, move_form=again, problem=overtaken)


@bp.route("/<uuid:application_id>/withdraw", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def withdraw(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """Withdraw an application for somebody who asked for it, after asking why."""
    form = ReasonForm(data={"version": application.version})
    overtaken = ""
    if form.validate_on_submit():
        try:
            with form.saving():
                move_one(
                    application=application,
                    version=form.version.data,
                    to=Stage.WITHDRAWN,
                    by=current_user,
                    why=form.why.data,
                )
            if not form.failed:
                url = f"{place.url}/applicants/{application.id}"
                return htmx.done(url, f"Withdrawn: {application.called}")
        except (EditConflict, StaleDataError):
            db.session.rollback()
            overtaken = _overtaken(application)
            form.version.data, form.version.raw_data = application.version, None
    return htmx.render(
        "cohorts/applications/withdraw.html",
        status=409 if overtaken else form.status,
        form=form,
        place=place,
        call=call,
        application=application,
        stage=Stage.WITHDRAWN,
        can_withdraw=Stage.WITHDRAWN in open_to(application),
        problem=overtaken,
    )
