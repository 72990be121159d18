"""What a plan says at a moment, as plain values that can be kept, rolled back and compared.

The values are those that history writes (`app.core.restoring.raw_value`): dates as ISO text, people,
organisations and aims by id. So a kept version, the plan as it stands and the plan as it stood on a
day are one kind of thing.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.core.restoring import raw_value
from app.delivery.models import Activity, DeliveryPlan, Milestone
from app.extensions import db
from app.workstreams.models import ResilienceDomain

PLAN_FIELDS = ("title", "starts_on", "ends_on")
ACTIVITY_FIELDS = (
    "what",
    "how",
    "lead_person_id",
    "lead_organisation_id",
    "contributors",
    "reports_to_id",
    "reporting",
    "start_text",
    "start_on",
    "due_text",
    "due_on",
    "forecast_on",
    "done_on",
    "rag",
    "rag_reason",
    "aims",
    *(f"builds_{domain.value}" for domain in ResilienceDomain),
    "agreed_on",
    "carried_from_id",
)
MILESTONE_FIELDS = (
    "activity_id",
    "title",
    "promised_text",
    "promised_on",
    "forecast_on",
    "done_on",
    "evidence",
    "agreed_on",
)

Values = dict[str, Any]


@dataclass(frozen=True)
class PlanContent:
    """A plan's own values, and those of its rows by id: activities in plan order, milestones by date."""

    plan: Values
    activities: dict[str, Values] = field(default_factory=dict)
    milestones: dict[str, Values] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For keeping; lists, because JSON objects have no order."""
        return {
            "plan": self.plan,
            "activities": [{"id": key, **values} for key, values in self.activities.items()],
            "milestones": [{"id": key, **values} for key, values in self.milestones.items()],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "PlanContent":
        """As `as_json` wrote it; a field that came later is missing."""
        return cls(kept["plan"], _by_id(kept["activities"]), _by_id(kept["milestones"]))


def _by_id(rows: list[Values]) -> dict[str, Values]:
    return {row["id"]: {k: v for k, v in row.items() if k != "id"} for row in rows}


def as_date(value: Any) -> date | None:
    """A day of a content's values."""
    return date.fromisoformat(value) if value else None


def content_now(plan: DeliveryPlan) -> PlanContent:
    """The plan as it stands; four queries, whatever its length."""
    activities = db.session.scalars(
        sa.select(Activity)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None))
        .order_by(Activity.position, Activity.id)
        .options(selectinload(Activity.contributors), selectinload(Activity.aims))
    ).all()
    milestones = db.session.scalars(
        sa.select(Milestone)
        .outerjoin(Activity, Activity.id == Milestone.activity_id)
        .where(
            Milestone.plan_id == plan.id,
            Milestone.archived_at.is_(None),
            Activity.archived_at.is_(None),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    ).all()
    return PlanContent(
        _values(plan, PLAN_FIELDS),
        {str(row.id): _values(row, ACTIVITY_FIELDS) for row in activities},
        {str(row.id): _values(row, MILESTONE_FIELDS) for row in milestones},
    )


def _values(thing: Any, names: tuple[str, ...]) -> Values:
    return {name: raw_value(thing, name) for name in names}
