"""An indicator's targets and breakdowns."""

from flask.typing import ResponseReturnValue

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.indicators import services
from app.indicators.forms import (
    EditBreakdownForm,
    EditTargetForm,
    NewBreakdownForm,
    NewTargetForm,
)
from app.indicators.models import Breakdown, Indicator, Target
from app.indicators.queries import breakdown_in_url, indicator_in_url, target_in_url
from app.indicators.routes import bp
from app.indicators.values import measure_of
from app.workstreams.queries import Place

_FORM = "indicators/_small_form.html"


def _page(place: Place, indicator: Indicator) -> str:
    return f"{place.url}/indicators/{indicator.id}"


@bp.route("/<uuid:indicator_id>/targets/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, indicator_in_url)
def add_target(place: Place, indicator: Indicator) -> ResponseReturnValue:
    """What is to be reached by a day."""
    form = NewTargetForm(measure=measure_of(indicator))
    if form.validate_on_submit():
        with form.saving():
            services.add_target(
                id=form.id.data, indicator=indicator, on=form.on.data, value=form.value.data
            )
        if not form.failed:
            return htmx.done(f"{_page(place, indicator)}#targets", "Target added")
    return form.show("indicators/add_target.html", _FORM, place=place, indicator=indicator)


@bp.route("/<uuid:indicator_id>/targets/<uuid:target_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, target_in_url)
def edit_target(place: Place, indicator: Indicator, target: Target) -> ResponseReturnValue:
    """Change a target or its day."""
    measure = measure_of(indicator)
    form = EditTargetForm(measure=measure, obj=target)
    if form.validate_on_submit():
        with form.saving(
            target, fresh=lambda: EditTargetForm(measure=measure, formdata=None, obj=target)
        ):
            services.edit_target(
                target=target,
                version=form.version.data,
                on=form.on.data,
                value=form.value.data,
            )
        if not form.failed:
            return htmx.done(f"{_page(place, indicator)}#targets", "Target saved")
    return form.show(
        "indicators/edit_target.html", _FORM, place=place, indicator=indicator, target=target
    )


@bp.post("/<uuid:indicator_id>/targets/<uuid:target_id>/remove")
@access.needs(Right.EDIT_INDICATORS, target_in_url)
def remove_target(place: Place, indicator: Indicator, target: Target) -> ResponseReturnValue:
    """Remove a target; one press, and Undo beside the answer."""
    form = ButtonForm()
    target_id = target.id
    if form.validate_on_submit():
        services.remove_target(target=target, version=form.version.data)
    url = _page(place, indicator)
    return htmx.done(f"{url}?undo={latest_change_id(target_id)}#targets", "Target removed")


@bp.route("/<uuid:indicator_id>/breakdowns/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, indicator_in_url)
def add_breakdown(place: Place, indicator: Indicator) -> ResponseReturnValue:
    """Divide the values into groups."""
    form = NewBreakdownForm()
    if form.validate_on_submit():
        with form.saving():
            services.add_breakdown(
                id=form.id.data,
                indicator=indicator,
                name=form.name.data,
                overlapping=form.overlapping.data == "yes",
                parts=form.groups,
            )
        if not form.failed:
            return htmx.done(f"{_page(place, indicator)}#breakdowns", "Breakdown added")
    return form.show("indicators/add_breakdown.html", _FORM, place=place, indicator=indicator)


@bp.route("/<uuid:indicator_id>/breakdowns/<uuid:breakdown_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_INDICATORS, breakdown_in_url)
def edit_breakdown(place: Place, indicator: Indicator, breakdown: Breakdown) -> ResponseReturnValue:
    """Change its name and its groups."""
    form = EditBreakdownForm(obj=breakdown)
    if form.validate_on_submit():
        with form.saving(breakdown, fresh=lambda: EditBreakdownForm(formdata=None, obj=breakdown)):
            services.edit_breakdown(
                breakdown=breakdown,
                version=form.version.data,
                name=form.name.data,
                overlapping=form.overlapping.data == "yes",
                parts=form.groups,
            )
        if not form.failed:
            return htmx.done(f"{_page(place, indicator)}#breakdowns", "Breakdown saved")
    return form.show(
        "indicators/edit_breakdown.html",
        _FORM,
        place=place,
        indicator=indicator,
        breakdown=breakdown,
    )


@bp.post("/<uuid:indicator_id>/breakdowns/<uuid:breakdown_id>/remove")
@access.needs(Right.EDIT_INDICATORS, breakdown_in_url)
def remove_breakdown(
    place: Place, indicator: Indicator, breakdown: Breakdown
) -> ResponseReturnValue:
    """Remove a breakdown that has no values."""
    form = ButtonForm()
    if form.validate_on_submit():
        services.remove_breakdown(breakdown=breakdown, version=form.version.data)
    return htmx.done(f"{_page(place, indicator)}#breakdowns", "Breakdown removed")
