"""What the coordinator does: who reads what, by hand or evenly; taking back; lifting the blindness."""

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.cohorts.applications.models import Application
from app.cohorts.applications.queries import application_in_url
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url, criteria_of
from app.cohorts.reviewing import handing_out, panel, progress, queries, services
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.blueprint import bp
from app.cohorts.reviewing.forms import (
    BlindForm,
    GiveForm,
    GiveOneForm,
    ShareForm,
    TakeAllBackForm,
)
from app.cohorts.reviewing.models import Assignment, Handout, How
from app.cohorts.reviewing.proposing import propose
from app.cohorts.reviewing.reviewers import Reviewer, reviewers_of
from app.core import access, htmx
from app.core.errors import EditConflict
from app.core.formatting import count
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.workstreams.queries import Place


def _url(place: Place) -> str:
    return f"{place.url}/applicants/reviews"


@bp.route("/applicants/reviews", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def reviews(place: Place, call: Call) -> ResponseReturnValue:
    """Who reads what, and how far they are; those ticked are given to a reviewer. `?show=` narrows the
    applications, `?given=` says what has just been given out."""
    able = reviewers_of(place.id)
    ids = [reviewer.id for reviewer in able]
    counts = progress.counted(call)
    wanted = request.args.get("show", "")
    shown = wanted if wanted in progress.SHOWN else ""
    rows = progress.rows_of(call, shown, counts[shown], ids)
    readers = progress.readers_of(call, able)
    form = GiveForm()
    form.offer([row.id for row in rows.rows], _offered(able, readers))
    if form.validate_on_submit():
        with form.saving():
            handout = handing_out.give_out(
                id=form.id.data,
                call=call,
                pairs=[(id, form.reviewer_id.data) for id in form.applications.data],
                how=How.BY_HAND,
                by=current_user,
            )
        if not form.failed:
            return htmx.go_to(f"{_url(place)}?given={handout.id}")
    return form.show(
        "cohorts/reviewing/reviews.html",
        place=place,
        call=call,
        counts=counts,
        shown=shown,
        labels=progress.SHOWN,
        rows=rows,
        readers=readers,
        has_criteria=bool(criteria_of(call)),
        given=queries.handout_given(place.id, request.args.get("given", type=uuid.UUID)),
    )


def _offered(able: list[Reviewer], readers: list[progress.Reader]) -> list[tuple[uuid.UUID, str]]:
    """Reviewers to choose from, each with what they have to read."""
    to_do = {reader.id: reader.to_do for reader in readers}
    return [(r.id, f"{r.name} ({to_do.get(r.id, 0)} to read)") for r in able]


@bp.route("/applicants/reviews/share", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def share(place: Place, call: Call) -> ResponseReturnValue:
    """Share evenly: choose among whom, see what would come of it, confirm."""
    able = reviewers_of(place.id)
    asked: MultiDict[str, str] = request.form if request.method == "POST" else request.args
    form = ShareForm(formdata=asked if "stage" in asked else None)
    form.offer(able)
    if "stage" not in asked:
        form.who.data = [r.id for r in able if r.by_role] or [r.id for r in able]
    seed = asked.get("seed", 1, type=int)
    if request.method == "POST":
        handing_out.lock(call)
    proposal = propose(call, stages=form.stages, reviewer_ids=form.who.data or [], seed=seed)
    changed = False
    if form.validate_on_submit():
        if queries.handout_given(place.id, form.id.data):  # pressed twice
            return htmx.go_to(f"{_url(place)}?given={form.id.data}")
        changed = asked.get("mark") != proposal.mark or not proposal.shared.pairs
        if not changed:
            with form.saving():
                handout = handing_out.give_out(
                    id=form.id.data,
                    call=call,
                    pairs=proposal.shared.pairs,
                    how=How.EVENLY,
                    by=current_user,
                )
            if not form.failed:
                return htmx.go_to(f"{_url(place)}?given={handout.id}")
    return htmx.render(
        "cohorts/reviewing/share.html",
        status=409 if changed else form.status if request.method == "POST" else 200,
        place=place,
        call=call,
        form=form,
        able=able,
        proposal=proposal,
        seed=seed,
        changed=changed,
    )


@bp.post("/applicants/reviews/handouts/<uuid:handout_id>/undo")
@access.needs(Right.MANAGE_APPLICANTS, queries.handout_in_url)
def undo_handout(place: Place, call: Call, handout: Handout) -> ResponseReturnValue:
    """Take back what was given out in one go."""
    taken, kept = handing_out.undo(call=call, handout=handout)
    words = f"Undone: {count(taken, 'application')} taken back"
    if kept:
        words += f". {count(kept, 'stays', 'stay')} given, because reading has begun"
    return htmx.done(_url(place), words)


@bp.route("/applicants/reviews/readers/<uuid:reader_id>/take-back", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, queries.reader_in_url)
def take_all_back(place: Place, call: Call, reader: Reviewer) -> ResponseReturnValue:
    """Take back all that somebody has not reviewed yet."""
    form = TakeAllBackForm()
    if form.validate_on_submit():
        with form.saving():
            handout = handing_out.take_all_back(
                id=form.id.data, call=call, reviewer_id=reader.id, by=current_user
            )
        if not form.failed:
            taken = count(handout.applications, "application")
            return htmx.done(_url(place), f"{taken} taken back from {reader.name}")
    to_do = queries.my_counts(reader.id, place.id).to_do
    return form.show(
        "cohorts/reviewing/take_all_back.html", place=place, call=call, reader=reader, to_do=to_do
    )


@bp.post("/applicants/reviews/assignments/<uuid:assignment_id>/take-back")
@access.needs(Right.MANAGE_APPLICANTS, queries.assignment_in_url)
def take_back(place: Place, call: Call, assignment: Assignment) -> ResponseReturnValue:
    """One application is no longer one reviewer's to read. They can be given it again."""
    form = ButtonForm()
    if not form.validate_on_submit():
        raise EditConflict
    handing_out.take_back(assignment=assignment, version=form.version.data)
    words = f"Taken back from {assignment.reviewer.name}"
    return htmx.done(f"{_url(place)}/{assignment.application_id}", words)


@bp.route("/applicants/reviews/<uuid:application_id>", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, application_in_url)
def application_reviews(place: Place, call: Call, application: Application) -> ResponseReturnValue:
    """One application: who reads it, what they say, and giving it to somebody."""
    able = reviewers_of(place.id)
    context: dict[str, Any] = panel.reviews_of(call, application, current_user.id, able)
    form = GiveOneForm()
    form.reviewer_id.choices = [
        ("", "Choose"),
        *_offered(context["free"], progress.readers_of(call, able)),
    ]
    form.in_place_of.choices = [
        ("", "Nobody"),
        *((given.id, given.name) for given in context["given"] if given.state == "to_do"),
    ]
    if form.validate_on_submit():
        with form.saving():
            handing_out.give_one(
                id=form.id.data,
                call=call,
                application=application,
                reviewer_id=form.reviewer_id.data,
                in_place_of=form.in_place_of.data,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(f"{_url(place)}/{application.id}", "Given out")
    return form.show(
        "cohorts/reviewing/application_reviews.html",
        place=place,
        call=call,
        application=application,
        is_read=application.stage in READ_AT,
        **context,
    )


@bp.route("/applicants/reviews/names", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def names(place: Place, call: Call) -> ResponseReturnValue:
    """Lift the blindness, or put it back; asks first, and history keeps who did it."""
    form = BlindForm(obj=call)
    if form.validate_on_submit():
        blind = request.form.get("blind") == "yes"
        with form.saving(call, fresh=lambda: BlindForm(formdata=None, obj=call)):
            services.set_blindness(call=call, version=form.version.data, blind=blind)
        if not form.failed:
            words = (
                "Reviewers no longer see who applied"
                if blind
                else "Reviewers now see who applied, and every answer"
            )
            return htmx.done(_url(place), words)
    return form.show("cohorts/reviewing/names.html", place=place, call=call)
