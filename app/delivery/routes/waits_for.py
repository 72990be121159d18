"""What a milestone waits for."""

from functools import partial

from flask.typing import ResponseReturnValue

from app.core import access, htmx
from app.core.rights import Right
from app.delivery import queries
from app.delivery.dependencies.forms import WaitsForForm
from app.delivery.dependencies.reading import others_in_plan
from app.delivery.dependencies.services import set_waits_for
from app.delivery.models import Milestone
from app.delivery.routes import bp
from app.delivery.routes.milestones import milestone_home
from app.workstreams.queries import Place


@bp.route("/plan/milestones/<uuid:milestone_id>/waits-for", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, queries.milestone_in_url)
def waits_for(place: Place, milestone: Milestone) -> ResponseReturnValue:
    """Tick the plan's other milestones that this one waits for."""
    others = others_in_plan(milestone)
    form = WaitsForForm(milestone=milestone, others=others)
    if form.validate_on_submit():
        fresh = partial(WaitsForForm, milestone=milestone, others=others, formdata=None)
        with form.saving(milestone, fresh=fresh):
            set_waits_for(milestone=milestone, version=form.version.data, chosen=form.chosen)
        if not form.failed:
            home = milestone_home(place, milestone.plan_id, milestone.activity_id)
            return htmx.done(home, "Saved what it waits for")
    return form.show("delivery/waits_for.html", place=place, milestone=milestone)
