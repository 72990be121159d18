"""A plan, and people who see it."""

import pytest

from app.workstreams.models import MemberRole
from tests.factories.delivery import DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory


@pytest.fixture
def plan(app):
    workstream = WorkstreamFactory(slug="new-parks", name="New Parks")
    return DeliveryPlanFactory(workstream_id=workstream.id, title="Delivery plan 2021/22")


@pytest.fixture
def lead(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.LEAD).user


@pytest.fixture
def reader(plan):
    return MembershipFactory(workstream_id=plan.workstream_id, role=MemberRole.READER).user


def text_of(response):
    """The words of a page, as one line."""
    return " ".join(response.get_data(as_text=True).split())
