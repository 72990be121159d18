"""Somebody with something to do, and a way to be due a digest."""

from datetime import date

import pytest

from app.extensions import db
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


def somebody_late(name="Asha Lead", slug="new-parks", **about):
    """A lead with one overdue activity."""
    workstream = WorkstreamFactory(slug=slug, name=slug.replace("-", " ").title())
    user = UserFactory(**{"name": name, "can_sign_in": True, **about})
    MembershipFactory(workstream_id=workstream.id, user=user)
    plan = DeliveryPlanFactory(workstream_id=workstream.id)
    ActivityFactory(
        plan=plan,
        what="Open the community room",
        due_text="1 June 2021",
        due_on=date(2021, 6, 1),
        last_word_on=date(2021, 6, 10),
    )
    db.session.commit()
    return user


@pytest.fixture
def lead(app):
    return somebody_late()
