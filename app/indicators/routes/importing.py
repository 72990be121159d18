"""The steps of an import of values: file, table, columns, preview; and undoing it."""

from dataclasses import replace
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError
from wtforms import HiddenField

from app.core import access, htmx
from app.core.forms import ButtonForm, Form
from app.core.paging import Page, asked_page, page_of
from app.core.rights import Right
from app.extensions import db
from app.importing import uploads
from app.importing.carrying_out import PreviewOvertaken
from app.importing.choosing import Choices, chosen_grid
from app.importing.column_forms import ColumnsForm, TableForm, headings_asked, headings_offered
from app.importing.empty_table import empty_table
from app.importing.forms import FileForm
from app.importing.large_requests import takes_file
from app.importing.models import Upload
from app.importing.reading import too_large
from app.importing.receiving import next_step, receive
from app.indicators.importing import applying
from app.indicators.importing.choices import FIELDS, WIDTHS, guess
from app.indicators.importing.models import MeasurementImport
from app.indicators.importing.outcome import Action
from app.indicators.importing.queries import (
    PURPOSE,
    SHOWN,
    import_in_url,
    run_in_url,
    runs_of,
    values_of,
)
from app.indicators.routes import bp
from app.indicators.sentences import value_words
from app.indicators.values import measure_of, value_of
from app.workstreams.queries import Place, workstream_in_url

_OVERTAKEN = (
    "Another value came while you looked at this, so nothing was imported. This is what the import would "
    "do now"
)


class ImportForm(Form):
    """The press of "Import". `seen` is what the preview said would happen."""

    seen = HiddenField()


def _step(template: str, **context: Any) -> ResponseReturnValue:
    """One step's page; `upload` and `form` are among what it is given."""
    place: Place = context["place"]
    base = f"{place.url}/indicators"
    upload: Upload | None = context.get("upload")
    steps = f"{base}/import/{upload.id}" if upload else ""
    status = context.pop("status", None) or context["form"].status
    return htmx.render(template, status=status, base=base, steps=steps, **context)


def _file_page(place: Place, form: FileForm, status: int) -> ResponseReturnValue:
    return _step(
        "indicators/import_file.html",
        status=status,
        place=place,
        form=form,
        unfinished=uploads.unfinished(current_user.id, PURPOSE, place.id),
        runs=runs_of(place.id),
    )


def _too_large(place: Place) -> ResponseReturnValue:
    """For a request that is too large to be looked at."""
    form = FileForm(formdata=None)
    form.file.errors = [too_large()]
    return _file_page(place, form, 413)


@bp.route("/import", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, workstream_in_url)
@takes_file(_too_large)
def import_file(place: Place) -> ResponseReturnValue:
    """Choose a file. It is read at once, and only what it says is kept."""
    form = FileForm()
    if not form.validate_on_submit():
        return _file_page(place, form, form.status)
    upload, status = receive(
        form, workstream_id=place.id, purpose=PURPOSE, subject_id=place.id, guess=guess
    )
    if upload is None:
        return _file_page(place, form, status)
    return htmx.go_to(f"{place.url}/indicators/import/{upload.id}/{next_step(upload)}")


@bp.get("/import/template.xlsx")
@access.needs(Right.EDIT_INDICATORS, workstream_in_url)
def import_template(place: Place) -> ResponseReturnValue:
    """A workbook with the headings of a table of values and nothing else."""
    return empty_table("Values", WIDTHS, f"{place.slug}-values.xlsx")


@bp.route("/import/<uuid:import_id>/table", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, import_in_url)
def import_table(
    place: Place, upload: Upload | None, run: MeasurementImport | None
) -> ResponseReturnValue:
    """Choose one of several tables or sheets."""
    if upload is None:
        return _finished(place, run)
    grids = uploads.grids_of(upload)
    kept = Choices.from_json(upload.choices)
    form = TableForm(
        grids=grids, data={"grid": guess(grids).grid if kept.grid is None else kept.grid}
    )
    if form.validate_on_submit():
        if form.grid.data != kept.grid:
            upload.choices = guess(grids, form.grid.data).as_json()
            db.session.flush()
        return htmx.go_to(f"{place.url}/indicators/import/{upload.id}/columns")
    return _step("indicators/import_table.html", place=place, upload=upload, form=form)


@bp.route("/import/<uuid:import_id>/columns", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, import_in_url)
def import_columns(
    place: Place, upload: Upload | None, run: MeasurementImport | None
) -> ResponseReturnValue:
    """Match the columns; they are guessed from the headings."""
    if upload is None:
        return _finished(place, run)
    chosen = Choices.from_json(upload.choices)
    grid, several = chosen_grid(upload, chosen)
    if grid is None:
        return htmx.go_to(f"{place.url}/indicators/import/{upload.id}/table")
    named, headings = headings_asked(request.values.get("headings"), grid)
    if named and headings != chosen.headings:
        columns = FIELDS.matched_at(grid, headings)
        chosen = replace(chosen, headings=headings, columns=columns)
    form = ColumnsForm.make(FIELDS, grid, chosen)
    if form.validate_on_submit():
        upload.choices = form.choices_from(chosen).as_json()
        db.session.flush()
        return htmx.go_to(f"{place.url}/indicators/import/{upload.id}/preview")
    _, others = FIELDS.left_behind(grid, chosen)
    return _step(
        "indicators/import_columns.html",
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
@access.needs(Right.EDIT_INDICATORS, import_in_url)
def import_preview(
    place: Place, upload: Upload | None, run: MeasurementImport | None
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
                    workstream_id=place.id,
                    by=current_user,
                    seen=form.seen.data or "",
                )
            except (PreviewOvertaken, StaleDataError):
                db.session.rollback()
                refused, status = _OVERTAKEN, 409
        if run is not None and not form.failed:
            return htmx.done(f"{place.url}/indicators/imports/{run.id}", f"Imported {run.title}")
        if form.failed:
            refused = "; ".join(
                message for messages in form.errors.values() for message in messages
            )
            status = 422
    return _preview(place, upload, refused, status)


def _preview(place: Place, upload: Upload, refused: str, status: int) -> ResponseReturnValue:
    chosen = Choices.from_json(upload.choices)
    grid, _ = chosen_grid(upload, chosen)
    steps = f"{place.url}/indicators/import/{upload.id}"
    if grid is None:
        return htmx.go_to(f"{steps}/table")
    if not set(FIELDS.needed) <= set(chosen.columns):
        return htmx.go_to(f"{steps}/columns")
    outcome = applying.outcome_of(place.id, grid, chosen)
    pager = page_of(outcome.in_order, SHOWN, f"{steps}/preview")
    return _step(
        "indicators/import_preview.html",
        status=status,
        place=place,
        upload=upload,
        form=ImportForm(formdata=None, data={"seen": outcome.digest}),
        outcome=outcome,
        counts=outcome.counts,
        actions=Action,
        rows=pager.rows,
        pager=pager,
        refused=refused,
    )


@bp.post("/import/<uuid:import_id>/abandon")
@access.needs(Right.EDIT_INDICATORS, import_in_url)
def import_abandon(
    place: Place, upload: Upload | None, run: MeasurementImport | None
) -> ResponseReturnValue:
    """Forget the file."""
    if upload is None:
        return _finished(place, run)
    uploads.discard(upload.id)
    return htmx.done(f"{place.url}/indicators", "Import cancelled. Nothing was added")


def _finished(place: Place, run: MeasurementImport | None) -> ResponseReturnValue:
    """A step of an import that is over: to what it did."""
    assert run is not None
    return htmx.go_to(f"{place.url}/indicators/imports/{run.id}")


@bp.get("/imports/<uuid:run_id>")
@access.needs(Right.EDIT_INDICATORS, run_in_url)
def import_run(place: Place, run: MeasurementImport) -> ResponseReturnValue:
    """Which values one import brought."""
    number = min(asked_page(), max(1, -(-run.added // SHOWN)))
    url = f"{place.url}/indicators/imports/{run.id}"
    return htmx.render(
        "indicators/import_run.html",
        place=place,
        run=run,
        base=f"{place.url}/indicators",
        rows=[
            (indicator, value, value_words(measure_of(indicator, ()), value_of(value)))
            for value, indicator in values_of(run, number)
        ],
        pager=Page([], number, run.added, SHOWN, lambda n: f"{url}?page={n}"),
    )


@bp.route("/imports/<uuid:run_id>/undo", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, run_in_url)
def undo_import(place: Place, run: MeasurementImport) -> ResponseReturnValue:
    """Take every value out again, after asking."""
    form = ButtonForm()
    title = run.title
    if form.validate_on_submit():
        with form.saving(run):
            applying.undo_import(run=run, by=current_user)
        if not form.failed:
            return htmx.done(f"{place.url}/indicators", f"Undone: import of {title}")
    return form.show(
        "indicators/import_undo.html",
        place=place,
        run=run,
        base=f"{place.url}/indicators",
        in_the_way=0 if run.undone_at else applying.in_the_way(run),
    )
