"""The parts of cohorts are asked what needs somebody only where that somebody works on a cohort."""

import pytest

from app.cohorts.flags import cohort_flags
from app.core import clock
from app.extensions import db
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CallFactory
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


@pytest.mark.parametrize("role", MemberRole)
def test_who_works_on_a_cohort_or_above_it_is_asked_about(programme, role):
    member = UserFactory()
    MembershipFactory(user=member, workstream_id=programme.id, role=role)
    db.session.commit()
    assert asked(member) > 1


def test_so_are_administrators_for_what_nobody_leads(programme):
    assert asked(UserFactory(administrator=True)) > 1


def test_for_anybody_else_one_query_says_that_there_is_nothing(programme):
    member = UserFactory()
    MembershipFactory(user=member, workstream_id=WorkstreamFactory().id, role=MemberRole.LEAD)
    db.session.commit()
    assert asked(member) == 1
