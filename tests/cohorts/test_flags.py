"""The parts of cohorts are asked what needs somebody only where that somebody works on a cohort."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.flags import cohort_flags
from app.core import clock
from app.extensions import db
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory, CallFactory
from tests.factories.cohorts_reviewing import AssignmentFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.statements import statements


def asked(user):
    db.session.refresh(user)
    with statements() as sent:
        cohort_flags(user, clock.today())
    return len(sent)


@pytest.fixture
def programme(app):
    """A programme with one cohort, which has a call."""
    programme = WorkstreamFactory()
    cohort = WorkstreamFactory(kind=WorkstreamKind.COHORT, parent_id=programme.id)
    CallFactory(workstream_id=cohort.id)
    db.session.commit()
    return programme


# Where they work; what is counted; registers and absences, which are read one by one.
ALL = 4


@pytest.mark.parametrize(
    ("role", "queries"),
    [
        (MemberRole.LEAD, ALL),
        (MemberRole.REVIEWER, 2),
        (MemberRole.FACILITATOR, 2),
        (MemberRole.CONTRIBUTOR, 1),
        (MemberRole.EVALUATOR, 1),
        (MemberRole.READER, 1),
    ],
)
def test_each_is_asked_about_what_their_role_gives_them_to_do(programme, role, queries):
    member = UserFactory()
    MembershipFactory(user=member, workstream_id=programme.id, role=role)
    db.session.commit()
    assert asked(member) == queries


def test_administrators_are_asked_about_what_nobody_leads(programme):
    administrator = UserFactory(administrator=True)
    assert asked(administrator) == ALL
    MembershipFactory(workstream_id=programme.id, role=MemberRole.LEAD)
    db.session.commit()
    assert asked(administrator) == 1


def test_one_who_has_several_roles_is_asked_once_about_each_cohort(programme):
    member = UserFactory()
    for role in (MemberRole.LEAD, MemberRole.READER, MemberRole.REVIEWER):
        MembershipFactory(user=member, workstream_id=programme.id, role=role)
    application = ApplicationFactory(
        workstream_id=db.session.scalars(sa.select(Call.workstream_id)).one(),
        stage=Stage.SUBMITTED,
        submitted_at=clock.moment() - timedelta(days=30),
    )
    AssignmentFactory(application=application, reviewer_id=member.id)
    db.session.commit()
    found = [flag.kind.key for flag in cohort_flags(member, clock.today())]
    assert sorted(found) == sorted(set(found))
    assert {"to_check", "reviews_to_do", "short_of_reviewers"} <= set(found)


def test_for_anybody_else_one_query_says_that_there_is_nothing(programme):
    member = UserFactory()
    MembershipFactory(user=member, workstream_id=WorkstreamFactory().id, role=MemberRole.LEAD)
    db.session.commit()
    assert asked(member) == 1
