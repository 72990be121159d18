"""Dates as an iCalendar file: whole days, so that no time zone can move them; what takes some hours, by
its instants. The library escapes and folds. An event that has gone from the plan is not in the next file, and so leaves the calendar."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from app.accounts.security_mail import absolute_url
from app.core.formatting import day
from app.delivery.exports.plan_file import PlanFile, later_than_agreed
from app.delivery.outside_dates import OutsideDate, dates_beside

MIMETYPE = "text/calendar"
REFRESH = timedelta(hours=6)
_LONGEST_TITLE = 120
# The stamp of what does not say when it was changed: its version tells.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Dated:
    """A day of a plan. `uid` stays the same for as long as the thing is there."""

    uid: str
    version: int
    title: str
    words: str
    on: date
    url: str
    kind: str  # "Milestone" or "Activity", "Key date", "Session"
    agreed: bool
    changed_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    cancelled: bool = False


def write(file: PlanFile) -> bytes:
    """The plan's own file."""
    return calendar(file.title, ". ".join(file.lines), dates_of(file))


def calendar(name: str, description: str, dates: Iterable[Dated]) -> bytes:
    """A calendar to subscribe to, or to import."""
    made = Calendar()
    made.add("prodid", "-//Waymark//Delivery plans//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    # RFC 7986, and what calendars read that are older than it.
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("description", description)
    made.add("x-wr-caldesc", description)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", f"PT{REFRESH.seconds // 3600}H")
    for one in dates:
        made.add_component(_event(one))
    content: bytes = made.to_ical()
    return content


def _event(one: Dated) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.version)
    if one.starts_at and one.ends_at:
        event.add("dtstart", one.starts_at.astimezone(UTC))
        event.add("dtend", one.ends_at.astimezone(UTC))
    else:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", one.title)
    event.add("description", one.words)
    event.add("url", one.url)
    event.add("categories", [one.kind])
    if one.place:
        event.add("location", one.place)
    status = "CONFIRMED" if one.agreed else "TENTATIVE"
    event.add("status", "CANCELLED" if one.cancelled else status)
    # A due date keeps nobody from a meeting; what they run themselves does.
    event.add("transp", "OPAQUE" if one.kind == "Session" else "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def dates_of(file: PlanFile) -> list[Dated]:
    """A plan's due dates and milestones, by day."""
    root = absolute_url("delivery.plan", slug=file.place.slug).removesuffix("/plan")
    same: dict[str, Any] = {
        "where": file.place.workstream.name,
        "agreed": file.plan.agreed_on is not None,
        "changed_at": file.changed_at,
    }
    found = [
        dated(
            "Activity",
            row.id,
            row.version,
            row.text("what"),
            promised=row.text("due"),
            promised_on=row.values["due_on"],
            forecast_on=row.values["forecast_on"],
            done_on=row.values["done_on"],
            slippage=row.values["slippage"],
            url=f"{root}/plan/activities/{row.id}",
            **same,
        )
        for row in file.rows
    ]
    found += [
        dated(
            "Milestone",
            milestone.id,
            milestone.version,
            milestone.title,
            promised=milestone.promised,
            promised_on=milestone.promised_on,
            forecast_on=milestone.forecast_on,
            done_on=milestone.done_on,
            slippage=milestone.slippage,
            url=f"{root}/plan/activities/{milestone.activity_id}#milestones"
            if milestone.activity_id
            else f"{root}/plans/{file.plan.id}#plan-milestones",
            **same,
        )
        for milestone in file.milestones
    ]
    if not file.only:
        found += [
            key_date(
                one,
                where=file.place.workstream.name,
                url=f"{root}{one.path if file.place.can(one.right) else '/plan'}",
            )
            for one in dates_beside(file.place.workstream)
        ]
    return in_order(found)


def key_date(one: OutsideDate, *, where: str, url: str) -> Dated:
    """A date that the plan does not hold."""
    return Dated(
        uid=f"date-{one.id}",
        version=one.version,
        title=f"{_short(one.title)} ({where})",
        words=one.words,
        on=one.on,
        url=url,
        kind="Key date",
        agreed=True,
        changed_at=LONG_AGO,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
    )


def in_order(dates: Iterable[Dated | None]) -> list[Dated]:
    """By day; without what has no date."""
    return sorted((one for one in dates if one), key=lambda one: (one.on, one.uid))


def dated(
    kind: str,
    id: uuid.UUID,
    version: int,
    title: str,
    *,
    where: str,
    promised: str,
    promised_on: Any,
    forecast_on: Any,
    done_on: Any,
    slippage: Any,
    url: str,
    agreed: bool,
    changed_at: datetime | None,
) -> Dated | None:
    """On the day it was done, else on its forecast, else as promised; None where no day is known."""
    on: date | None = done_on or forecast_on or promised_on
    if on is None:
        return None
    later = later_than_agreed(slippage)
    lines = [title] if len(title) > _LONGEST_TITLE else []
    if promised_on:
        exactly = "" if promised == day(promised_on) else f" ({day(promised_on)})"
        lines.append(f"Promised: {promised}{exactly}")
    if done_on:
        lines.append(f"Done: {day(done_on)}{later}")
    elif forecast_on and forecast_on != promised_on:
        lines.append(f"Forecast: {day(forecast_on)}{later}")
    what = "Done" if done_on else "Due" if kind == "Activity" else kind
    return Dated(
        uid=f"{kind.lower()}-{id}",
        version=version,
        title=f"{what}: {_short(title)} ({where})",
        words="\n".join(lines),
        on=on,
        url=url,
        kind=kind,
        agreed=agreed,
        # A plan from before revisions told the time has no other.
        changed_at=changed_at or LONG_AGO,
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else line[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
