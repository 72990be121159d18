"""An interview as an iCalendar file, for the applicant's own calendar. The library escapes and folds."""

from datetime import UTC, datetime

from icalendar import Calendar, Event

from app.core import clock

MIMETYPE = "text/calendar"


def write(
    *,
    uid: str,
    version: int,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    called_off: bool = False,
) -> str:
    """One event. The same `uid` with a higher `version` takes the place of the one before."""
    event = Event()
    event.add("uid", uid)
    event.add("sequence", version)
    event.add("dtstamp", clock.now())
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", title)
    if place:
        event.add("location", place)
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    made = Calendar()
    made.add("prodid", "-//Waymark//Interviews//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(event)
    content: bytes = made.to_ical()
    return content.decode()
