"""Rows of everything that a cohort has, so that `tests/rules/test_growth.py` can see whether a page asks
the database more often for many than for few."""

import sqlalchemy as sa

from app.core.database import new_id
from app.extensions import db
from app.workstreams.models import MemberRole, Membership, Workstream
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import (
    AnswerFactory,
    ApplicationFactory,
    CriterionFactory,
    EligibilityConditionFactory,
    ParticipantFactory,
    QuestionFactory,
    call_on,
)
from tests.factories.cohorts_applicants import ApplicantImportFactory, BatchFactory
from tests.factories.cohorts_call import WindowChangeFactory
from tests.factories.cohorts_reviewing import AssignmentFactory, reviewed
from tests.factories.workstreams import MembershipFactory


def grow_cohort(workstream: Workstream, rows: int) -> dict[str, object]:
    """Give a workstream a call and `rows` of everything in it; gives what URLs name of it."""
    call = call_on(workstream.id)
    criterion = CriterionFactory(call=call)
    lead_id = db.session.scalars(
        sa.select(Membership.user_id)
        .where(Membership.workstream_id == workstream.id)
        .order_by(Membership.id)
    ).first()
    together, first = new_id(), ApplicationFactory(workstream_id=workstream.id)
    for _ in range(rows):
        applied = ApplicationFactory(workstream_id=workstream.id)
        # The call
        EligibilityConditionFactory(call=call)
        call_part = QuestionFactory(call=call)
        AnswerFactory(application=applied, question=call_part)
        AnswerFactory(application=first, question=call_part)
        CriterionFactory(call=call)
        WindowChangeFactory(call_id=call.id, application_id=applied.id)
        participant = ParticipantFactory(application__workstream_id=workstream.id)
        # Applicants
        BatchFactory(workstream_id=workstream.id, batch_id=together)
        BatchFactory(application_id=first.id, by_id=UserFactory().id)
        ApplicantImportFactory(workstream_id=workstream.id)
        # Reviewing
        given = AssignmentFactory(application=applied)
        reviewed(given, {criterion: 3})
        mine = AssignmentFactory(application=applied, reviewer_id=lead_id)
        reviewed(mine, {criterion: 4})
        MembershipFactory(workstream_id=workstream.id, role=MemberRole.REVIEWER)
        # Interviews and decisions
        #
        # Sessions and participants
        #
        # Leaders Network and invitations
        #
    return {
        "application_id": first.id,
        "batch_id": together,
        "participant_id": participant.id,
        "key": "questions",
        "part_id": call_part.id,
        "assignment_id": mine.id,
        "reader_id": given.reviewer_id,
        "file_format": "csv",
    }
