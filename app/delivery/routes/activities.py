"""One activity: its page, adding, editing, removing."""

from functools import partial
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.delivery import asking, queries, services
from app.delivery.dependencies.words import dependency_notes
from app.delivery.forms import ActivityForm
from app.delivery.models import Activity, DeliveryPlan
from app.delivery.routes import bp, of_plan
from app.delivery.slippage import slipped_words
from app.workstreams.choices import body_choices, organisation_choices
from app.workstreams.queries import Place


def _form(place: Place, **kwargs: Any) -> ActivityForm:
    return ActivityForm(
        people=queries.members(place),
        organisations=organisation_choices(),
        groups=body_choices(),
        aims=queries.aims_of(place),
        **kwargs,
    )


@bp.get("/plan/activities/<uuid:activity_id>")
@access.needs(Right.VIEW_WORKSTREAM, queries.activity_in_url)
def activity(place: Place, activity: Activity) -> ResponseReturnValue:
    """Everything about one activity: words, milestones, and its updates as a timeline."""
    updates = queries.updates_of(activity.id)
    milestones = queries.milestones_of(activity.id)
    asked = asking.last_request(activity.id)
    if asked and updates and updates[0].posted_at > asked.asked_at:
        asked = None  # answered
    return htmx.render(
        "delivery/activity.html",
        place=place,
        activity=activity,
        assigned=queries.is_assigned(activity, current_user),
        asked=asked,
        slipped=slipped_words(
            activity.agreed_on,
            activity.due_on,
            activity.done_on or activity.forecast_on,
            activity.plan.ends_on,
        ),
        updates=updates,
        milestones=milestones,
        waiting=dependency_notes(activity.plan_id, [m.id for m in milestones]),
    )


@of_plan("/add", methods=("GET", "POST"))
@access.needs(Right.EDIT_PLAN, queries.plan_in_url)
def add_activity(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Add a row at the end of the plan."""
    form = _form(place)
    if form.validate_on_submit():
        with form.saving():
            added = services.add_activity(plan=plan, activity_id=form.id.data, words=form.words)
        if not form.failed:
            url = f"{queries.plan_url(place, plan.id)}#activity-{added.id}"
            return htmx.done(url, "Activity added")
    return form.show("delivery/add_activity.html", place=place, plan=plan)


@bp.route("/plan/activities/<uuid:activity_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, queries.activity_in_url)
def edit_activity(place: Place, activity: Activity) -> ResponseReturnValue:
    """Change what a row says."""
    form = _form(place, activity=activity)
    if form.validate_on_submit():
        fresh = partial(_form, place, activity=activity, formdata=None)
        with form.saving(activity, fresh=fresh):
            services.edit_activity(activity=activity, version=form.version.data, words=form.words)
        if not form.failed:
            url = url_for("delivery.activity", slug=place.slug, activity_id=activity.id)
            return htmx.done(url, "Activity saved")
    return form.show("delivery/edit_activity.html", place=place, activity=activity)


@bp.route("/plan/activities/<uuid:activity_id>/remove", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, queries.activity_in_url)
def remove_activity(place: Place, activity: Activity) -> ResponseReturnValue:
    """Take a row out of the plan, after asking."""
    form = ButtonForm(obj=activity)
    if form.validate_on_submit():
        with form.saving(activity, fresh=lambda: ButtonForm(formdata=None, obj=activity)):
            services.remove_activity(activity=activity, version=form.version.data)
        if not form.failed:
            undo = latest_change_id(activity.id)
            return htmx.go_to(f"{queries.plan_url(place, activity.plan_id)}?undo={undo}")
    return form.show("delivery/remove_activity.html", place=place, activity=activity)
