"""Rows of everything that a cohort has, so that `tests/rules/test_growth.py` can see whether a page asks
the database more often for many than for few."""

from app.workstreams.models import Workstream
from tests.factories.cohorts import ApplicationFactory, ParticipantFactory, call_on


def grow_cohort(workstream: Workstream, rows: int) -> dict[str, object]:
    """Give a workstream a call and `rows` of everything in it; gives what URLs name of it."""
    call_on(workstream.id)
    for _ in range(rows):
        applied = ApplicationFactory(workstream_id=workstream.id)
        participant = ParticipantFactory(application__workstream_id=workstream.id)
        # Reviewing
        #
        # Interviews and decisions
        #
        # Sessions and participants
        #
        # Leaders Network and invitations
        #
    return {"application_id": applied.id, "participant_id": participant.id}
