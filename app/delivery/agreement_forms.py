"""Forms of a plan's agreement, and of the plan that follows it."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from wtforms.validators import DataRequired, Length

from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    TicksField,
    VersionField,
)
from app.delivery.forms import Choices, PlanForm
from app.delivery.models import Activity, DeliveryPlan


class AgreeForm(Form):
    """When a plan was agreed, and by which group. `seen` is the revision that was on the screen."""

    version = VersionField(default=0)
    seen = IdField()
    agreed_on = DayField(
        "Date it was agreed", validators=[DataRequired("Enter the date it was agreed")]
    )
    agreed_at = ChoiceField("Agreed by", coerce=str)

    def __init__(
        self, *, bodies: Choices, plan: DeliveryPlan, seen: uuid.UUID | None, **kwargs: Any
    ) -> None:
        data = {"version": plan.version, "seen": seen, "agreed_on": clock.today()}
        super().__init__(data=data, **kwargs)
        self.agreed_at.choices = [
            ("", "No group: I am recording it"),
            *((str(value), label) for value, label in bodies),
        ]


class SendBackForm(Form):
    """Why a plan is not agreed as it is."""

    version = VersionField(default=0)
    sent_back_reason = LongTextField(
        "What has to change",
        description="The lead reads this on the plan",
        validators=[DataRequired("Say what has to change"), Length(max=2000)],
        render_kw={"rows": 3},
    )


class NextPlanForm(PlanForm):
    """The next period's title and dates, and which unfinished rows come along."""

    carry = TicksField("Activities to carry over", coerce=str)

    def __init__(self, *, plan: DeliveryPlan, rows: Sequence[Activity], **kwargs: Any) -> None:
        begins = plan.ends_on + timedelta(days=1)
        data = {
            "starts_on": begins,
            "ends_on": _a_year_after(begins),
            "carry": [str(row.id) for row in rows],
        }
        super().__init__(data=data, **kwargs)
        self.carry.choices = [(str(row.id), row.what) for row in rows]
        if not rows:
            del self.carry

    @property
    def carried_ids(self) -> list[uuid.UUID]:
        """The rows chosen."""
        return [uuid.UUID(value) for value in self.carry.data or ()] if "carry" in self else []


def _a_year_after(begins: date) -> date:
    """The last day of a year that begins on a day."""
    try:
        return begins.replace(year=begins.year + 1) - timedelta(days=1)
    except ValueError:  # 29 February
        return begins.replace(year=begins.year + 1, day=28)
