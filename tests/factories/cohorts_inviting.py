"""Nominations, and addresses that wait for the next call."""

from datetime import date, datetime

import factory

from app.cohorts.inviting.addresses import hash_of
from app.cohorts.inviting.models import Because, Nomination, WaitingAddress
from app.core import clock
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory
from tests.factories.cohorts import CallFactory


class NominationFactory(Factory):
    """Give `workstream_id` of a cohort with a call, or it comes with one."""

    class Meta:
        model = Nomination

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    nominated_by = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("nominated_by.organisation")
    name = factory.Sequence(lambda n: f"Nominated {n}")
    email = factory.Sequence(lambda n: f"nominated{n}@example.org")
    address_hash = factory.LazyAttribute(lambda o: hash_of(o.email))


class WaitingAddressFactory(Factory):
    """Somebody who asked before the call opened, and confirmed it."""

    class Meta:
        model = WaitingAddress

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    programme_id = factory.SelfAttribute("workstream_id")
    because = Because.NOT_OPEN
    email = factory.Sequence(lambda n: f"waits{n}@example.org")
    asked_at = datetime(2021, 6, 1, 12, tzinfo=clock.LONDON)
    confirmed_at = datetime(2021, 6, 1, 13, tzinfo=clock.LONDON)
    keep_until = date(2023, 6, 1)
