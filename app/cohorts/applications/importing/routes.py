"""The steps of an import of applicants: file, table, columns, preview; and undoing it.

Each step is a page of its own that can be reloaded and gone back to. What has been chosen is kept with
the file, for its sender alone, until it is imported.
"""

from dataclasses import replace
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from app.cohorts.applications.importing import applying
from app.cohorts.applications.importing.choices import Choices, fields_of, guess
from app.cohorts.applications.importing.forms import DRAFT, SUBMITTED, ColumnsForm, ImportForm
from app.cohorts.applications.importing.models import ApplicantImport
from app.cohorts.applications.importing.outcome import Action
from app.cohorts.applications.importing.queries import (
    PURPOSE,
    SHOWN,
    import_in_url,
    people_of,
    run_in_url,
    runs_of,
)
from app.cohorts.applications.routes import bp
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url, conditions_of, questions_of
from app.core import access, clock, htmx
from app.core.forms import ButtonForm
from app.core.paging import Page, asked_page, page_of
from app.core.rights import Right
from app.extensions import db
from app.importing import uploads
from app.importing.carrying_out import PreviewOvertaken
from app.importing.choosing import Fields, chosen_grid
from app.importing.column_forms import TableForm, headings_asked, headings_offered
from app.importing.empty_table import empty_table
from app.importing.forms import FileForm
from app.importing.large_requests import takes_file
from app.importing.models import Upload
from app.importing.reading import too_large
from app.importing.receiving import next_step, receive
from app.workstreams.queries import Place

_OVERTAKEN = (
    "Somebody who is in the file applied while you looked at this, so nobody was imported. This is what "
    "the import would do now"
)


def _fields(call: Call) -> Fields:
    return fields_of(questions_of(call), conditions_of(call))


def _step(template: str, **context: Any) -> ResponseReturnValue:
    """One step's page; `upload` and `form` are among what it is given."""
    place: Place = context["place"]
    base = f"{place.url}/applicants"
    upload: Upload | None = context.get("upload")
    steps = f"{base}/import/{upload.id}" if upload else ""
    status = context.pop("status", None) or context["form"].status
    return htmx.render(template, status=status, base=base, steps=steps, **context)


def _file_page(place: Place, call: Call, form: FileForm, status: int) -> ResponseReturnValue:
    return _step(
        "cohorts/applications/import_file.html",
        status=status,
        place=place,
        call=call,
        form=form,
        unfinished=uploads.unfinished(current_user.id, PURPOSE, call.id),
        runs=runs_of(place.id),
    )


def _too_large(place: Place, call: Call) -> ResponseReturnValue:
    """For a request that is too large to be looked at."""
    form = FileForm(formdata=None)
    form.file.errors = [too_large()]
    return _file_page(place, call, form, 413)


@bp.route("/import", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
@takes_file(_too_large)
def import_file(place: Place, call: Call) -> ResponseReturnValue:
    """Choose a file. It is read at once, and only what it says is kept."""
    form = FileForm()
    if not form.validate_on_submit():
        return _file_page(place, call, form, form.status)
    fields = _fields(call)
    upload, status = receive(
        form,
        workstream_id=place.id,
        purpose=PURPOSE,
        subject_id=call.id,
        guess=lambda grids: guess(fields, grids),
    )
    if upload is None:
        return _file_page(place, call, form, status)
    return htmx.go_to(f"{place.url}/applicants/import/{upload.id}/{next_step(upload)}")


@bp.get("/import/template.xlsx")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def import_template(place: Place, call: Call) -> ResponseReturnValue:
    """A workbook with the headings of an application and nothing else."""
    headings = dict.fromkeys(_fields(call).targets.values(), 26)
    return empty_table("Applicants", headings, f"{place.slug}-applicants.xlsx")


@bp.route("/import/<uuid:import_id>/table", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, import_in_url)
def import_table(
    place: Place, call: Call, upload: Upload | None, run: ApplicantImport | None
) -> ResponseReturnValue:
    """Choose one of several tables or sheets."""
    if upload is None:
        return _finished(place, run)
    grids, fields = uploads.grids_of(upload), _fields(call)
    kept = Choices.from_json(upload.choices)
    chosen = guess(fields, grids).grid if kept.grid is None else kept.grid
    form = TableForm(grids=grids, data={"grid": chosen})
    if form.validate_on_submit():
        if form.grid.data != kept.grid:
            upload.choices = guess(fields, grids, form.grid.data).as_json()
            db.session.flush()
        return htmx.go_to(f"{place.url}/applicants/import/{upload.id}/columns")
    return _step("cohorts/applications/import_table.html", place=place, upload=upload, form=form)


@bp.route("/import/<uuid:import_id>/columns", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, import_in_url)
def import_columns(
    place: Place, call: Call, upload: Upload | None, run: ApplicantImport | None
) -> ResponseReturnValue:
    """Match the columns; they are guessed from the headings."""
    if upload is None:
        return _finished(place, run)
    chosen, fields = Choices.from_json(upload.choices), _fields(call)
    grid, several = chosen_grid(upload, chosen)
    if grid is None:
        return htmx.go_to(f"{place.url}/applicants/import/{upload.id}/table")
    named, headings = headings_asked(request.values.get("headings"), grid)
    if named and headings != chosen.headings:
        columns = fields.matched_at(grid, headings)
        chosen = replace(chosen, headings=headings, columns=columns)
    form = ColumnsForm.make(
        fields,
        grid,
        chosen,
        enter_as=SUBMITTED if chosen.submit else DRAFT,
        why=chosen.why,
        known=chosen.known,
    )
    form.is_open = call.is_open(clock.moment())
    if form.validate_on_submit():
        upload.choices = form.choices_from(chosen).as_json()
        db.session.flush()
        return htmx.go_to(f"{place.url}/applicants/import/{upload.id}/preview")
    _, others = fields.left_behind(grid, chosen)
    return _step(
        "cohorts/applications/import_columns.html",
        place=place,
        upload=upload,
        form=form,
        grid=grid,
        several=several,
        rows=headings_offered(grid),
        chosen=form.headings.data,
        others=others,
    )


@bp.route("/import/<uuid:import_id>/preview", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, import_in_url)
def import_preview(
    place: Place, call: Call, upload: Upload | None, run: ApplicantImport | None
) -> ResponseReturnValue:
    """What would happen to each row; and, when that is confirmed, it happens, all or nothing."""
    if upload is None:
        return _finished(place, run)
    form = ImportForm()
    refused, status = "", 200
    if form.validate_on_submit():
        with form.saving():
            try:
                run = applying.import_upload(
                    upload_id=upload.id,
                    file_name=upload.file_name,
                    call=call,
                    by=current_user,
                    seen=form.seen.data or "",
                )
            except (PreviewOvertaken, StaleDataError):
                db.session.rollback()
                refused, status = _OVERTAKEN, 409
        if run is not None and not form.failed:
            return htmx.done(f"{place.url}/applicants/imports/{run.id}", f"Imported {run.title}")
        if form.failed:
            refused = "; ".join(
                message for messages in form.errors.values() for message in messages
            )
            status = 422
    return _preview(place, call, upload, refused, status)


def _preview(
    place: Place, call: Call, upload: Upload, refused: str, status: int
) -> ResponseReturnValue:
    chosen = Choices.from_json(upload.choices)
    grid, _ = chosen_grid(upload, chosen)
    steps = f"{place.url}/applicants/import/{upload.id}"
    if grid is None:
        return htmx.go_to(f"{steps}/table")
    if "name" not in chosen.columns:
        return htmx.go_to(f"{steps}/columns")
    outcome = applying.outcome_of(call, grid, chosen)
    pager = page_of(outcome.in_order, SHOWN, f"{steps}/preview")
    return _step(
        "cohorts/applications/import_preview.html",
        status=status,
        place=place,
        upload=upload,
        form=ImportForm(formdata=None, data={"seen": outcome.digest}),
        chosen=chosen,
        outcome=outcome,
        counts=outcome.counts,
        actions=Action,
        rows=pager.rows,
        pager=pager,
        refused=refused,
    )


@bp.post("/import/<uuid:import_id>/abandon")
@access.needs(Right.MANAGE_APPLICANTS, import_in_url)
def import_abandon(
    place: Place, call: Call, upload: Upload | None, run: ApplicantImport | None
) -> ResponseReturnValue:
    """Forget the file."""
    if upload is None:
        return _finished(place, run)
    uploads.discard(upload.id)
    return htmx.done(f"{place.url}/applicants", "Import cancelled. Nobody was added")


def _finished(place: Place, run: ApplicantImport | None) -> ResponseReturnValue:
    """A step of an import that is over: to what it did."""
    assert run is not None
    return htmx.go_to(f"{place.url}/applicants/imports/{run.id}")


@bp.get("/imports/<uuid:run_id>")
@access.needs(Right.MANAGE_APPLICANTS, run_in_url)
def import_run(place: Place, run: ApplicantImport) -> ResponseReturnValue:
    """Whom one import brought."""
    number = min(asked_page(), max(1, -(-run.added // SHOWN)))
    url = f"{place.url}/applicants/imports/{run.id}"
    return htmx.render(
        "cohorts/applications/import_run.html",
        place=place,
        run=run,
        base=f"{place.url}/applicants",
        people=people_of(run, number),
        pager=Page([], number, run.added, SHOWN, lambda n: f"{url}?page={n}"),
    )


@bp.route("/imports/<uuid:run_id>/undo", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, run_in_url)
def undo_import(place: Place, run: ApplicantImport) -> ResponseReturnValue:
    """Take everybody out again, after asking."""
    form = ButtonForm()
    title = run.title
    if form.validate_on_submit():
        with form.saving(run):
            applying.undo_import(run=run, by=current_user)
        if not form.failed:
            return htmx.done(f"{place.url}/applicants", f"Undone: import of {title}")
    return form.show(
        "cohorts/applications/import_undo.html",
        place=place,
        run=run,
        base=f"{place.url}/applicants",
        in_the_way=[] if run.undone_at else applying.in_the_way(run),
    )
