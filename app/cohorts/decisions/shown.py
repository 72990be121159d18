"""What an application's page, and the applicant's own, say about decisions."""

from typing import Any

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.decisions import queries
from app.cohorts.decisions.models import DecisionKind
from app.cohorts.decisions.selection import UNDECIDED
from app.core import clock
from app.workstreams.queries import Place

# While an application stands at one of these, the letter that brought it there is to be read.
_TOLD = (
    Stage.OFFERED,
    Stage.ACCEPTED,
    Stage.ENROLLED,
    Stage.WAITLISTED,
    Stage.UNSUCCESSFUL,
    Stage.DECLINED,
)


def to_coordinator(place: Place, call: Call, application: Application) -> dict[str, Any] | None:
    """For `applications.panels`: what is prepared and what was released, the newest first."""
    decisions = queries.decisions_of(application)
    if not decisions and application.stage not in UNDECIDED:
        return None
    prepared = next((d for d in decisions if d.release_id is None), None)
    return {
        "prepared": prepared,
        "released": [d for d in decisions if d.release_id is not None],
        "lapsed": is_lapsed(application, queries.offer_of(application)),
    }


def to_applicant(call: Call, application: Application) -> dict[str, Any] | None:
    """For `applying.own_panels` and the page of the offer: the letter that they were sent, and what they
    can answer. None until a decision has been released, whatever is prepared."""
    if application.stage not in _TOLD:
        return None
    decision = queries.told_decision(application)
    if decision is None:
        return None
    offered = application.stage is Stage.OFFERED
    lapsed = is_lapsed(application, decision)
    return {
        "decision": decision,
        "letter": decision.letter,
        "stage": application.stage,
        "lapsed": lapsed,
        "can_accept": offered and not lapsed,
        "can_decline": offered or application.stage is Stage.ACCEPTED,
    }


def is_lapsed(application: Application, offer: Any) -> bool:
    """Whether an offer ran out without an answer, though nothing has moved the application yet."""
    return (
        application.stage is Stage.OFFERED
        and offer is not None
        and offer.kind is DecisionKind.OFFER
        and not offer.is_open(clock.moment())
    )
