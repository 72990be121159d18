"""Until when somebody can write: the call's window, or an hour of their own."""

from datetime import datetime

from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call


def closes_for(call: Call, application: Application | None) -> datetime | None:
    """When the form closes for this applicant, or for everybody without one."""
    own = application.open_until if application else None
    if own is None or call.closes_at is None:
        return own or call.closes_at
    return max(own, call.closes_at)


def is_open_for(call: Call, application: Application | None, moment: datetime) -> bool:
    """Whether they can write at an instant (`clock.moment()`). The closing instant itself is late."""
    own = application.open_until if application else None
    return call.is_open(moment) or (own is not None and moment < own)
