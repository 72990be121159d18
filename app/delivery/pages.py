"""What the plan page and its rows are rendered from."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

from flask import render_template
from flask_login import current_user
from markupsafe import Markup

from app.core import clock
from app.core.database import reading_only
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.delivery import plan_reading
from app.delivery.dependencies.words import dependency_notes
from app.delivery.filter_words import DOMAIN_CHOICES, RAG_CHOICES, filter_words
from app.delivery.filters import PlanFilter
from app.delivery.models import Activity, DeliveryPlan
from app.delivery.outside_dates import dates_beside
from app.delivery.queries import plan_url
from app.delivery.row_views import row_views
from app.delivery.slippage import slip_words
from app.workstreams.queries import Place


def plan_page(
    place: Place, plan: DeliveryPlan, plans: list[DeliveryPlan], wanted: PlanFilter
) -> dict[str, Any]:
    """Everything that `delivery/plan.html` and its fragment show.

    `plan`, one of the workstream's `plans`, comes with its standing, whose revision says whether what
    this process has read before is still true (docs/decisions/017).
    """
    rights = PlanRights.of(place, plan)
    base = f"{place.url}/plan" if plan is plans[0] else f"{place.url}/plans/{plan.id}"
    read = _read if reading_only() else _read.__wrapped__
    shown = read(
        plan.id,
        plan.ends_on,
        plan.agreed_on is not None,
        slip_words(plan.standing),
        plan.standing.revision if plan.standing else None,
        clock.today(),
        wanted,
        asked_page(),
        place.url,
        base,
        rights,
        # Only these see other rows or links than everybody else with their rights.
        current_user.id
        if wanted.show == "mine" or (rights.update_own and not rights.update)
        else None,
    )
    return {
        "place": place,
        "plan": plan,
        "plan_status": plan.status_on(clock.today()),
        "others": [other for other in plans if other is not plan],
        "current": plans[0],
        "base": base,
        "query": f"?{urlencode(wanted.query)}" if wanted.query else "",
        "key_dates": dates_beside(place.workstream),
        **rights.context,
        **shown,
    }


@dataclass(frozen=True)
class PlanRights:
    """What the reader of a plan may do with its rows."""

    edit: bool
    update: bool
    update_own: bool

    @classmethod
    def of(cls, place: Place, plan: DeliveryPlan) -> "PlanRights":
        """From the reader's roles on the workstream; nobody changes a superseded plan."""
        if plan.is_superseded(clock.today()):
            return cls(edit=False, update=False, update_own=False)
        return cls(
            edit=bool(place.can(Right.EDIT_PLAN)),
            update=bool(place.can(Right.UPDATE_ACTIVITY)),
            update_own=bool(place.can(Right.UPDATE_ACTIVITY, assigned=True)),
        )

    @property
    def context(self) -> dict[str, bool]:
        """As the templates name them."""
        return {
            "may_edit": self.edit,
            "may_update": self.update,
            "may_update_own": self.update_own,
        }


@lru_cache(maxsize=64)
def _read(
    plan_id: uuid.UUID,
    ends_on: date,
    agreed: bool,
    slipped: str,
    revision: uuid.UUID | None,
    today: date,
    wanted: PlanFilter,
    number: int,
    place_url: str,
    base: str,
    rights: PlanRights,
    reader_id: uuid.UUID | None,
) -> dict[str, Any]:
    """The part of the page that is the same until the plan's revision moves on; three queries."""
    found = plan_reading.facets(plan_id, today)
    rows, matching = plan_reading.plan_rows(plan_id, reader_id, wanted, today, page=number)
    if not rows and number > 1:  # beyond the end: the first page, rather than nothing
        number = 1
        rows, matching = plan_reading.plan_rows(plan_id, reader_id, wanted, today, page=number)
    context = row_context(plan_id, ends_on, rows, place_url, base, rights, today)
    chips = _chips(wanted, found, base)
    return {
        "facets": found,
        "chips": chips,
        "matching": matching,
        "pager": Page([], number, matching, plan_reading.PAGE_SIZE, partial(_url, base, wanted)),
        "of_plan": context["of_plan"],
        "waiting": dependency_notes(plan_id, [m.id for m in context["of_plan"] if m.linked]),
        # Rendered here, in one piece: handed on through the page's five templates bit by bit it
        # would cost twice.
        "bar_html": plan_bar(wanted, found, base, agreed=agreed, slip_words=slipped),
        "rows_html": _rendered("delivery/_rows.html", form=None, **context),
    }


def plan_bar(
    wanted: PlanFilter,
    found: plan_reading.Facets,
    base: str,
    *,
    agreed: bool,
    slip_words: str,
) -> Markup:
    """The strip of figures and the filter, of the page of a plan that is at `base`."""
    return _rendered(
        "delivery/_plan_bar.html",
        facets=found,
        agreed=agreed,
        slip_words=slip_words,
        counts={**found.by_rag, "done": found.done},
        chips=_chips(wanted, found, base),
        wanted=wanted,
        base=base,
        rag_choices=RAG_CHOICES,
        domain_choices=DOMAIN_CHOICES,
    )


def _rendered(template: str, **context: Any) -> Markup:
    return Markup(render_template(template, **context))  # noqa: S704 (a template's own output)


def row_context(
    plan_id: uuid.UUID,
    ends_on: date,
    rows: Sequence[Any],
    place_url: str,
    base: str,
    rights: PlanRights,
    today: date,
) -> dict[str, Any]:
    """What `delivery/_rows.html` prints, and the milestones of the plan itself."""
    milestones = plan_reading.milestones_by_activity(plan_id, [row.id for row in rows])
    views = row_views(
        rows,
        milestones,
        today,
        ends_on,
        may_update=rights.update,
        may_update_own=rights.update_own,
    )
    return {
        "views": views,
        "base": base,
        "activities": f"{place_url}/plan/activities",
        "of_plan": milestones.get(None, []),
    }


def one_row(place: Place, activity: Activity) -> dict[str, Any]:
    """The context of `delivery/_rows.html` for a single row."""
    row = plan_reading.plan_row(activity.id, current_user.id)
    plan, base = activity.plan, plan_url(place, activity.plan_id)
    rights = PlanRights.of(place, plan)
    return {
        "place": place,
        **row_context(plan.id, plan.ends_on, [row], place.url, base, rights, clock.today()),
    }


def _url(base: str, wanted: PlanFilter, number: int) -> str:
    return f"{base}?{urlencode({**wanted.query, 'page': number})}"


def _chips(wanted: PlanFilter, found: plan_reading.Facets, base: str) -> list[tuple[str, str]]:
    """The filters in force, each with the URL that takes it off."""
    chips = []
    for name, label, value in filter_words(wanted, found):
        chips.append((f"{label}: {value}", f"{base}?{urlencode(wanted.without(name))}"))
    return chips
