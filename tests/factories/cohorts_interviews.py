"""Interview times and who has picked them."""

from datetime import datetime, timedelta

import factory

from app.cohorts.applications.stages import Stage
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.core import clock
from tests.factories.base import Factory
from tests.factories.cohorts import ApplicationFactory, CallFactory

FIRST = datetime(2021, 8, 10, 10, 0, tzinfo=clock.LONDON)


class InterviewSlotFactory(Factory):
    """Half an hour on or after 10 August 2021; give `workstream_id`."""

    class Meta:
        model = InterviewSlot

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    starts_at = factory.Sequence(lambda n: FIRST + timedelta(minutes=30 * n))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(minutes=30))
    place = "Room 2, City Hall"
    panel = "Two of us"


class InterviewFactory(Factory):
    """Somebody at stage Interview who has a time (give `slot`, or it comes with one)."""

    class Meta:
        model = Interview
        exclude = ("for_application",)

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    for_application = factory.LazyAttribute(
        lambda o: ApplicationFactory(workstream_id=o.workstream_id, stage=Stage.INTERVIEW)
    )
    application_id = factory.LazyAttribute(lambda o: o.for_application.id)
    slot_id = factory.LazyAttribute(
        lambda o: InterviewSlotFactory(workstream_id=o.workstream_id).id
    )
