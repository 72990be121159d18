"""Sessions and their registers."""

from datetime import date, time

import factory

from app.cohorts.sessions.models import Attendance, AttendanceMark, CohortSession
from tests.factories.base import Factory
from tests.factories.cohorts import CallFactory


class CohortSessionFactory(Factory):
    """In the evening of the day that tests take today to be; give `workstream_id`, or it comes with a
    cohort and its call."""

    class Meta:
        model = CohortSession

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    title = factory.Sequence(lambda n: f"Evening {n}")
    on = date(2021, 6, 18)
    starts = time(18, 0)
    ends = time(20, 30)
    place = "The Brite Centre"


class AttendanceMarkFactory(Factory):
    """Give `session` and `participant`."""

    class Meta:
        model = AttendanceMark
        exclude = ("session", "participant")

    workstream_id = factory.SelfAttribute("session.workstream_id")
    session_id = factory.SelfAttribute("session.id")
    participant_id = factory.SelfAttribute("participant.id")
    attendance = Attendance.PRESENT
