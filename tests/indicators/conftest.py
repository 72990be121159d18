"""A workstream with somebody in each role, and an indicator of graduates."""

from datetime import date

import pytest

from app.accounts.models import User
from app.core import clock
from app.extensions import db
from app.indicators.models import Indicator, Unit
from app.workstreams.models import MemberRole
from tests.factories.accounts import UserFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

TODAY = date(2021, 6, 18)


class Scene:
    """Users are read afresh, because a request ends the session."""

    url = "/workstreams/youth/indicators"

    def __init__(self):
        workstream = WorkstreamFactory(name="Youth", slug="youth")
        self.id = workstream.id
        self.ids = {
            "administrator": UserFactory(administrator=True).id,
            "stranger": UserFactory().id,
            "second": UserFactory().id,
        }
        MembershipFactory(
            workstream_id=self.id, user=db.session.get(User, self.ids["second"]), role="evaluator"
        )
        for role in MemberRole:
            user = UserFactory()
            MembershipFactory(workstream_id=self.id, user=user, role=role)
            self.ids[role.value] = user.id
        self.indicator_id = self.add(name="Graduates", unit=Unit.PERCENTAGE, counted="delegates").id

    def add(self, **words):
        words = {"first_due_on": date(2021, 3, 31), **words}
        return IndicatorFactory(workstream_id=self.id, **words)

    @property
    def indicator(self) -> Indicator:
        return db.session.get(Indicator, self.indicator_id)

    @property
    def page(self) -> str:
        return f"{self.url}/{self.indicator_id}"

    def __getattr__(self, role):
        return db.session.get(User, self.ids[role])


@pytest.fixture
def scene(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    monkeypatch.setitem(app.config, "TODAY", TODAY)
    assert clock.today() == TODAY
    return Scene()
