"""What day and what time it is: the one place that knows.

`today` can be pinned by WAYMARK_TODAY, because the demo's documents date from 2015 to 2021. `now`
is always the real time: it stamps history, sessions and mail, and those must not be pretended.
"""

from datetime import UTC, date, datetime
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


def on_day(moment: datetime) -> date:
    """The London calendar day of an instant."""
    return moment.astimezone(LONDON).date()
