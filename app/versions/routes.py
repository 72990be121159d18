"""Pages of one plan: its versions, one of them, two side by side, and what changed since; and what
changed in everything that one may see."""

import uuid
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, clock, htmx
from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.paging import asked_page
from app.core.rights import Right
from app.delivery import agreement, queries
from app.delivery.models import DeliveryPlan, VersionKind
from app.delivery.routes import of_plan
from app.versions import reading
from app.versions.comparison import Comparison, compare
from app.versions.everywhere import Wanted, page_of
from app.versions.forms import KeepForm, Typed
from app.versions.pages import quick_choices, status_notes, version_rows
from app.versions.points import NOW, Asked, Point, choices, points, read_point
from app.versions.views import Names, comparison_view
from app.workstreams.models import WorkstreamKind
from app.workstreams.queries import Place

bp = Blueprint("versions", __name__, url_prefix="/workstreams/<slug:slug>")
everywhere_bp = Blueprint("versions_everywhere", __name__)


def plan_in_url(user: Reader, slug: str, plan_id: uuid.UUID | None = None) -> Loaded | None:
    """As `delivery.queries.plan_in_url`, with the URL that the plan was asked for by."""
    loaded = queries.plan_in_url(user, slug, plan_id)
    if loaded is None:
        return None
    below = f"/plans/{plan_id}" if plan_id else "/plan"
    return Loaded({**loaded.view_args, "base": loaded.view_args["place"].url + below}, loaded.roles)


def version_in_url(
    user: Reader, slug: str, number: int, plan_id: uuid.UUID | None = None
) -> Loaded | None:
    """The same, with the `version` of that number."""
    loaded = plan_in_url(user, slug, plan_id)
    # Beyond what a database can count to, there is none.
    if loaded is None or number > 2**31 - 1:
        return None
    version = reading.version_of(loaded.view_args["plan"].id, number)
    if version is None:
        return None
    return Loaded({**loaded.view_args, "version": version}, loaded.roles)


def lasting_url(place: Place, plan: DeliveryPlan) -> str:
    """The plan's URL that stays its own when the next one takes over: for links that are sent on."""
    return f"{place.url}/plans/{plan.id}"


@of_plan("/versions", on=bp)
@access.needs(Right.VIEW_WORKSTREAM, plan_in_url)
def versions(place: Place, plan: DeliveryPlan, base: str) -> ResponseReturnValue:
    """The versions of a plan, newest first; compare any two, keep another."""
    return _versions_page(place, plan, base, KeepForm())


@of_plan("/versions/keep", methods=("POST",), on=bp)
@access.needs(Right.EDIT_PLAN, plan_in_url)
def keep(place: Place, plan: DeliveryPlan, base: str) -> ResponseReturnValue:
    """Keep the plan as it reads now."""
    form = KeepForm()
    if form.validate_on_submit():
        with form.saving():
            kept = agreement.take_version(
                plan=plan,
                kind=VersionKind.KEPT,
                by=current_user,
                label=form.label.data or "",
                id=form.id.data,
            )
        if not form.failed:
            return htmx.done(f"{base}/versions", f"Version {kept.number} kept")
    return _versions_page(place, plan, base, form)


def _versions_page(place: Place, plan: DeliveryPlan, base: str, form: KeepForm) -> Response:
    plans = reading.plans_of(place.id)
    versions = reading.versions_of([other.id for other in plans])
    shown = [one for one in versions if one.plan_id == plan.id]
    return form.show(
        "versions/versions.html",
        place=place,
        plan=plan,
        base=base,
        lasting=lasting_url(place, plan),
        shown=shown,
        others=[other for other in plans if other.id != plan.id],
        choices=choices(plans, versions, plan),
        chosen={"from": str(shown[0].number) if shown else NOW, "to": NOW},
        asked=Typed({}),
        may_keep=place.can(Right.EDIT_PLAN) and not plan.is_superseded(clock.today()),
    )


@of_plan("/versions/<int:number>", on=bp)
@access.needs(Right.VIEW_WORKSTREAM, version_in_url)
def version(place: Place, plan: DeliveryPlan, base: str, version: object) -> ResponseReturnValue:
    """One version, to read and to print."""
    content = reading.content_of(version)  # type: ignore[arg-type]
    return htmx.render(
        "versions/version.html",
        place=place,
        plan=plan,
        base=base,
        lasting=lasting_url(place, plan),
        version=version,
        content=content,
        **version_rows(content, Names(current_user, content)),
    )


@of_plan("/compare", on=bp)
@access.needs(Right.VIEW_WORKSTREAM, plan_in_url)
def compare_two(place: Place, plan: DeliveryPlan, base: str) -> ResponseReturnValue:
    """Two moments of a plan side by side: `from` and `to` in the URL (`points.read_point`)."""
    plans = reading.plans_of(place.id)
    versions = reading.versions_of([other.id for other in plans])
    newest = next((str(one.number) for one in versions if one.plan_id == plan.id), NOW)
    values = {
        "from": request.args.get("from", newest),
        "to": request.args.get("to", NOW),
    }
    dates = {name: request.args.get(f"{name}_on", "").strip() for name in values}
    asked, errors = _asked(plan, values, dates)
    if not errors and any(f"{name}_on" in request.args for name in values):
        # A date typed beside the choice becomes the choice, so that the URL says it once.
        said = {name: _value(plan, one) for name, one in asked.items()}
        return redirect(f"{lasting_url(place, plan)}/compare?{urlencode(said)}")
    found = points(place, plans, asked["from"], asked["to"]) if not errors else []
    typed = Typed({f"{name}_on": text for name, text in dates.items()}, errors)
    page = render_template(
        "versions/compare_two.html",
        place=place,
        plan=plan,
        base=base,
        lasting=lasting_url(place, plan),
        choices=choices(plans, versions, plan),
        chosen=values,
        form=typed,
        asked=typed,
        before=found[0] if found else None,
        after=found[1] if found else None,
        turned=urlencode({"from": values["to"], "to": values["from"]}),
        view=_view(place, *found) if found else None,
        linked=bool(found) and found[1].is_now,
    )
    return make_response(page, typed.status)


def _asked(
    plan: DeliveryPlan, values: dict[str, str], dates: dict[str, str]
) -> tuple[dict[str, Asked], dict[str, str]]:
    asked, errors = {}, {}
    for name, value in values.items():
        try:
            asked[name] = read_point(dates[name] or value, plan.id)
        except ValueError as error:
            errors[f"{name}_on"] = str(error)
    return asked, errors


def _value(plan: DeliveryPlan, asked: Asked) -> str:
    return asked.value if asked.plan_id == plan.id else f"{asked.plan_id}.{asked.value}"


def _view(place: Place, before: Point, after: Point) -> object:
    return comparison_view(
        _compared(place, before, after), Names(current_user, before.content, after.content)
    )


def _compared(place: Place, before: Point, after: Point) -> Comparison:
    across = before.plan.id != after.plan.id
    return compare(before.content, after.content, reading.origins(place.id) if across else None)


@of_plan("/changes", on=bp)
@access.needs(Right.VIEW_WORKSTREAM, plan_in_url)
def changes(place: Place, plan: DeliveryPlan, base: str) -> ResponseReturnValue:
    """What changed in a plan, and was said of it, since a day or a version (`since` in the URL)."""
    quick = quick_choices(reading.versions_of([plan.id]), clock.today())
    text = request.args.get("since", "").strip() or quick[0].value
    try:
        since = read_point(text, plan.id)
    except ValueError as error:
        typed = Typed({"since": text}, {"since": str(error)})
        found: list[Point] = []
    else:
        if since.plan_id != plan.id:
            abort(404)
        typed = Typed({"since": since.day_in_words})
        found = points(place, [plan], since, Asked(plan.id, NOW))
    at = found[0].at if found else clock.now()
    page = render_template(
        "versions/changes.html",
        place=place,
        plan=plan,
        base=base,
        lasting=lasting_url(place, plan),
        form=typed,
        asked=typed,
        quick=quick,
        since=since.value if found else "",
        before=found[0] if found else None,
        notes=status_notes(plan, at) if found else (),
        view=_view(place, *found) if found else None,
        updates=reading.updates_since(plan.id, at) if found else (),
        most_updates=reading.MOST_UPDATES,
    )
    return make_response(page, typed.status)


@everywhere_bp.get("/changes")
@access.signed_in
def everywhere() -> ResponseReturnValue:
    """What changed since a day in the plan of every workstream that one may see."""
    wanted = Wanted.read(request.args)
    page = render_template(
        "versions/everywhere.html",
        wanted=wanted,
        form=wanted.typed,
        asked=wanted.typed,
        found=page_of(current_user, wanted, asked_page()),
        quick=quick_choices((), clock.today()),
        kinds=[(kind.value, kind.label) for kind in WorkstreamKind],
    )
    return make_response(page, wanted.typed.status)
