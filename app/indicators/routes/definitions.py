"""The list of indicators, one indicator, and its definition."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue

from app.core import access, clock, htmx
from app.core.forms import ButtonForm
from app.core.history import ChangeAction, ChangeRecord
from app.core.paging import asked_page
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.extensions import db
from app.indicators import chart, queries, services
from app.indicators.dividing import divided
from app.indicators.forms import EditIndicatorForm, NewIndicatorForm
from app.indicators.models import Indicator, Measurement, Target
from app.indicators.panels import PANELS
from app.indicators.queries import indicator_in_url
from app.indicators.routes import bp
from app.indicators.series import points_of
from app.indicators.standings import page_of_indicators, standing_of_one
from app.indicators.values import measure_of
from app.workstreams.queries import Place, workstream_in_url


@bp.get("")
@access.needs(Right.VIEW_WORKSTREAM, workstream_in_url)
def indicators(place: Place) -> ResponseReturnValue:
    """Every indicator with how it stands; `archived` shows those that are measured no more."""
    archived = request.args.get("archived") == "1"
    page = page_of_indicators(place, asked_page(), clock.today(), archived=archived)
    return htmx.render("indicators/indicators.html", place=place, page_of=page, archived=archived)


@bp.route("/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, workstream_in_url)
def add_indicator(place: Place) -> ResponseReturnValue:
    """Define an indicator."""
    form = NewIndicatorForm()
    if form.validate_on_submit():
        with form.saving():
            indicator = services.add_indicator(
                id=form.id.data, workstream_id=place.id, **form.words
            )
        if not form.failed:
            return htmx.done(f"{place.url}/indicators/{indicator.id}", "Indicator added")
    return form.show(
        "indicators/add_indicator.html", "indicators/_indicator_form.html", place=place
    )


@bp.get("/<uuid:indicator_id>")
@access.needs(Right.VIEW_WORKSTREAM, indicator_in_url)
def indicator(place: Place, indicator: Indicator) -> ResponseReturnValue:
    """One indicator: how it stands, drawn and as a table, and what it is."""
    today = clock.today()
    measure = measure_of(indicator)
    page = queries.values_in_force(indicator, asked_page())
    until = today if page.number == 1 and not indicator.archived_at else None
    points = points_of(indicator, measure, page.rows, until)
    drafts = queries.drafts_of(Measurement.indicator_id == indicator.id)
    return htmx.render(
        "indicators/indicator.html",
        place=place,
        indicator=indicator,
        measure=measure,
        standing=standing_of_one(indicator, measure, page.rows, drafts.rows, today),
        pager=page,
        points=points,
        chart=chart.draw(measure, points) if measure.unit.is_counted else None,
        drafts=drafts,
        tables=divided(indicator, measure, page.rows[0]) if page.rows else [],
        newest=page.rows[0] if page.rows else None,
        undo=_undoable(indicator, request.args.get("undo", type=uuid.UUID)),
        mine=indicator.owner_id == place.user.id,
        panels=PANELS.shown(place, indicator),
    )


def _undoable(indicator: Indicator, change_id: uuid.UUID | None) -> uuid.UUID | None:
    """The removal of a target of this indicator, while nothing newer has happened to it."""
    change = db.session.get(ChangeRecord, change_id) if change_id else None
    if (
        change is None
        or change.action is not ChangeAction.DELETED
        or change.subject_type != Target.__tablename__
        or change.changes["indicator_id"][0] != str(indicator.id)
        or latest_change_id(change.subject_id) != change.id
    ):
        return None
    return change.id


@bp.route("/<uuid:indicator_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, indicator_in_url)
def edit_indicator(place: Place, indicator: Indicator) -> ResponseReturnValue:
    """Change what is measured, how often, from where and by whom."""
    form = EditIndicatorForm(obj=indicator)
    if form.validate_on_submit():
        with form.saving(indicator, fresh=lambda: EditIndicatorForm(formdata=None, obj=indicator)):
            services.edit_indicator(indicator=indicator, version=form.version.data, **form.words)
        if not form.failed:
            return htmx.done(f"{place.url}/indicators/{indicator.id}", "Indicator saved")
    return form.show(
        "indicators/edit_indicator.html",
        "indicators/_indicator_form.html",
        place=place,
        indicator=indicator,
    )


@bp.route("/<uuid:indicator_id>/archive", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, indicator_in_url)
def archive_indicator(place: Place, indicator: Indicator) -> ResponseReturnValue:
    """Measure it no more, after asking."""
    form = ButtonForm(obj=indicator)
    if form.validate_on_submit():
        services.archive_indicator(indicator=indicator, version=form.version.data)
        return htmx.done(f"{place.url}/indicators", f"Archived: {indicator.name}")
    return form.show("indicators/archive_indicator.html", place=place, indicator=indicator)


@bp.post("/<uuid:indicator_id>/bring-back")
@access.needs(Right.EDIT_INDICATORS, indicator_in_url)
def bring_back_indicator(place: Place, indicator: Indicator) -> ResponseReturnValue:
    """Measure it again."""
    form = ButtonForm()
    if form.validate_on_submit():
        services.bring_back_indicator(indicator=indicator, version=form.version.data)
    return htmx.done(f"{place.url}/indicators/{indicator.id}", f"Brought back: {indicator.name}")
