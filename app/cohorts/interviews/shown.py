"""What an application's page, and the applicant's own, say about the interview."""

from typing import Any

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.interviews import queries
from app.core import clock
from app.workstreams.queries import Place


def to_coordinator(place: Place, call: Call, application: Application) -> dict[str, Any] | None:
    """For `applications.panels`: from the invitation on; and the notes, once there are any."""
    interview = queries.interview_of(application)
    asked = application.stage is Stage.INTERVIEW
    if not asked and (interview is None or not (interview.slot or interview.has_outcome)):
        return None
    slot = interview.slot if interview else None
    return {
        "interview": interview,
        "slot": slot,
        "asked": asked,
        "to_come": slot is not None and slot.starts_at > clock.moment(),
    }


def to_applicant(call: Call, application: Application) -> dict[str, Any] | None:
    """For `applying.own_panels`: while they are asked to an interview."""
    if application.stage is not Stage.INTERVIEW:
        return None
    interview = queries.interview_of(application)
    slot = interview.slot if interview else None
    return {
        "slot": slot,
        "past": slot is not None and slot.starts_at <= clock.moment(),
        "can_change": slot is None or queries.can_change(slot),
        "free": 0 if slot else len(queries.free_for_applicants(call)),
    }
