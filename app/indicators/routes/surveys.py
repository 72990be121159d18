"""Surveys: what they found, and the steps by which one is put in: file, questions, answers, preview."""

from dataclasses import replace
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from app.core import access, htmx
from app.core.rights import Right
from app.extensions import db
from app.importing import uploads
from app.importing.carrying_out import PreviewOvertaken
from app.importing.column_forms import headings_asked, headings_offered
from app.importing.forms import FileForm
from app.importing.grids import Grid
from app.importing.large_requests import takes_file
from app.importing.models import Upload
from app.importing.reading import too_large
from app.importing.receiving import receive
from app.indicators.models import SurveyRound
from app.indicators.queries import indicators_of, round_in_url, rounds_of
from app.indicators.routes import bp
from app.indicators.routes.importing import ImportForm
from app.indicators.sentences import per_cent, value_words
from app.indicators.surveys import running
from app.indicators.surveys.choices import SurveyChoices, asked, fields_of
from app.indicators.surveys.forms import AnswersForm, QuestionsForm
from app.indicators.surveys.interval import SOURCE
from app.indicators.surveys.queries import PURPOSE, survey_in_url, values_of
from app.indicators.values import measure_of, small, value_of
from app.workstreams.queries import Place, workstream_in_url

_OVERTAKEN = (
    "Another value came while you looked at this, so nothing was put in. This is how it stands now"
)


@bp.get("/surveys")
@access.needs(Right.VIEW_WORKSTREAM, workstream_in_url)
def surveys(place: Place) -> ResponseReturnValue:
    """The surveys that gave values, the newest first."""
    return htmx.render("indicators/surveys.html", place=place, rounds=rounds_of(place.id))


@bp.get("/surveys/rounds/<uuid:round_id>")
@access.needs(Right.VIEW_WORKSTREAM, round_in_url)
def survey(place: Place, survey: SurveyRound) -> ResponseReturnValue:
    """What one survey found: each value with the size of its sample and its interval."""
    counted = {one["indicator_id"]: (column, one) for column, one in survey.mapping.items()}
    rows = []
    for value, indicator in values_of(survey):
        question, how = counted.get(str(indicator.id), ("", {}))
        hidden = value_words(measure_of(indicator, ()), value_of(value))
        rows.append((indicator, value, hidden, _interval(value, indicator), question, how))
    return htmx.render(
        "indicators/survey.html", place=place, survey=survey, rows=rows, source=SOURCE
    )


def _interval(value: Any, indicator: Any) -> str:
    """Not of what is not shown: it would tell it."""
    if value.interval_low is None or small(measure_of(indicator, ()), value_of(value)):
        return ""
    return f"{per_cent(value.interval_low)} to {per_cent(value.interval_high)}"


def _step(template: str, **context: Any) -> ResponseReturnValue:
    place: Place = context["place"]
    base = f"{place.url}/indicators"
    upload: Upload | None = context.get("upload")
    steps = f"{base}/surveys/{upload.id}" if upload else ""
    status = context.pop("status", None) or context["form"].status
    return htmx.render(template, status=status, base=base, steps=steps, **context)


def _file_page(place: Place, form: FileForm, status: int) -> ResponseReturnValue:
    return _step(
        "indicators/add_survey.html",
        status=status,
        place=place,
        form=form,
        shares=asked(indicators_of(place.id)),
    )


def _too_large(place: Place) -> ResponseReturnValue:
    form = FileForm(formdata=None)
    form.file.errors = [too_large()]
    return _file_page(place, form, 413)


@bp.route("/surveys/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, workstream_in_url)
@takes_file(_too_large)
def add_survey(place: Place) -> ResponseReturnValue:
    """Choose the file with the answers, a row for each person."""
    form = FileForm()
    if not form.validate_on_submit():
        return _file_page(place, form, form.status)
    fields = fields_of(indicators_of(place.id))
    upload, status = receive(
        form,
        workstream_id=place.id,
        purpose=PURPOSE,
        subject_id=place.id,
        guess=lambda grids: SurveyChoices(*fields.guess(grids)),
    )
    if upload is None:
        return _file_page(place, form, status)
    return htmx.go_to(f"{place.url}/indicators/surveys/{upload.id}/questions")


def _chosen(upload: Upload, place: Place) -> tuple[Grid, SurveyChoices]:
    """The table with the answers: of several sheets, the one with the most rows."""
    chosen = SurveyChoices.from_json(upload.choices)
    grids = uploads.grids_of(upload)
    if chosen.grid is None:
        largest = max(range(len(grids)), key=lambda number: len(grids[number].rows))
        fields = fields_of(indicators_of(place.id))
        chosen = SurveyChoices(*fields.guess(grids, largest))
    return grids[chosen.grid or 0], chosen


@bp.route("/surveys/<uuid:import_id>/questions", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, survey_in_url)
def survey_questions(
    place: Place, upload: Upload | None, survey: SurveyRound | None
) -> ResponseReturnValue:
    """What the survey was, and which of its questions is which indicator."""
    if upload is None:
        return _finished(place, survey)
    grid, chosen = _chosen(upload, place)
    fields = fields_of(indicators_of(place.id))
    named, headings = headings_asked(request.values.get("headings"), grid)
    if named and headings != chosen.headings:
        chosen = replace(chosen, headings=headings, columns=fields.matched_at(grid, headings))
    form = QuestionsForm.make(
        fields,
        grid,
        chosen,
        title=chosen.title,
        began_on=chosen.began,
        ended_on=chosen.ended,
        method=chosen.method,
    )
    if form.validate_on_submit():
        upload.choices = form.choices_from(chosen).as_json()
        db.session.flush()
        return htmx.go_to(f"{place.url}/indicators/surveys/{upload.id}/answers")
    return _step(
        "indicators/survey_questions.html",
        place=place,
        upload=upload,
        form=form,
        rows=headings_offered(grid),
        chosen=form.headings.data,
    )


@bp.route("/surveys/<uuid:import_id>/answers", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, survey_in_url)
def survey_answers(
    place: Place, upload: Upload | None, survey: SurveyRound | None
) -> ResponseReturnValue:
    """Which answers count."""
    if upload is None:
        return _finished(place, survey)
    grid, chosen = _chosen(upload, place)
    if not chosen.columns or not chosen.ended_on:
        return htmx.go_to(f"{place.url}/indicators/surveys/{upload.id}/questions")
    form = AnswersForm.make(asked(indicators_of(place.id)), grid, chosen)
    if form.validate_on_submit():
        upload.choices = replace(chosen, judged=form.judged).as_json()
        db.session.flush()
        return htmx.go_to(f"{place.url}/indicators/surveys/{upload.id}/preview")
    return _step("indicators/survey_answers.html", place=place, upload=upload, form=form)


@bp.route("/surveys/<uuid:import_id>/preview", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, survey_in_url)
def survey_preview(
    place: Place, upload: Upload | None, survey: SurveyRound | None
) -> ResponseReturnValue:
    """What the survey found; and, when that is confirmed, it is put in, all or nothing."""
    if upload is None:
        return _finished(place, survey)
    form = ImportForm()
    refused, status = "", 200
    if form.validate_on_submit():
        with form.saving():
            try:
                survey = running.run(
                    upload_id=upload.id,
                    workstream_id=place.id,
                    by=current_user,
                    seen=form.seen.data or "",
                )
            except (PreviewOvertaken, StaleDataError):
                db.session.rollback()
                refused, status = _OVERTAKEN, 409
        if survey is not None and not form.failed:
            url = f"{place.url}/indicators/surveys/rounds/{survey.id}"
            return htmx.done(url, "Survey put in. Somebody else must approve its values")
        if form.failed:
            refused, status = "; ".join(str(words) for words in form.form_errors), 422
    grid, chosen = _chosen(upload, place)
    if not chosen.judged:
        return htmx.go_to(f"{place.url}/indicators/surveys/{upload.id}/answers")
    results = running.results_of(indicators_of(place.id), grid, chosen)
    return _step(
        "indicators/survey_preview.html",
        status=status,
        place=place,
        upload=upload,
        form=ImportForm(formdata=None, data={"seen": running.digest_of(results)}),
        chosen=chosen,
        results=results,
        ready=bool(results) and not any(result.problem for result in results),
        refused=refused,
        source=SOURCE,
    )


@bp.post("/surveys/<uuid:import_id>/abandon")
@access.needs(Right.EDIT_INDICATORS, survey_in_url)
def survey_abandon(
    place: Place, upload: Upload | None, survey: SurveyRound | None
) -> ResponseReturnValue:
    """Forget the file."""
    if upload is None:
        return _finished(place, survey)
    uploads.discard(upload.id)
    return htmx.done(f"{place.url}/indicators/surveys", "Cancelled. Nothing was put in")


def _finished(place: Place, survey: SurveyRound | None) -> ResponseReturnValue:
    assert survey is not None
    return htmx.go_to(f"{place.url}/indicators/surveys/rounds/{survey.id}")
