"""A People Zone with somebody in each role."""

import pytest

from app.accounts.models import User
from app.extensions import db
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


class ZoneAndPeople:
    """New Parks and a user per role; users are read afresh, because a request ends the session."""

    url = "/workstreams/new-parks/zone"

    def __init__(self):
        zone = WorkstreamFactory(
            name="New Parks", slug="new-parks", kind=WorkstreamKind.PEOPLE_ZONE
        )
        self.id = zone.id
        self.ids = {
            "administrator": UserFactory(administrator=True).id,
            "stranger": UserFactory().id,
        }
        for role in MemberRole:
            user = UserFactory()
            MembershipFactory(workstream_id=self.id, user=user, role=role)
            self.ids[role.value] = user.id

    def __getattr__(self, role):
        return db.session.get(User, self.ids[role])


@pytest.fixture
def zone(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    return ZoneAndPeople()
