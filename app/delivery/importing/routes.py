"""The first steps of an import into a plan: file, table, columns.

Each step is a page of its own that can be reloaded and gone back to. What has been chosen is kept
with the file, for its sender alone, until it is imported.
"""

from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, clock, htmx
from app.core.formatting import day
from app.core.rights import Right
from app.delivery.importing.choices import FIELDS, Choices, guess
from app.delivery.importing.forms import ColumnsForm
from app.delivery.importing.models import ImportRun
from app.delivery.importing.queries import PURPOSE, import_in_url, runs_of
from app.delivery.importing.steps import chosen_of, finished, steps_url
from app.delivery.importing.template import template_file
from app.delivery.models import DeliveryPlan
from app.delivery.queries import plan_in_url, plan_url
from app.delivery.routes import bp, of_plan
from app.extensions import db
from app.importing import uploads
from app.importing.column_forms import TableForm, headings_asked, headings_offered
from app.importing.forms import FileForm
from app.importing.large_requests import takes_file
from app.importing.models import Upload
from app.importing.reading import too_large
from app.importing.receiving import next_step, receive
from app.workstreams.queries import Place, workstream_in_url


def _file_page(
    place: Place, plan: DeliveryPlan, form: FileForm, status: int
) -> ResponseReturnValue:
    return htmx.render(
        "delivery/import_file.html",
        status=status,
        form=form,
        place=place,
        plan=plan,
        base=plan_url(place, plan.id),
        unfinished=uploads.unfinished(current_user.id, PURPOSE, plan.id),
        runs=runs_of(plan.id),
    )


def _too_large(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """For a request that is too large to be looked at."""
    form = FileForm(formdata=None)
    form.file.errors = [too_large()]
    return _file_page(place, plan, form, 413)


@of_plan("/import", methods=("GET", "POST"))
@access.needs(Right.EDIT_PLAN, plan_in_url)
@takes_file(_too_large)
def import_file(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Choose a file. It is read at once, and only what it says is kept."""
    form = FileForm()
    if form.validate_on_submit():
        if plan.is_superseded(clock.today()) and plan.superseded_on:
            form.file.errors = [
                f"This plan was superseded on {day(plan.superseded_on)} and no longer changes. Import "
                "into the plan that took over"
            ]
            return _file_page(place, plan, form, 422)
        upload, status = receive(
            form, workstream_id=place.id, purpose=PURPOSE, subject_id=plan.id, guess=guess
        )
        if upload is None:
            return _file_page(place, plan, form, status)
        return htmx.go_to(f"{place.url}/plan/import/{upload.id}/{next_step(upload)}")
    return _file_page(place, plan, form, form.status)


@bp.get("/plan/import/template.xlsx")
@access.needs(Right.EDIT_PLAN, workstream_in_url)
def import_template(place: Place) -> ResponseReturnValue:
    """A workbook with the headings of a plan and nothing else."""
    return template_file(place.slug)


@bp.route("/plan/import/<uuid:import_id>/table", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, import_in_url)
def import_table(
    place: Place, upload: Upload | None, plan: DeliveryPlan | None, run: ImportRun | None
) -> ResponseReturnValue:
    """Choose one of several tables or sheets."""
    if upload is None or plan is None:
        return finished(place, run)
    grids = uploads.grids_of(upload)
    kept = Choices.from_json(upload.choices)
    form = TableForm(
        grids=grids, data={"grid": guess(grids).grid if kept.grid is None else kept.grid}
    )
    if form.validate_on_submit():
        if form.grid.data != kept.grid:
            upload.choices = guess(grids, form.grid.data).as_json()
            db.session.flush()
        return htmx.go_to(f"{steps_url(place, upload)}/columns")
    return form.show("delivery/import_table.html", place=place, upload=upload, plan=plan)


@bp.route("/plan/import/<uuid:import_id>/columns", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, import_in_url)
def import_columns(
    place: Place, upload: Upload | None, plan: DeliveryPlan | None, run: ImportRun | None
) -> ResponseReturnValue:
    """Match the columns; they are guessed from the headings."""
    if upload is None or plan is None:
        return finished(place, run)
    chosen, grid, several = chosen_of(upload)
    if grid is None:
        return htmx.go_to(f"{steps_url(place, upload)}/table")
    named, headings = headings_asked(request.values.get("headings"), grid)
    if named and headings != chosen.headings:
        chosen = replace(
            chosen, headings=headings, columns=FIELDS.matched_at(grid, headings), days={}
        )
    form = ColumnsForm.make(FIELDS, grid, chosen, empty=chosen.empty, unknown=chosen.unknown)
    if form.validate_on_submit():
        upload.choices = form.choices_from(chosen).as_json()
        db.session.flush()
        return htmx.go_to(f"{steps_url(place, upload)}/preview")
    progress, others = FIELDS.left_behind(grid, chosen)
    return form.show(
        "delivery/import_columns.html",
        place=place,
        upload=upload,
        plan=plan,
        grid=grid,
        several=several,
        rows=headings_offered(grid),
        chosen=form.headings.data,
        progress=progress,
        others=others,
    )
