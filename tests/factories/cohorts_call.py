"""Changes to the window of a call."""

from datetime import datetime

import factory

from app.cohorts.call.models import WindowChange
from app.core import clock
from tests.factories.base import Factory
from tests.factories.cohorts import CallFactory


class WindowChangeFactory(Factory):
    """For everybody; give `call_id`, or it comes with a call."""

    class Meta:
        model = WindowChange

    call_id = factory.LazyFunction(lambda: CallFactory().id)
    closes_at = datetime(2021, 8, 6, 17, 0, tzinfo=clock.LONDON)
    reason = "The colleges were closed."
