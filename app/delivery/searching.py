"""What search finds of delivery: plans, activities, milestones, progress updates."""

from typing import Any

import sqlalchemy as sa

from app.core.searching import Above, Source, add_source
from app.delivery.models import Activity, DeliveryPlan, Milestone, ProgressUpdate


def register_sources() -> None:
    """Called once by the feature's `register`."""
    add_source(
        Source(
            "plan",
            "Delivery plan",
            "Delivery plans",
            20,
            DeliveryPlan,
            title=DeliveryPlan.title,
            on=DeliveryPlan.starts_on,
            path=lambda row: f"/plans/{row.id}",
        )
    )
    add_source(
        Source(
            "activity",
            "Activity",
            "Activities",
            40,
            Activity,
            title=Activity.what,
            body=(Activity.how, Activity.reporting),
            on=sa.func.coalesce(Activity.done_on, Activity.last_word_on, Activity.start_on),
            done=Activity.done_on.is_not(None),
            path=lambda row: f"/plan/activities/{row.id}",
            live=(Activity.archived_at.is_(None),),
        )
    )
    add_source(
        Source(
            "milestone",
            "Milestone",
            "Milestones",
            50,
            Milestone,
            title=Milestone.title,
            body=(Milestone.evidence,),
            on=sa.func.coalesce(Milestone.done_on, Milestone.forecast_on, Milestone.promised_on),
            done=Milestone.done_on.is_not(None),
            path=_milestone_path,
            within=Milestone.plan_id,
            live=(Milestone.archived_at.is_(None),),
            above=Above(
                Activity,
                Milestone.activity_id,
                live=(Activity.archived_at.is_(None),),
                watches=("archived_at",),
            ),
        )
    )
    add_source(
        Source(
            "update",
            "Progress update",
            "Progress updates",
            60,
            ProgressUpdate,
            title=Activity.what,
            titled=False,
            body=(ProgressUpdate.text, ProgressUpdate.rag_reason),
            on=ProgressUpdate.reported_on,
            path=lambda row: f"/plan/activities/{row.above_id}#update-{row.id}",
            above=Above(
                Activity,
                ProgressUpdate.activity_id,
                live=(Activity.archived_at.is_(None),),
                watches=("archived_at", "what"),
            ),
        )
    )


def _milestone_path(row: Any) -> str:
    page = f"/plan/activities/{row.above_id}" if row.above_id else f"/plans/{row.within_id}"
    return f"{page}#milestone-{row.id}"
