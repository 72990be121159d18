"""A programme of two cohorts: one that has graduated, one that takes part; and a coordinator of both."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.network import entering
from app.cohorts.network.models import NetworkMember
from app.extensions import db
from app.outbox.models import Message
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CallFactory, ParticipantFactory
from tests.factories.cohorts_network import GraduateFactory, NetworkMemberFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

PROFILE = {
    "name": "Jo Vale",
    "area": "blaby",
    "offers": ["mentor", "speak"],
    "mentees_at_most": "2",
    "skills": ["writing"],
    "interests": ["sport", "health"],
    "about": "Evenings only",
    "may_be_named": "y",
}


class Programme:
    """Rows are read afresh, because a request ends the session."""

    url = "/workstreams/cohort-1/network"
    next_url = "/workstreams/cohort-2/network"

    def __init__(self):
        parent = WorkstreamFactory(kind=WorkstreamKind.PROGRAMME)
        self.parent_id = parent.id
        self.first = self._cohort("cohort-1", date(2020, 9, 28))
        self.next = self._cohort("cohort-2", date(2021, 9, 1))
        lead = UserFactory(name="Bea Coordinator")
        MembershipFactory(workstream_id=parent.id, user=lead, role=MemberRole.LEAD)
        self.ids = {"coordinator": lead.id, "stranger": UserFactory().id}
        for role in MemberRole:
            user = UserFactory()
            MembershipFactory(workstream_id=self.first, user=user, role=role)
            self.ids[role.value] = user.id

    def _cohort(self, slug, starts_on):
        cohort = WorkstreamFactory(
            name=slug.replace("-", " ").title(),
            slug=slug,
            kind=WorkstreamKind.COHORT,
            parent_id=self.parent_id,
            starts_on=starts_on,
        )
        CallFactory(workstream_id=cohort.id)
        return cohort.id

    def __getattr__(self, role):
        return db.session.get(User, self.ids[role])

    def graduate(self, **about):
        words = {f"application__{name}": value for name, value in about.items()}
        return GraduateFactory(application__workstream_id=self.first, **words)

    def member(self, *, name="Jo Vale", email="jo@example.org", **about):
        participant = self.graduate(name=name, email=email)
        return NetworkMemberFactory(participant=participant, **about)

    def participant(self, **about):
        words = {f"application__{name}": value for name, value in about.items()}
        return ParticipantFactory(application__workstream_id=self.next, **words)


@pytest.fixture
def programme(app):
    return Programme()


def mails(to=None):
    """The messages to an address, or all; the oldest first."""
    found = sa.select(Message).order_by(Message.id)
    return list(db.session.scalars(found.where(Message.recipient == to) if to else found))


def link_in(message, start="/me/"):
    """The path of the link in a message that begins with `start`."""
    line = next(line for line in message.body.splitlines() if f"localhost{start}" in line)
    return line[line.index(start) :]


def fresh(member):
    """A member as they are now."""
    return db.session.get(NetworkMember, member.id)


def enter(client, member):
    """Let a client in to a member's own page, as the button behind a link does."""
    path = entering.new_link(fresh(member), entering.ASKED_GOOD_FOR)
    assert client.post(path[path.index("/me/") :]).status_code == 303
    return client
