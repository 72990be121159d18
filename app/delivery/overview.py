"""The delivery plan's part of a workstream's overview."""

from typing import Any

from app.core import clock
from app.delivery import plan_reading
from app.delivery.slippage import slip_words
from app.workstreams.overview import Panel, add_panel
from app.workstreams.queries import Place


def _provide(place: Place) -> dict[str, Any]:
    plan = plan_reading.current_plan(place.id, with_standing=True)
    if plan is None:
        return {"plan": None}
    return {
        "plan": plan,
        "slipped": slip_words(plan.standing),
        "concerns": plan_reading.concerns(plan.id, clock.today()),
    }


def register_panel() -> None:
    """Show the state of the plan on every overview."""
    add_panel(Panel(-10, "delivery/_overview_panel.html", _provide))
