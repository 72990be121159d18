"""What the plan page and its rows are rendered from."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask_login import current_user

from app.core import clock
from app.core.rights import Right
from app.delivery import plan_reading
from app.delivery.filters import NOT_RATED, PlanFilter
from app.delivery.models import Activity, DeliveryPlan, Rag
from app.delivery.row_views import row_views
from app.workstreams.models import ResilienceDomain
from app.workstreams.queries import Place

RAG_CHOICES = [*((rag.value, rag.label) for rag in Rag), (NOT_RATED, "Not rated")]


@dataclass(frozen=True)
class Page:
    """One page of a long list, as the pagination component takes it."""

    number: int
    total: int
    base: str
    query: Mapping[str, str]
    size: int = plan_reading.PAGE_SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    def url(self, number: int) -> str:
        return f"{self.base}?{urlencode({**self.query, 'page': number})}"


def page_number(args: Mapping[str, str]) -> int:
    """`?page=`; anything that is no page is the first."""
    value = args.get("page", "")
    return max(1, int(value)) if value.isdecimal() and len(value) < 6 else 1


def plan_page(
    place: Place, plan: DeliveryPlan, wanted: PlanFilter, args: Mapping[str, str]
) -> dict[str, Any]:
    """Everything that `delivery/plan.html` and its fragment show: four queries for any plan."""
    today = clock.today()
    found = plan_reading.facets(plan.id, today)
    number = page_number(args)
    rows, matching = plan_reading.plan_rows(plan.id, current_user, wanted, today, page=number)
    base = f"{place.url}/plan"
    return {
        "place": place,
        "plan": plan,
        "wanted": wanted,
        "facets": found,
        "counts": {**found.by_rag, "done": found.done},
        "chips": _chips(wanted, found, base),
        "rag_choices": RAG_CHOICES,
        "domain_choices": [(d.value, d.label) for d in ResilienceDomain],
        "matching": matching,
        "pager": Page(number, matching, base, wanted.query),
        **row_context(place, plan.id, rows),
    }


def row_context(place: Place, plan_id: uuid.UUID, rows: Sequence[Any]) -> dict[str, Any]:
    """What `delivery/_rows.html` prints."""
    milestones = plan_reading.milestones_by_activity(plan_id, [row.id for row in rows])
    may_update = bool(place.can(Right.UPDATE_ACTIVITY))
    may_update_own = bool(place.can(Right.UPDATE_ACTIVITY, assigned=True))
    return {
        "views": row_views(
            rows,
            milestones,
            clock.today(),
            may_update=may_update,
            may_update_own=may_update_own,
        ),
        "of_plan": milestones.get(None, []),
        "base": f"{place.url}/plan",
        "may_edit": bool(place.can(Right.EDIT_PLAN)),
        "may_update": may_update,
        "may_update_own": may_update_own,
    }


def one_row(place: Place, activity: Activity) -> dict[str, Any]:
    """The context of `delivery/_rows.html` for a single row."""
    row = plan_reading.plan_row(activity.id, current_user)
    return {"place": place, **row_context(place, activity.plan_id, [row])}


def _chips(wanted: PlanFilter, found: plan_reading.Facets, base: str) -> list[tuple[str, str]]:
    """The filters in force, each with the URL that takes it off."""
    labels = {
        "lead": ("Lead", dict(found.leads)),
        "organisation": ("Organisation", dict(found.organisations)),
        "rag": ("RAG", dict(RAG_CHOICES)),
        "domain": ("Builds", {d.value: d.label for d in ResilienceDomain}),
        "show": ("Show", dict(PlanFilter.SHOWS)),
    }
    chips = []
    for name, value in wanted.query.items():
        label, choices = labels[name]
        rest = urlencode(wanted.without(name))
        chips.append((f"{label}: {choices.get(value, 'not in this plan')}", f"{base}?{rest}"))
    return chips
