"""What the pages of versions and changes are rendered from."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from app.core import clock
from app.core.formatting import day
from app.delivery.content import PlanContent, Values, as_date
from app.delivery.models import DeliveryPlan, PlanVersion, Rag, VersionKind
from app.versions.views import Names


class Quick(NamedTuple):
    """A choice offered as a link: its words, and `since` in the URL."""

    words: str
    value: str


def quick_choices(versions: Sequence[PlanVersion], today: date) -> list[Quick]:
    """Since when people mostly ask; `versions` of the plan, newest first. The first is the one that
    is shown unasked."""
    found = [
        Quick(f"Last {words}", (today - timedelta(days=days)).isoformat())
        for words, days in (("7 days", 7), ("30 days", 30), ("3 months", 91))
    ]
    agreed = next((one for one in versions if one.kind is VersionKind.AGREED), None)
    if agreed:
        found.append(Quick(f"Since it was agreed, {day(agreed.taken_on)}", str(agreed.number)))
    if versions and versions[0] is not agreed:
        last = versions[0]
        found.append(
            Quick(f"Since {last.name[0].lower()}{last.name[1:]}", str(last.number)),
        )
    return found


def status_notes(plan: DeliveryPlan, since: datetime) -> list[str]:
    """What was decided about the plan as a whole since then."""
    after = clock.on_day(since)
    return [
        f"{words} on {day(on)}."
        for words, on in (
            ("Submitted", plan.submitted_on),
            ("Agreed", plan.agreed_on),
            ("Superseded by the next plan", plan.superseded_on),
        )
        if on is not None and after <= on <= clock.today()
    ]


class VersionRow(NamedTuple):
    """A row of a version as `versions/version.html` unpacks it."""

    what: str
    how: str
    lead: str
    organisation: str
    others: str
    due: str
    due_words: str
    start: str
    forecast: str
    rag: str
    rag_label: str
    reason: str
    reports_to: str
    reporting: str
    aims: str
    milestones: list[tuple[str, str]]


def version_rows(content: PlanContent, names: Names) -> dict[str, Any]:
    """`rows`, and `of_plan`: the milestones of the plan itself."""
    grouped: dict[str | None, list[tuple[str, str]]] = {}
    for milestone in content.milestones.values():
        told = (milestone["title"], _dates_of(milestone))
        grouped.setdefault(milestone["activity_id"], []).append(told)
    return {
        "rows": [
            _row(values, names, grouped.get(key, [])) for key, values in content.activities.items()
        ],
        "of_plan": grouped.get(None, []),
        "first_day": as_date(content.plan["starts_on"]),
        "last_day": as_date(content.plan["ends_on"]),
    }


def _row(values: Values, names: Names, milestones: list[tuple[str, str]]) -> VersionRow:
    lead = names.of("lead_person_id", values["lead_person_id"])
    organisation = names.of("lead_organisation_id", values["lead_organisation_id"])
    due = day(as_date(values["due_on"])) or "No date"
    rag = values["rag"]
    done = values["done_on"]
    forecast = values["forecast_on"]
    return VersionRow(
        what=values["what"],
        how=values["how"],
        lead=lead or organisation or "Nobody yet",
        organisation=organisation if lead else "",
        others=names.of("contributors", values["contributors"]),
        due=due,
        due_words=values["due_text"] if values["due_text"] != due else "",
        start=values["start_text"],
        forecast=day(as_date(forecast)) if not done and forecast != values["due_on"] else "",
        rag="done" if done else rag or "none",
        rag_label="Done" if done else Rag(rag).label if rag else "Not rated",
        reason=day(as_date(done)) if done else values["rag_reason"],
        reports_to=names.of("reports_to_id", values["reports_to_id"]),
        reporting=values["reporting"],
        aims=names.of("aims", values["aims"]),
        milestones=milestones,
    )


def _dates_of(milestone: Values) -> str:
    words = day(as_date(milestone["promised_on"]))
    if milestone["done_on"]:
        return f"{words}; done {day(as_date(milestone['done_on']))}"
    if milestone["forecast_on"] and milestone["forecast_on"] != milestone["promised_on"]:
        return f"{words}; forecast {day(as_date(milestone['forecast_on']))}"
    return words
