"""One value: entered, approved, corrected, and what it was before."""

from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, clock, htmx
from app.core.forms import ButtonForm
from app.core.paging import asked_page
from app.core.rights import Right
from app.extensions import db
from app.indicators import measuring, queries
from app.indicators.dividing import divided
from app.indicators.measuring_forms import CorrectForm, EditDraftForm, EnterForm
from app.indicators.models import Indicator, Measurement
from app.indicators.periods import due_days, period_words
from app.indicators.queries import indicator_in_url, measurement_in_url
from app.indicators.routes import bp
from app.indicators.sentences import per_cent, value_words
from app.indicators.values import measure_of, small, value_of
from app.workstreams.queries import Place, workstream_in_url

_FORM = "indicators/_value_form.html"


def _page(place: Place, indicator: Indicator) -> str:
    return f"{place.url}/indicators/{indicator.id}"


@bp.route("/<uuid:indicator_id>/measure", methods=["GET", "POST"])
@access.needs(Right.MEASURE, indicator_in_url)
def measure(place: Place, indicator: Indicator) -> ResponseReturnValue:
    """Enter a value for any day; the last period's is offered."""
    days = due_days(indicator.first_due_on, indicator.frequency, clock.today())
    form = EnterForm.make(indicator, data={"on": days[-1]} if days else {})
    if form.validate_on_submit():
        with form.saving():
            measuring.enter(
                id=form.id.data,
                indicator=indicator,
                on=form.on.data,
                value=form.given,
                commentary=form.commentary.data or "",
                parts=form.given_parts,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(_page(place, indicator), "Value saved. Somebody else must approve it")
    return form.show("indicators/measure.html", _FORM, place=place, indicator=indicator)


@bp.get("/<uuid:indicator_id>/values/<uuid:measurement_id>")
@access.needs(Right.VIEW_WORKSTREAM, measurement_in_url)
def value(place: Place, indicator: Indicator, measurement: Measurement) -> ResponseReturnValue:
    """One value: its groups, who stands behind it, and what was said of the day before."""
    measure_of_it = measure_of(indicator)
    return htmx.render(
        "indicators/value.html",
        place=place,
        indicator=indicator,
        measurement=measurement,
        period=period_words(measurement.on, indicator.frequency),
        words=value_words(measure_of_it, value_of(measurement)),
        interval="" if small(measure_of_it, value_of(measurement)) else _interval(measurement),
        tables=divided(indicator, measure_of_it, measurement),
        earlier=[
            (old, value_words(measure_of_it, value_of(old)))
            for old in queries.earlier_values(measurement)
        ],
        survey=queries.survey_of(measurement),
        mine=indicator.owner_id == place.user.id,
    )


def _interval(measurement: Measurement) -> str:
    if measurement.interval_low is None or measurement.interval_high is None:
        return ""
    return f"{per_cent(measurement.interval_low)} to {per_cent(measurement.interval_high)}"


@bp.route("/<uuid:indicator_id>/values/<uuid:measurement_id>/edit", methods=["GET", "POST"])
@access.needs(Right.MEASURE, measurement_in_url)
def edit_value(place: Place, indicator: Indicator, measurement: Measurement) -> ResponseReturnValue:
    """Change a value that nobody has approved yet."""
    form = EditDraftForm.make(indicator, **_filled(measurement, EditDraftForm))
    if form.validate_on_submit():
        with form.saving(
            measurement,
            fresh=lambda: EditDraftForm.make(
                indicator, formdata=None, **_filled(measurement, EditDraftForm)
            ),
        ):
            measuring.edit_draft(
                measurement=measurement,
                version=form.version.data,
                on=form.on.data,
                value=form.given,
                commentary=form.commentary.data or "",
                parts=form.given_parts,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(_page(place, indicator), "Value saved. Somebody else must approve it")
    return form.show(
        "indicators/edit_value.html",
        _FORM,
        place=place,
        indicator=indicator,
        measurement=measurement,
    )


@bp.route("/<uuid:indicator_id>/values/<uuid:measurement_id>/correct", methods=["GET", "POST"])
@access.needs(Right.APPROVE_MEASUREMENT, measurement_in_url)
def correct_value(
    place: Place, indicator: Indicator, measurement: Measurement
) -> ResponseReturnValue:
    """Say what a value in force should have been, and why."""
    form = CorrectForm.make(indicator, **_filled(measurement, CorrectForm))
    if form.validate_on_submit():
        with form.saving(
            measurement,
            fresh=lambda: CorrectForm.make(
                indicator, formdata=None, **_filled(measurement, CorrectForm)
            ),
        ):
            measuring.correct(
                id=form.id.data,
                measurement=measurement,
                version=form.version.data,
                value=form.given,
                commentary=form.commentary.data or "",
                parts=form.given_parts,
                reason=form.reason.data,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(
                _page(place, indicator),
                "Correction saved. The old value stands until somebody else approves it",
            )
    return form.show(
        "indicators/correct_value.html",
        _FORM,
        place=place,
        indicator=indicator,
        measurement=measurement,
    )


def _filled(measurement: Measurement, form: type[Any]) -> dict[str, Any]:
    """A form as it is opened: with what the value says now."""
    data: dict[str, Any] = {"commentary": measurement.commentary, "version": measurement.version}
    if form is EditDraftForm:
        data["on"] = measurement.on
    return {
        "given": value_of(measurement),
        "parts": queries.parts_of([measurement.id]).get(measurement.id, {}),
        "data": data,
    }


@bp.post("/<uuid:indicator_id>/values/<uuid:measurement_id>/remove")
@access.needs(Right.MEASURE, measurement_in_url)
def remove_value(
    place: Place, indicator: Indicator, measurement: Measurement
) -> ResponseReturnValue:
    """Remove a value that nobody has approved."""
    form = ButtonForm()
    if form.validate_on_submit():
        measuring.remove_draft(measurement=measurement, version=form.version.data)
    return htmx.done(_page(place, indicator), "Value removed")


@bp.get("/approvals")
@access.needs(Right.APPROVE_MEASUREMENT, workstream_in_url)
def approvals(place: Place) -> ResponseReturnValue:
    """Everything on the workstream that waits for approval."""
    return htmx.render("indicators/approvals.html", "indicators/_approvals.html", **_waiting(place))


def _waiting(place: Place) -> dict[str, Any]:
    page = queries.drafts_of(Measurement.workstream_id == place.id, asked_page())
    ids = {draft.indicator_id for draft in page.rows}
    known = {one.id: one for one in queries.indicators_of(place.id, ids)} if ids else {}
    old = queries.corrected_by(page.rows)
    rows = []
    for draft in page.rows:
        indicator = known[draft.indicator_id]
        measure = measure_of(indicator)
        before = old.get(draft.corrects_id) if draft.corrects_id else None
        rows.append(
            {
                "draft": draft,
                "indicator": indicator,
                "period": period_words(draft.on, indicator.frequency),
                "words": value_words(measure, value_of(draft)),
                "before": value_words(measure, value_of(before)) if before else "",
                "own": draft.entered_by_id == current_user.id,
            }
        )
    return {"place": place, "pager": page, "rows": rows}


@bp.post("/<uuid:indicator_id>/values/<uuid:measurement_id>/approve")
@access.needs(Right.APPROVE_MEASUREMENT, measurement_in_url)
def approve_value(
    place: Place, indicator: Indicator, measurement: Measurement
) -> ResponseReturnValue:
    """Put a value in force; one press."""
    form = ButtonForm()
    words = value_words(measure_of(indicator), value_of(measurement))
    if form.validate_on_submit():
        with form.saving(measurement, fresh=lambda: ButtonForm(formdata=None, obj=measurement)):
            measuring.approve(measurement=measurement, version=form.version.data, by=current_user)
        if not form.failed:
            said = f"Approved: {indicator.name}, {words}"
            return htmx.done(
                f"{place.url}/indicators/approvals",
                said,
                fragment="indicators/_approvals.html",
                focus="#approvals",
                done=said,
                **_waiting(place),
            )
    problem = "; ".join(str(words) for words in form.form_errors)
    if form.conflict:
        problem = f"{form.conflict.who} changed it while you looked at it. Look again below"
    db.session.rollback()
    return form.show(
        "indicators/approvals.html",
        "indicators/_approvals.html",
        problem=problem or "Reload the page and try again",
        **_waiting(place),
    )
