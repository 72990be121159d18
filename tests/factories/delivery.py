"""Delivery plans and what is in them."""

from datetime import date

import factory

from app.delivery.models import Activity, DeliveryPlan, Milestone, ProgressUpdate, Rag
from tests.factories.base import Factory
from tests.factories.workstreams import WorkstreamFactory


class DeliveryPlanFactory(Factory):
    class Meta:
        model = DeliveryPlan

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    title = "Delivery plan 2021/22"
    starts_on = date(2021, 4, 1)
    ends_on = date(2022, 3, 31)


class _InPlan(Factory):
    class Meta:
        abstract = True

    class Params:
        plan = factory.SubFactory(DeliveryPlanFactory)

    plan_id = factory.SelfAttribute("plan.id")
    workstream_id = factory.SelfAttribute("plan.workstream_id")


class ActivityFactory(_InPlan):
    class Meta:
        model = Activity

    what = factory.Sequence(lambda n: f"Activity {n}")
    position = factory.Sequence(lambda n: n)
    due_text = "30 September 2021"
    due_on = date(2021, 9, 30)


class MilestoneFactory(_InPlan):
    class Meta:
        model = Milestone

    title = factory.Sequence(lambda n: f"Milestone {n}")
    promised_text = "31 July 2021"
    promised_on = date(2021, 7, 31)


class ProgressUpdateFactory(Factory):
    class Meta:
        model = ProgressUpdate

    class Params:
        activity = factory.SubFactory(ActivityFactory)

    activity_id = factory.SelfAttribute("activity.id")
    workstream_id = factory.SelfAttribute("activity.workstream_id")
    reported_on = date(2021, 6, 1)
    text = factory.Sequence(lambda n: f"Word {n}")
    rag = Rag.GREEN
