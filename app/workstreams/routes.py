"""A workstream's own pages: overview, create, edit, move, archive."""

import uuid

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.workstreams import queries, services
from app.workstreams.blueprint import bp
from app.workstreams.forms import EditWorkstreamForm, MoveForm, NewWorkstreamForm
from app.workstreams.overview import panels
from app.workstreams.queries import Place, detailed_workstream_in_url, workstream_in_url
from app.workstreams.statements import sections_of


@bp.get("/workstreams/<slug:slug>")
@access.needs(Right.VIEW_WORKSTREAM, detailed_workstream_in_url)
def overview(place: Place) -> ResponseReturnValue:
    """What the workstream is for, what it aims at, where it stands in the tree, and its panels."""
    return render_template(
        "workstreams/overview.html",
        place=place,
        sections=sections_of(place).values(),
        children=queries.children_of(place),
        first_panels=panels(place, first=True),
        panels=panels(place, first=False),
    )


@bp.route("/workstreams/new", methods=["GET", "POST"])
@access.needs(Right.CREATE_TOP_WORKSTREAM)
def new_workstream() -> ResponseReturnValue:
    """Add a workstream at the top of the tree."""
    form = NewWorkstreamForm()
    return _created(form, None) or form.show("workstreams/new_workstream.html")


@bp.route("/workstreams/<slug:slug>/new", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, workstream_in_url)
def new_child(place: Place) -> ResponseReturnValue:
    """Add a workstream below this one."""
    form = NewWorkstreamForm()
    return _created(form, place.id) or form.show("workstreams/new_child.html", place=place)


def _created(form: NewWorkstreamForm, parent_id: uuid.UUID | None) -> ResponseReturnValue | None:
    if not form.validate_on_submit():
        return None
    with form.saving():
        workstream = services.create_workstream(
            id=form.id.data,
            parent_id=parent_id,
            kind=form.kind.data,
            details=form.details,
            by=current_user,
        )
    if form.failed:
        return None
    return htmx.done(f"/workstreams/{workstream.slug}", f"{workstream.name} added")


@bp.route("/workstreams/<slug:slug>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, workstream_in_url)
def edit_workstream(place: Place) -> ResponseReturnValue:
    """Change a workstream's details."""
    workstream = place.workstream
    form = EditWorkstreamForm(obj=workstream)
    if form.validate_on_submit():
        with form.saving(
            workstream, fresh=lambda: EditWorkstreamForm(formdata=None, obj=workstream)
        ):
            services.edit_workstream(
                workstream=workstream,
                details=form.details,
                version=form.version.data,
            )
        if not form.failed:
            return htmx.done(place.url, "Details saved")
    return form.show("workstreams/edit_workstream.html", place=place)


@bp.route("/workstreams/<slug:slug>/move", methods=["GET", "POST"])
@access.needs(Right.MOVE_WORKSTREAM, workstream_in_url)
def move_workstream(place: Place) -> ResponseReturnValue:
    """Put a workstream somewhere else in the tree."""
    workstream = place.workstream
    choices = queries.place_choices(current_user, without=workstream)
    form = MoveForm(obj=workstream, choices=choices)
    if form.validate_on_submit():
        with form.saving(
            workstream, fresh=lambda: MoveForm(formdata=None, obj=workstream, choices=choices)
        ):
            services.move_workstream(
                workstream=workstream,
                parent_id=form.parent_id.data,
                version=form.version.data,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(place.url, f"{workstream.name} moved")
    return form.show("workstreams/move_workstream.html", place=place)


@bp.route("/workstreams/<slug:slug>/archive", methods=["GET", "POST"])
@access.needs(Right.MOVE_WORKSTREAM, workstream_in_url)
def archive_workstream(place: Place) -> ResponseReturnValue:
    """Leave a workstream out of the default portfolio, after asking."""
    form = ButtonForm()
    if form.validate_on_submit():
        services.archive_workstream(workstream=place.workstream)
        return htmx.done(place.url, f"{place.workstream.name} archived")
    return form.show(
        "workstreams/archive_workstream.html", place=place, children=queries.children_of(place)
    )


@bp.route("/workstreams/<slug:slug>/bring-back", methods=["GET", "POST"])
@access.needs(Right.MOVE_WORKSTREAM, workstream_in_url)
def bring_back_workstream(place: Place) -> ResponseReturnValue:
    """Undo an archiving, after asking."""
    form = ButtonForm()
    if form.validate_on_submit():
        services.bring_back_workstream(workstream=place.workstream)
        return htmx.done(place.url, f"{place.workstream.name} is back in the portfolio")
    return form.show("workstreams/bring_back_workstream.html", place=place)
