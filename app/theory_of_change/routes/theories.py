"""A workstream's theories, and each one's page, words and agreement."""

import json
import uuid
from itertools import groupby
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.extensions import db
from app.theory_of_change import map_page, queries, theories
from app.theory_of_change.forms import AgreeForm, TheoryForm
from app.theory_of_change.interchange import as_json
from app.theory_of_change.models import Assumption, Link, Node, Theory
from app.theory_of_change.queries import map_url, theory_in_url
from app.theory_of_change.reading import read_map
from app.theory_of_change.routes import bp
from app.theory_of_change.services import OnMap
from app.workstreams.queries import Place, workstream_in_url


@bp.get("")
@access.needs(Right.VIEW_WORKSTREAM, workstream_in_url)
def theory_list(place: Place) -> ResponseReturnValue:
    """The workstream's theories; where there is one alone, its map."""
    found = queries.theories_of(place.id)
    if len(found) == 1:
        return htmx.go_to(map_url(place, found[0].id))
    return htmx.render("theory_of_change/theories.html", place=place, theories=found)


@bp.route("/new", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, workstream_in_url)
def new_theory(place: Place) -> ResponseReturnValue:
    """Begin a theory with an empty map."""
    form = TheoryForm()
    if form.validate_on_submit():
        with form.saving():
            theories.start_theory(workstream_id=place.id, theory_id=form.id.data, **form.words)
        if not form.failed:
            return htmx.done(map_url(place, form.id.data), "Theory of change started")
    return form.show("theory_of_change/new_theory.html", place=place)


@bp.get("/<uuid:theory_id>")
@access.needs(Right.VIEW_WORKSTREAM, theory_in_url)
def theory_map(place: Place, theory: Theory) -> ResponseReturnValue:
    """The map; `removed` in the URL offers to bring back what has just been taken away."""
    removed = request.args.get("removed", type=uuid.UUID)
    return map_page.show(place, theory, undo=_undo(place, theory, removed) if removed else None)


def _undo(place: Place, theory: Theory, thing_id: uuid.UUID) -> map_page.Undo | None:
    """The offer to bring back a step or link that is off the map."""
    models: dict[str, Any] = {"nodes": Node, "links": Link, "assumptions": Assumption}
    for path, model in models.items():
        thing: OnMap | None = db.session.get(model, thing_id)
        if thing is not None and thing.theory_id == theory.id and thing.removed_at is not None:
            url = f"{map_url(place, theory.id)}/{path}/{thing.id}/bring-back"
            return map_page.Undo(map_page.removed_words(thing), url)
    return None


@bp.get("/<uuid:theory_id>.json")
@access.needs(Right.VIEW_WORKSTREAM, theory_in_url)
def map_json(place: Place, theory: Theory) -> ResponseReturnValue:
    """The map as a file that can be imported again."""
    answer = Response(
        json.dumps(as_json(read_map(theory)), ensure_ascii=False, indent=2) + "\n",
        mimetype="application/json",
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{place.slug}-map.json"'
    return answer


@bp.get("/<uuid:theory_id>/gaps")
@access.needs(Right.VIEW_WORKSTREAM, theory_in_url)
def gaps(place: Place, theory: Theory) -> ResponseReturnValue:
    """Everything that is missing, explained."""
    the_map = read_map(theory)
    found = map_page.gaps_here(place, the_map)
    return htmx.render(
        "theory_of_change/gaps.html",
        place=place,
        the_map=the_map,
        base=map_url(place, theory.id),
        groups=[(kind, list(each)) for kind, each in groupby(found, key=lambda gap: gap.kind)],
        may_edit=place.can(Right.EDIT_MAP),
    )


@bp.route("/<uuid:theory_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, theory_in_url)
def edit_theory(place: Place, theory: Theory) -> ResponseReturnValue:
    """Change what a theory says of itself."""
    form = TheoryForm(obj=theory)
    if form.validate_on_submit():
        with form.saving(theory, fresh=lambda: TheoryForm(formdata=None, obj=theory)):
            theories.edit_theory(theory=theory, version=form.version.data, **form.words)
        if not form.failed:
            return htmx.done(map_url(place, theory.id), "Theory of change saved")
    return form.show("theory_of_change/edit_theory.html", place=place, theory=theory)


@bp.route("/<uuid:theory_id>/remove", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, theory_in_url)
def remove_theory(place: Place, theory: Theory) -> ResponseReturnValue:
    """Set a theory aside, after asking."""
    form = ButtonForm(obj=theory)
    if form.validate_on_submit():
        with form.saving(theory, fresh=lambda: ButtonForm(formdata=None, obj=theory)):
            theories.remove_theory(theory=theory, version=form.version.data)
        if not form.failed:
            return htmx.done(f"{place.url}/map", f"{theory.title} removed")
    return form.show("theory_of_change/remove_theory.html", place=place, theory=theory)


@bp.route("/<uuid:theory_id>/agree", methods=["GET", "POST"])
@access.needs(Right.AGREE_MAP, theory_in_url)
def agree(place: Place, theory: Theory) -> ResponseReturnValue:
    """Record that the map as it is now was agreed; a version is kept."""
    form = AgreeForm(data={"version": theory.version})
    if form.validate_on_submit():
        fresh = {"version": theory.version, "agreed_on": theory.agreed_on}
        with form.saving(theory, fresh=lambda: AgreeForm(formdata=None, data=fresh)):
            theories.agree(
                theory=theory,
                version=form.version.data,
                agreed_on=form.agreed_on.data,
                label=form.label.data or "",
                version_id=form.id.data,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(map_url(place, theory.id), "Agreement recorded, and a version kept")
    return form.show("theory_of_change/agree.html", place=place, theory=theory)


@bp.post("/<uuid:theory_id>/draft")
@access.needs(Right.AGREE_MAP, theory_in_url)
def back_to_draft(place: Place, theory: Theory) -> ResponseReturnValue:
    """Say that an agreed theory is being drawn again."""
    form = ButtonForm()
    if form.validate_on_submit():
        theories.back_to_draft(theory=theory, version=form.version.data)
    return htmx.done(map_url(place, theory.id), "Back to draft. What was agreed is kept")
