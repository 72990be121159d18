"""Somebody with something to do."""

from datetime import date

import pytest

from tests.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


@pytest.fixture
def workstream(app):
    return WorkstreamFactory(name="New Parks", slug="new-parks")


@pytest.fixture
def lead(workstream):
    """The lead of New Parks."""
    user = UserFactory(name="Asha Lead")
    MembershipFactory(workstream_id=workstream.id, user=user)
    return user


@pytest.fixture
def plan(workstream):
    return DeliveryPlanFactory(workstream_id=workstream.id)


@pytest.fixture
def late(plan):
    """An overdue activity."""
    return late_activity(plan)


def late_activity(plan, **changes):
    """An activity that was due on 1 June 2021."""
    return ActivityFactory(
        plan=plan,
        **{
            "what": "Open the community room",
            "due_text": "1 June 2021",
            "due_on": date(2021, 6, 1),
            "last_word_on": TODAY,
            **changes,
        },
    )
