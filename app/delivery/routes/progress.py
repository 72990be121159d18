"""Posting progress: in place in the plan, on a page of its own, or row after row."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.rights import Right
from app.delivery import pages, progress, queries
from app.delivery.forms import UpdateForm
from app.delivery.models import Activity, DeliveryPlan, ProgressUpdate, Rag
from app.delivery.routes import bp, of_plan
from app.workstreams.queries import Place


def _form(activity: Activity, *, fresh: bool = False) -> UpdateForm:
    """The update form; `fresh` is what somebody else has posted, to show beside one's own."""
    form = UpdateForm(
        definitions=queries.rag_definitions(),
        milestones=queries.milestones_of(activity.id),
        activity=activity,
        last=_last(activity) if fresh else None,
        **({"formdata": None} if fresh else {}),
    )
    form.mark_ids(activity.id.hex[-8:])
    return form


def _in_plan(place: Place, activity: Activity) -> str:
    """Where the row is in its plan."""
    return f"{queries.plan_url(place, activity.plan_id)}#activity-{activity.id}"


def _last(activity: Activity) -> ProgressUpdate | None:
    return next(iter(queries.updates_of(activity.id, limit=1)), None)


def _post(form: UpdateForm, activity: Activity) -> None:
    """Save a valid form, or leave on it why it could not be saved."""
    with form.saving(activity, fresh=lambda: _form(activity, fresh=True)):
        progress.post_update(
            activity=activity,
            update_id=form.id.data,
            version=form.version.data,
            by=current_user,
            text=form.text.data,
            rag=Rag(form.rag.data),
            rag_reason="" if form.rag.data == Rag.GREEN else form.rag_reason.data,
            forecast_on=form.forecast_on.data,
            done=form.done.data,
            ticked=form.ticked_ids,
        )


@bp.route("/plan/activities/<uuid:activity_id>/update", methods=["GET", "POST"])
@access.needs(Right.UPDATE_ACTIVITY, queries.activity_in_url)
def update(place: Place, activity: Activity) -> ResponseReturnValue:
    """Post a progress update. In the plan the row opens in place; otherwise a page."""
    form = _form(activity)
    if form.validate_on_submit():
        _post(form, activity)
        if not form.failed:
            row = {"form": None, **pages.one_row(place, activity)} if htmx.wants_fragment() else {}
            return htmx.done(
                _in_plan(place, activity),
                "Update saved",
                fragment="delivery/_rows.html",
                focus=f"#update-{activity.id}",
                **row,
            )
    context = pages.one_row(place, activity) if htmx.wants_fragment() else {"place": place}
    return form.show(
        "delivery/update.html",
        "delivery/_rows.html",
        activity=activity,
        last=_last(activity),
        **context,
    )


@bp.get("/plan/activities/<uuid:activity_id>/row")
@access.needs(Right.VIEW_WORKSTREAM, queries.activity_in_url)
def row(place: Place, activity: Activity) -> ResponseReturnValue:
    """The row as it stands: what Cancel puts back in place."""
    if not htmx.wants_fragment():
        return htmx.go_to(_in_plan(place, activity))
    return htmx.render(
        "delivery/plan.html", "delivery/_rows.html", form=None, **pages.one_row(place, activity)
    )


@of_plan("/walk")
@access.needs(Right.VIEW_WORKSTREAM, queries.plan_in_url)
def walk(place: Place, plan: DeliveryPlan) -> ResponseReturnValue:
    """Update the whole plan: start at its first open row that is one's to update."""
    only_mine = not place.can(Right.UPDATE_ACTIVITY)
    first = queries.first_to_update(plan.id, current_user, only_mine=only_mine)
    if first is None:
        return htmx.render("delivery/walk_done.html", place=place, plan=plan)
    return htmx.go_to(url_for("delivery.walk_row", slug=place.slug, activity_id=first))


@bp.route("/plan/walk/<uuid:activity_id>", methods=["GET", "POST"])
@access.needs(Right.UPDATE_ACTIVITY, queries.activity_in_url)
def walk_row(place: Place, activity: Activity) -> ResponseReturnValue:
    """One step of the walk: last time's words beside the new box."""
    form = _form(activity)
    only_mine = not place.can(Right.UPDATE_ACTIVITY)
    at, of, before, after = queries.neighbours(activity, current_user, only_mine=only_mine)
    next_url = (
        url_for("delivery.walk_row", slug=place.slug, activity_id=after)
        if after
        else queries.plan_url(place, activity.plan_id)
    )
    if form.validate_on_submit():
        _post(form, activity)
        if not form.failed:
            stop = "stop" in request.form or after is None
            url = queries.plan_url(place, activity.plan_id) if stop else next_url
            return htmx.done(
                url, "Update saved" if after else "Update saved. That was the last row"
            )
    return form.show(
        "delivery/walk_row.html",
        place=place,
        activity=activity,
        last=_last(activity),
        at=at,
        of=of,
        before=before,
        next_url=next_url,
    )
