"""The plan page, and the plan's own title, period and order."""

import uuid
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.errors import Refused
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.delivery import plan_reading, queries, services
from app.delivery.filters import PlanFilter
from app.delivery.forms import PlanForm
from app.delivery.models import DeliveryPlan
from app.delivery.outside_dates import dates_beside
from app.delivery.pages import plan_page
from app.delivery.routes import bp, of_plan
from app.workstreams.queries import Place, workstream_in_url


@of_plan("")
@access.needs(Right.VIEW_WORKSTREAM, queries.plan_page_in_url)
def plan(place: Place, plan: DeliveryPlan | None, plans: list[DeliveryPlan]) -> ResponseReturnValue:
    """The plan as a table, filtered by the URL; or how to start one."""
    if plan is None:
        return htmx.render(
            "delivery/no_plan.html",
            place=place,
            plans=plans,
            key_dates=dates_beside(place.workstream),
        )
    context = plan_page(place, plan, plans, PlanFilter.read(request.args))
    undo = queries.just_removed(place, request.args.get("undo", type=uuid.UUID))
    return htmx.render("delivery/plan.html", "delivery/_plan.html", undo=undo, **context)


@bp.route("/plan/start", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, workstream_in_url)
def start(place: Place) -> ResponseReturnValue:
    """Begin a delivery plan."""
    form = PlanForm()
    if form.validate_on_submit():
        with form.saving():
            services.start_plan(
                workstream=place.workstream,
                plan_id=form.id.data,
                title=form.title.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
            )
        if not form.failed:
            return htmx.done(url_for("delivery.plan", slug=place.slug), "Delivery plan started")
    return form.show("delivery/start.html", place=place)


@of_plan("/edit", methods=("GET", "POST"))
@access.needs(Right.EDIT_PLAN, queries.plan_in_url)
def edit(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Change the plan's title and period."""
    form = _plan_form(plan)
    if form.validate_on_submit():
        with form.saving(plan, fresh=lambda: _plan_form(plan, formdata=None)):
            services.edit_plan(
                plan=plan,
                version=form.version.data,
                title=form.title.data,
                starts_on=plan.starts_on if plan.agreed_on else form.starts_on.data,
                ends_on=plan.ends_on if plan.agreed_on else form.ends_on.data,
            )
        if not form.failed:
            return htmx.done(queries.plan_url(place, plan.id), "Delivery plan saved")
    return form.show(
        "delivery/edit.html", place=place, plan=plan, base=queries.plan_url(place, plan.id)
    )


def _plan_form(plan: DeliveryPlan, **kwargs: Any) -> PlanForm:
    form = PlanForm(obj=plan, **kwargs)
    if plan.agreed_on:
        form.keep_period()
    return form


@of_plan("/order", methods=("GET", "POST"))
@access.needs(Right.EDIT_PLAN, queries.plan_in_url)
def order(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Reorder by buttons (`up`, `down`: an activity's id) or by dragging (`activity_id`,
    `before_id`)."""
    form = ButtonForm()
    base = queries.plan_url(place, plan.id)
    if form.validate_on_submit():
        try:
            moved = _move(plan)
        except ValueError:
            form.form_errors.append(services.NOT_IN_PLAN)
        except Refused as refused:
            form.form_errors.append(refused.message)
        else:
            rows = plan_reading.order_of(plan.id)
            return htmx.done(
                f"{base}/order#activity-{moved}",
                "Moved",
                fragment="delivery/_order.html",
                focus=f"#activity-{moved}",
                place=place,
                plan=plan,
                base=base,
                rows=rows,
                form=ButtonForm(formdata=None),
            )
    rows = plan_reading.order_of(plan.id)
    return form.show(
        "delivery/order.html", "delivery/_order.html", place=place, plan=plan, base=base, rows=rows
    )


def _move(plan: DeliveryPlan) -> uuid.UUID:
    """Carry one reorder out; gives the row moved. Raises ValueError for ids that are none."""
    for name, places in (("up", -1), ("down", 1)):
        if name in request.form:
            moved = uuid.UUID(request.form[name])
            services.move_activity(plan=plan, activity_id=moved, by=current_user, places=places)
            return moved
    moved = uuid.UUID(request.form.get("activity_id", ""))
    before = request.form.get("before_id")
    services.move_activity(
        plan=plan, activity_id=moved, by=current_user, before=uuid.UUID(before) if before else None
    )
    return moved
