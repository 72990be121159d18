"""Calendars to subscribe to."""

import hashlib

import factory

from app.calendars.models import CalendarFeed
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory


class CalendarFeedFactory(Factory):
    """`token` is what its address has."""

    class Meta:
        model = CalendarFeed

    class Params:
        token = factory.Sequence(lambda n: f"token-{n}")
        user = factory.SubFactory(UserFactory)

    user_id = factory.SelfAttribute("user.id")
    token_hash = factory.LazyAttribute(lambda o: hashlib.sha256(o.token.encode()).hexdigest())
