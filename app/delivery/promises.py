"""What agreement means for writes: an agreed date stays, a kept version and a superseded plan do not change.

Forms leave these fields out, but an import, an undo or tomorrow's feature could still reach them; so the
rule stands where every write passes, before the flush.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refused
from app.core.formatting import day
from app.delivery.models import Activity, DeliveryPlan, Milestone, PlanVersion
from app.extensions import db

# What was promised, and the form's field to say it beside.
_PROMISES: dict[type[Any], tuple[tuple[str, ...], str]] = {
    Activity: (("due_on", "due_text"), "due_words"),
    Milestone: (("promised_on", "promised_text"), "promised_words"),
    DeliveryPlan: (("starts_on", "ends_on"), "ends_on"),
}


@event.listens_for(Session, "before_flush")
def _keep_promises(session: Session, _context: Any, _instances: Any) -> None:
    for thing in (*session.new, *session.dirty):
        if isinstance(thing, Activity | Milestone) and session.is_modified(thing):
            plan = session.get(DeliveryPlan, thing.plan_id) if thing.plan_id else None
            if plan is not None:
                refuse_superseded(plan)
        elif isinstance(thing, DeliveryPlan) and _is_retitled(thing):
            refuse_superseded(thing)
    for thing in session.dirty:
        if type(thing) in _PROMISES:
            _refuse_moved_promise(thing)
        elif isinstance(thing, PlanVersion) and session.is_modified(thing):
            raise RuntimeError("A version of a plan is never changed")


def _is_retitled(plan: DeliveryPlan) -> bool:
    attributes: Any = sa.inspect(plan).attrs
    return bool(attributes.title.history.deleted)


def refuse_superseded(plan: DeliveryPlan) -> None:
    """Raises Refused when the next plan has taken over. For writes past the session."""
    if plan.superseded_on and plan.is_superseded(clock.today()):
        raise Refused(
            f"This plan was superseded on {day(plan.superseded_on)} and no longer changes. "
            "Make the change in the plan that took over"
        )


def _refuse_moved_promise(thing: Any) -> None:
    attributes: Any = sa.inspect(thing).attrs
    agreed_before = attributes.agreed_on.history.unchanged
    if not agreed_before or agreed_before[0] is None:
        return
    names, field = _PROMISES[type(thing)]
    for name in names:
        moved = attributes[name].history
        # A row that was agreed without a date may be given one.
        if moved.deleted and moved.deleted[0] and moved.added:
            raise Refused(
                f"This date was agreed on {day(thing.agreed_on)} and stays as promised. "
                "If it will be later, say so with a new forecast",
                field,
            )


def lock_dates(plan: DeliveryPlan, agreed_on: Any) -> None:
    """From now on the dates of every row that has none locked yet stay. Not an edit of the rows: it
    disturbs nobody's open form, and history tells it once, of the plan."""
    for model in (Activity, Milestone):
        db.session.execute(
            sa.update(model)
            .where(
                model.plan_id == plan.id,
                model.agreed_on.is_(None),
                model.archived_at.is_(None),
            )
            .values(agreed_on=agreed_on),
            execution_options={"synchronize_session": "fetch"},
        )
