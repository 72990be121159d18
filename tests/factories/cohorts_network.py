"""The Leaders Network: members, consents, mentorings."""

from datetime import date, datetime

import factory

from app.cohorts.applications.models import Outcome
from app.cohorts.areas import Area
from app.cohorts.network.choices import Offer
from app.cohorts.network.models import MailingConsent, Mentoring, NetworkMember
from app.core import clock
from tests.factories.base import Factory
from tests.factories.cohorts import ParticipantFactory

JOINED_AT = datetime(2021, 5, 10, 12, tzinfo=clock.LONDON)


class GraduateFactory(ParticipantFactory):
    """A participant who graduated; give `application__workstream_id`, or it comes with a cohort."""

    outcome = Outcome.GRADUATED
    outcome_on = date(2021, 4, 30)


class NetworkMemberFactory(Factory):
    """Somebody who has joined and mentors; give `participant`, or it comes with one. `joined_at=None`:
    only invited."""

    class Meta:
        model = NetworkMember
        exclude = ("participant",)

    participant = factory.SubFactory(GraduateFactory)
    participant_id = factory.SelfAttribute("participant.id")
    workstream_id = factory.SelfAttribute("participant.workstream_id")
    invited_at = datetime(2021, 5, 4, 12, tzinfo=clock.LONDON)
    joined_at = JOINED_AT
    name = factory.SelfAttribute("participant.application.name")
    email = factory.SelfAttribute("participant.application.email")
    area = Area.CHARNWOOD
    offers = factory.LazyFunction(lambda: [Offer.MENTOR.value])


class MailingConsentFactory(Factory):
    """Give `member_id`."""

    class Meta:
        model = MailingConsent

    given_at = JOINED_AT
    words = "Put me on the list"


class MentoringFactory(Factory):
    """Give `member` and `participant`, or they come with it."""

    class Meta:
        model = Mentoring
        exclude = ("participant",)

    member = factory.SubFactory(NetworkMemberFactory)
    participant = factory.SubFactory(ParticipantFactory)
    participant_id = factory.SelfAttribute("participant.id")
    workstream_id = factory.SelfAttribute("participant.workstream_id")
    began_on = date(2021, 6, 1)
