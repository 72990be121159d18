"""Rows of everything that a cohort has, so that `tests/rules/test_growth.py` can see whether a page asks
the database more often for many than for few."""

import sqlalchemy as sa

from app.accounts.models import User
from app.core.database import new_id
from app.extensions import db
from app.workstreams.models import MemberRole, Membership, Workstream
from tests.cohorts.running_examples import grow_running
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
from tests.factories.cohorts_decisions import (
    DecisionFactory,
    LetterFactory,
    ReleaseFactory,
    WaitingPlaceFactory,
    offered,
)
from tests.factories.cohorts_interviews import InterviewFactory, InterviewSlotFactory
from tests.factories.cohorts_inviting import NominationFactory, WaitingAddressFactory
from tests.factories.cohorts_network import (
    GraduateFactory,
    MailingConsentFactory,
    MentoringFactory,
    NetworkMemberFactory,
)
from tests.factories.cohorts_reviewing import AssignmentFactory, reviewed
from tests.factories.workstreams import MembershipFactory


def grow_cohort(workstream: Workstream, rows: int) -> dict[str, object]:
    """Give a workstream a call and `rows` of everything in it; gives what URLs name of it."""
    call = call_on(workstream.id)
    earliest = ParticipantFactory(application__workstream_id=workstream.id)
    release = ReleaseFactory(workstream_id=workstream.id)
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
        slot = InterviewFactory(workstream_id=workstream.id).slot
        InterviewSlotFactory(workstream_id=workstream.id)
        decision = DecisionFactory(workstream_id=workstream.id)
        offered(workstream.id)
        WaitingPlaceFactory(workstream_id=workstream.id)
        ReleaseFactory(workstream_id=workstream.id)
        told = DecisionFactory(workstream_id=workstream.id, release_id=release.id)
        LetterFactory(decision=told, by_email=False)
        #
        # Sessions and participants
        running = grow_running(participant, earliest)
        # Leaders Network and invitations
        NominationFactory(workstream_id=workstream.id, nominated_by=db.session.get(User, lead_id))
        WaitingAddressFactory(workstream_id=workstream.id)
        graduate = GraduateFactory(application__workstream_id=workstream.id)
        member = NetworkMemberFactory(participant=graduate)
        MailingConsentFactory(member_id=member.id)
        mentoring = MentoringFactory(member=member, participant=participant)
        GraduateFactory(application__workstream_id=workstream.id)
    return {
        "application_id": first.id,
        "batch_id": together,
        **running,
        "key": "questions",
        "part_id": call_part.id,
        "slot_id": slot.id,
        "decision_id": decision.id,
        "release_id": release.id,
        "letter_kind": "offer",
        "assignment_id": mine.id,
        "reader_id": given.reviewer_id,
        "file_format": "xlsx",
        "leader_id": member.id,
        "mentoring_id": mentoring.id,
    }
