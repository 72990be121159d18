"""A workstream with somebody in each role, and a small map in it."""

from datetime import date

import pytest

from app.accounts.models import User
from app.extensions import db
from app.theory_of_change.models import NodeKind, Theory
from app.workstreams.models import MemberRole, WorkstreamKind
from tests.factories.accounts import UserFactory
from tests.factories.delivery import DeliveryPlanFactory
from tests.factories.theory_of_change import LinkFactory, NodeFactory, TheoryFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


class MapAndPeople:
    """A drop-in that leads to company that leads to health; users are read afresh, because a request
    ends the session."""

    def __init__(self):
        place = WorkstreamFactory(name="New Parks", slug="new-parks", kind=WorkstreamKind.STRATEGY)
        self.id = place.id
        self.plan_id = DeliveryPlanFactory(workstream_id=place.id).id
        theory = TheoryFactory(workstream_id=place.id, title="Company for everybody")
        self.theory_id = theory.id
        activity = NodeFactory(theory=theory, text="Weekly drop-in")
        outcome = NodeFactory(
            theory=theory, kind=NodeKind.SHORT_OUTCOME, text="People have company"
        )
        impact = NodeFactory(theory=theory, kind=NodeKind.IMPACT, text="People are healthier")
        first = LinkFactory(a=activity, b=outcome)
        second = LinkFactory(a=outcome, b=impact)
        self.activity, self.outcome, self.impact = activity.id, outcome.id, impact.id
        self.first, self.second = first.id, second.id
        self.ids = {
            "administrator": UserFactory(administrator=True).id,
            "stranger": UserFactory().id,
        }
        for role in MemberRole:
            external = role is MemberRole.EXTERNAL_EVALUATOR
            ends = {"ends_on": date(2099, 12, 31)} if external else {}
            user = UserFactory()
            MembershipFactory(workstream_id=self.id, user=user, role=role, **ends)
            self.ids[role.value] = user.id
        db.session.commit()

    @property
    def url(self):
        return f"/workstreams/new-parks/map/{self.theory_id}"

    @property
    def theory(self):
        return db.session.get(Theory, self.theory_id)

    def __getattr__(self, role):
        return db.session.get(User, self.ids[role])


@pytest.fixture
def drawn(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    return MapAndPeople()
