"""A cohort with somebody in each role, its call open since 15 June 2021 (today is the 18th)."""

from datetime import date, datetime

import pytest

from app.accounts.models import User
from app.cohorts.call.models import Call
from app.core.clock import LONDON
from app.extensions import db
from app.workstreams.models import MemberRole, Workstream, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import call_on
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


def london(*parts):
    """An instant by London's clocks: london(2021, 7, 30, 17)."""
    return datetime(*parts, tzinfo=LONDON)


class CohortAndPeople:
    """Cohort 2 and a user per role; rows are read afresh, because a request ends the session."""

    url = "/workstreams/cohort-2/call"

    def __init__(self, *, with_call=True):
        cohort = WorkstreamFactory(
            name="Cohort 2",
            slug="cohort-2",
            kind=WorkstreamKind.COHORT,
            starts_on=date(2021, 9, 6),
        )
        self.id = cohort.id
        self.call_id = call_on(cohort.id).id if with_call else None
        self.ids = {
            "administrator": UserFactory(administrator=True).id,
            "stranger": UserFactory().id,
        }
        for role in MemberRole:
            user = UserFactory()
            MembershipFactory(workstream_id=self.id, user=user, role=role)
            self.ids[role.value] = user.id

    @property
    def workstream(self):
        return db.session.get(Workstream, self.id)

    @property
    def call(self):
        return db.session.get(Call, self.call_id)

    def opens(self, opens_at, closes_at):
        """Give the call another window."""
        self.call.opens_at, self.call.closes_at = opens_at, closes_at
        db.session.flush()

    def __getattr__(self, role):
        return db.session.get(User, self.ids[role])


@pytest.fixture
def cohort(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    return CohortAndPeople()


@pytest.fixture
def cohort_without_call(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    return CohortAndPeople(with_call=False)
