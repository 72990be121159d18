"""The timeline in words: a row for each activity and milestone, and the name that a drawn row has for a
screen reader, made of the same words."""

import uuid
from collections.abc import Iterator
from typing import NamedTuple

from app.core.formatting import day
from app.delivery.dependencies.graph import Links, Point
from app.delivery.dependencies.words import clash
from app.delivery.timeline.facts import Activity, Dated, Facts, Milestone


class TableRow(NamedTuple):
    """What `delivery/_timeline_table.html` unpacks, in this order. Empty text is an empty cell."""

    id: str
    is_activity: bool
    title: str
    of: str  # the activity's id whose page shows it; "" for a milestone of the plan itself
    start: str
    promised: str
    forecast: str
    slippage: str
    done: str
    waits_for: list[str]
    holds_up: list[str]
    state: str
    warnings: list[str]
    level: str  # of an activity: the class of its RAG
    kind: str = "Milestone"  # of what is no activity


def table_rows(facts: Facts) -> list[TableRow]:
    """Key dates, the milestones of the plan, then each activity with its own; undated activities are left out."""
    return list(_rows(facts))


def _rows(facts: Facts) -> Iterator[TableRow]:
    for key_date in facts.key_dates:
        row = _milestone(key_date, "", facts)
        # Nobody has promised it: it starts that day.
        yield row._replace(kind="Key date", start=row.promised, promised="")
    for milestone in facts.of_plan:
        yield _milestone(milestone, "", facts)
    for activity in facts.dated:
        yield _activity(activity, facts)
        for milestone in activity.milestones:
            yield _milestone(milestone, str(activity.id), facts)


def _activity(activity: Activity, facts: Facts) -> TableRow:
    return TableRow(
        **_common(activity, facts),
        is_activity=True,
        of=str(activity.id),
        start=day(activity.start_on),
        waits_for=[],
        holds_up=[],
        warnings=[],
        level=activity.level,
    )


def _milestone(milestone: Milestone, of: str, facts: Facts) -> TableRow:
    links = facts.links
    point = links.points.get(milestone.id)
    return TableRow(
        **_common(milestone, facts),
        is_activity=False,
        of=of,
        start="",
        waits_for=[_named(before) for before in links.waits_for(milestone.id)],
        holds_up=_held_up(links, point, facts) if point else [],
        warnings=[clash(*pair) for pair in links.clashes(milestone.id)],
        level="",
    )


def _common(thing: Dated, facts: Facts) -> dict[str, str]:
    return {
        "id": str(thing.id),
        "title": thing.title,
        "promised": day(thing.promised_on),
        "forecast": "" if thing.done_on else day(thing.forecast_on),
        "slippage": thing.slippage,
        "done": day(thing.done_on),
        "state": thing.state(facts.today, facts.ends_on),
    }


def _named(point: Point) -> str:
    when = "done" if point.done_on else "expected"
    return f"{point.title} ({when} {day(point.expected_on)})"


def _held_up(links: Links, point: Point, facts: Facts) -> list[str]:
    """Only a late one holds anything up."""
    if not point.is_late(facts.today):
        return []
    named = [
        f"{after.title} (promised {day(after.promised_on)})" for after in links.holds_up(point.id)
    ]
    if named and (more := links.further(point.id)):
        named.append(f"{more} more that wait for those")
    return named


def spoken(facts: Facts) -> dict[uuid.UUID, str]:
    """What a drawn row is called: "Open a kitchen: start …, promised …, forecast …; Amber, overdue …"."""
    return {activity.id: _spoken(_activity(activity, facts)) for activity in facts.dated}


def _spoken(row: TableRow) -> str:
    said = [
        f"{name} {words}"
        for name, words in (
            ("start", row.start),
            ("promised", row.promised),
            ("forecast", row.forecast),
            ("done", row.done),
            ("", row.slippage),
        )
        if words
    ]
    return f"{row.title}: {', '.join(words.strip() for words in said) or 'no date'}. {row.state}"
