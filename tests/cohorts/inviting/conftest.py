"""A cohort whose call is open on the tests' day, in a programme, with somebody in each role."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.call.models import Call
from app.core import clock
from app.extensions import db
from app.outbox.models import Message
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CallFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


class CohortAndPeople:
    """Rows are read afresh, because a request ends the session."""

    slug = "cohort-2"
    url = "/workstreams/cohort-2"

    def __init__(self):
        programme = WorkstreamFactory(kind=WorkstreamKind.PROGRAMME)
        cohort = WorkstreamFactory(
            name="Cohort 2", slug=self.slug, kind=WorkstreamKind.COHORT, parent_id=programme.id
        )
        CallFactory(workstream_id=cohort.id)
        self.id, self.programme_id = cohort.id, programme.id
        self.ids = {"stranger": UserFactory().id}
        for role in MemberRole:
            self.ids[role.value] = self.somebody(role).id

    def somebody(self, role=MemberRole.CONTRIBUTOR):
        user = UserFactory()
        MembershipFactory(workstream_id=self.id, user=user, role=role)
        return user

    def __getattr__(self, role):
        return db.session.get(User, self.ids[role])

    @property
    def call(self):
        return db.session.scalars(sa.select(Call).where(Call.workstream_id == self.id)).one()

    def opens_in(self, **ahead):
        """Move the window so that it opens that far from now: negative is in the past."""
        self.call.opens_at = clock.moment() + timedelta(**ahead)
        db.session.flush()


@pytest.fixture
def cohort(app):
    return CohortAndPeople()


def mails(to=None):
    """The messages to an address, or all; the oldest first."""
    found = sa.select(Message).order_by(Message.id)
    return list(db.session.scalars(found.where(Message.recipient == to) if to else found))


def link_in(message, start):
    """The path of the link in a message that begins with `start`."""
    line = next(line for line in message.body.splitlines() if f"localhost{start}" in line)
    return line[line.index(start) :]
