"""What day and what time it is: the one place that knows.

WAYMARK_TODAY can pin the day, because the demo's documents date from 2015 to 2021. Which to ask:

- `today()`, pinned: what is late, due or silent; any rule about days.
- `moment()`, on the pinned day: a rule that compares instants, as "has this meeting begun?".
- `now()`, never pinned: stamps on history, sessions and mail, which must not be pretended.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The current instant, time-zone-aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in London, or the date that WAYMARK_TODAY pins."""
    pinned: date | None = current_app.config["TODAY"]
    return pinned or datetime.now(LONDON).date()


def moment() -> datetime:
    """The time of day that it is in London, on `today()`; time-zone-aware, in London's zone."""
    real = datetime.now(LONDON)
    pinned: date | None = current_app.config["TODAY"]
    if pinned is None:
        return real
    return datetime.combine(pinned, real.time(), LONDON)


def on_day(moment: datetime) -> date:
    """The London calendar day of an instant, for people to read. What happened since `today()` was
    pinned is told as of that day; its stamp stays the real one. What is set for a later day (when a
    call closes, an interview) keeps its day."""
    day = moment.astimezone(LONDON).date()
    pinned: date | None = current_app.config["TODAY"]
    return pinned if pinned and day > pinned and _is_stamp(moment, pinned) else day


def _is_stamp(moment: datetime, pinned: date) -> bool:
    """Whether an instant later than the pinned day was stamped in the real present, not set for a day
    in the pretended one: it is not after now, and nearer to now than to the pinned day."""
    start, present = datetime.combine(pinned, time(), LONDON), now()
    return start + (present - start) / 2 <= moment <= present
