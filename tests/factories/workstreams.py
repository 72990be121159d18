"""Workstreams, and roles on them."""

from datetime import date

import factory

from app.workstreams.models import (
    Aim,
    AimKind,
    Body,
    KeyIssue,
    MemberRole,
    Membership,
    Workstream,
    WorkstreamKind,
    WorkstreamStatus,
)
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory


class BodyFactory(Factory):
    class Meta:
        model = Body

    name = factory.Sequence(lambda n: f"Group {n}")


class WorkstreamFactory(Factory):
    class Meta:
        model = Workstream

    name = factory.Sequence(lambda n: f"Workstream {n}")
    slug = factory.Sequence(lambda n: f"workstream-{n}")
    kind = WorkstreamKind.STRATEGY
    status = WorkstreamStatus.ACTIVE


class MembershipFactory(Factory):
    class Meta:
        model = Membership

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    user = factory.SubFactory(UserFactory)
    role = MemberRole.LEAD
    ends_on = factory.LazyAttribute(
        lambda o: date(2099, 12, 31) if o.role is MemberRole.EXTERNAL_EVALUATOR else None
    )


class AimFactory(Factory):
    class Meta:
        model = Aim

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    kind = AimKind.PRIORITY
    text = factory.Sequence(lambda n: f"Priority {n}")


class KeyIssueFactory(Factory):
    class Meta:
        model = KeyIssue

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    text = factory.Sequence(lambda n: f"Issue {n}")
