"""How somebody's time in a cohort ends, and taking that back: the only writer of outcomes."""

import uuid
from collections.abc import Collection
from datetime import date

from app.accounts.models import User
from app.cohorts.applications.models import Outcome, Participant
from app.cohorts.call.models import Call
from app.cohorts.participants import deferring
from app.cohorts.participants.queries import Standing, standings
from app.core import clock
from app.core.editing import check_version
from app.core.errors import Refused
from app.core.formatting import day
from app.extensions import db
from app.workstreams.models import Workstream


def graduate(
    *, participant: Participant, call: Call, version: int, on: date, reason: str = ""
) -> None:
    """They have finished. Whoever does not meet the cohort's rule needs a reason. Raises EditConflict."""
    check_version(participant, version)
    (standing,) = standings(call, only=participant.id)
    if standing.missing and not reason:
        raise Refused("Say why they graduate without meeting the rule", "reason")
    _end(participant, Outcome.GRADUATED, on, reason)


def graduate_all(*, call: Call, participant_ids: Collection[uuid.UUID], on: date) -> list[Standing]:
    """Graduate those of them who take part and meet the rule as it stands now; gives whom."""
    done = [
        one
        for one in standings(call)
        if one.participant.id in participant_ids and one.takes_part and one.meets_rule
    ]
    for one in done:
        _end(one.participant, Outcome.GRADUATED, on, "")
    return done


def leave(*, participant: Participant, version: int, on: date, reason: str) -> None:
    """They have left before the end. Raises EditConflict."""
    check_version(participant, version)
    _end(participant, Outcome.WITHDRAWN, on, reason)


def defer(
    *,
    participant: Participant,
    version: int,
    to: Workstream,
    on: date,
    reason: str,
    by: User,
) -> None:
    """Put their place off to a later cohort, where an accepted application waits for them. Raises
    EditConflict; Refused when there is no place, or an application from their address already."""
    check_version(participant, version)
    _end(participant, Outcome.DEFERRED, on, reason)
    participant.deferred_to_id = to.id
    deferring.carry_over(application=participant.application, to=to, reason=reason, by=by)
    db.session.flush()


def undo(*, participant: Participant, version: int) -> None:
    """They take part again; a place put off is taken back, unless it has been used. Raises
    EditConflict."""
    if participant.outcome is None:
        return
    check_version(participant, version)
    if participant.outcome is Outcome.DEFERRED and participant.deferred_to_id is not None:
        deferring.take_back(application=participant.application, from_id=participant.deferred_to_id)
    participant.outcome = participant.outcome_on = participant.deferred_to_id = None
    participant.outcome_reason = ""
    db.session.flush()


def _end(participant: Participant, outcome: Outcome, on: date, reason: str) -> None:
    if participant.outcome is not None:
        raise Refused(f"They are marked as “{participant.outcome.label}” already. Undo that first")
    if on > clock.today():
        raise Refused("Enter today or an earlier date", "on")
    if on < participant.enrolled_on:
        raise Refused(f"They were enrolled on {day(participant.enrolled_on)}", "on")
    participant.outcome, participant.outcome_on = outcome, on
    participant.outcome_reason = reason
    db.session.flush()
