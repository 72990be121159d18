"""Milestones: add, edit, remove, and tick with undo."""

import uuid

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.delivery import progress, queries, services
from app.delivery.dependencies.reading import links_of
from app.delivery.dependencies.words import dependency_notes
from app.delivery.forms import MilestoneForm
from app.delivery.models import DeliveryPlan, Milestone
from app.delivery.routes import bp, of_plan
from app.workstreams.queries import Place


def milestone_home(place: Place, plan_id: uuid.UUID, activity_id: uuid.UUID | None) -> str:
    """Where a milestone is shown."""
    if activity_id is None:
        return f"{queries.plan_url(place, plan_id)}#plan-milestones"
    return url_for(
        "delivery.activity", slug=place.slug, activity_id=activity_id, _anchor="milestones"
    )


@of_plan("/milestones/add", methods=("GET", "POST"))
@access.needs(Right.EDIT_PLAN, queries.plan_in_url)
def add_milestone(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Add a milestone to the plan, or with `?activity=` to one of its activities."""
    activity = None
    if wanted := request.args.get("activity"):
        activity = queries.find_activity(place, _uuid_or_404(wanted))
        if activity is None:
            abort(404)
    form = MilestoneForm()
    if form.validate_on_submit():
        with form.saving():
            services.add_milestone(
                plan=plan,
                milestone_id=form.id.data,
                activity=activity,
                title=form.title.data,
                promised=form.promised,
                forecast_on=form.forecast_on.data,
                evidence=form.evidence.data,
            )
        if not form.failed:
            added_to = milestone_home(place, plan.id, activity.id if activity else None)
            return htmx.done(added_to, "Milestone added")
    return form.show("delivery/add_milestone.html", place=place, plan=plan, activity=activity)


def _uuid_or_404(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        abort(404)


@bp.route("/plan/milestones/<uuid:milestone_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, queries.milestone_in_url)
def edit_milestone(place: Place, milestone: Milestone) -> ResponseReturnValue:
    """Change a milestone: its words, forecast, done date, evidence."""
    form = MilestoneForm(milestone=milestone)
    if form.validate_on_submit():
        with form.saving(
            milestone, fresh=lambda: MilestoneForm(milestone=milestone, formdata=None)
        ):
            services.edit_milestone(
                milestone=milestone,
                version=form.version.data,
                title=form.title.data,
                promised=form.promised,
                forecast_on=form.forecast_on.data,
                done_on=form.done_on.data,
                evidence=form.evidence.data,
            )
        if not form.failed:
            home = milestone_home(place, milestone.plan_id, milestone.activity_id)
            return htmx.done(home, "Milestone saved")
    waits = links_of([milestone.plan_id]).waits_for(milestone.id)
    return form.show("delivery/edit_milestone.html", place=place, milestone=milestone, waits=waits)


@bp.route("/plan/milestones/<uuid:milestone_id>/remove", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, queries.milestone_in_url)
def remove_milestone(place: Place, milestone: Milestone) -> ResponseReturnValue:
    """Take a milestone out of the plan, after asking."""
    form = ButtonForm(obj=milestone)
    if form.validate_on_submit():
        with form.saving(milestone, fresh=lambda: ButtonForm(formdata=None, obj=milestone)):
            services.remove_milestone(milestone=milestone, version=form.version.data)
        if not form.failed:
            undo = latest_change_id(milestone.id)
            return htmx.go_to(f"{queries.plan_url(place, milestone.plan_id)}?undo={undo}")
    return form.show("delivery/remove_milestone.html", place=place, milestone=milestone)


@bp.post("/plan/milestones/<uuid:milestone_id>/tick")
@access.needs(Right.UPDATE_ACTIVITY, queries.milestone_in_url)
def tick(place: Place, milestone: Milestone) -> ResponseReturnValue:
    """Mark a milestone done today; the answer offers Undo."""
    progress.tick(milestone=milestone)
    return _ticked(place, milestone, f"“{milestone.title}” is marked done")


@bp.post("/plan/milestones/<uuid:milestone_id>/untick")
@access.needs(Right.UPDATE_ACTIVITY, queries.milestone_in_url)
def untick(place: Place, milestone: Milestone) -> ResponseReturnValue:
    """Take a tick back."""
    progress.untick(milestone=milestone)
    return _ticked(place, milestone, f"“{milestone.title}” is not done")


def _ticked(place: Place, milestone: Milestone, announce: str) -> ResponseReturnValue:
    return htmx.done(
        milestone_home(place, milestone.plan_id, milestone.activity_id),
        announce,
        fragment="delivery/_milestone.html",
        focus=f"#milestone-{milestone.id} button",
        place=place,
        milestone=milestone,
        waiting=dependency_notes(milestone.plan_id, [milestone.id]),
        may_tick=True,
        may_edit=bool(place.can(Right.EDIT_PLAN)),
        just_ticked=milestone.done_on is not None,
    )
