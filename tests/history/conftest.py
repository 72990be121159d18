"""A workstream with somebody in each role."""

import pytest

from app.accounts.models import User
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


class People:
    """New Parks and a user per role; users are read afresh, because a request ends the session."""

    url = "/workstreams/new-parks/history"

    def __init__(self):
        self.place_id = WorkstreamFactory(name="New Parks", slug="new-parks").id
        self.ids = {
            "administrator": UserFactory(administrator=True, name="The officer").id,
            "opcc_reader": UserFactory(opcc_reader=True, name="The board").id,
            "stranger": UserFactory(name="A stranger").id,
        }
        for role in MemberRole:
            user = UserFactory(name=f"The {role.label.lower()}")
            MembershipFactory(workstream_id=self.place_id, user=user, role=role)
            self.ids[role.value] = user.id

    def __getattr__(self, role):
        return db.session.get(User, self.ids[role])


@pytest.fixture
def people(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    return People()
