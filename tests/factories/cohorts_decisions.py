"""Decisions, prepared and released."""

from datetime import datetime

import factory

from app.cohorts.applications.stages import Stage
from app.cohorts.decisions.models import (
    Decision,
    DecisionKind,
    Letter,
    LetterTemplate,
    Release,
    WaitingPlace,
)
from app.core import clock
from tests.factories.base import Factory
from tests.factories.cohorts import ApplicationFactory, CallFactory

REPLY_BY = datetime(2021, 8, 20, 17, 0, tzinfo=clock.LONDON)


class DecisionFactory(Factory):
    """A prepared offer; give `application`, or `workstream_id` for one at stage Interview."""

    class Meta:
        model = Decision

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    application = factory.LazyAttribute(
        lambda o: ApplicationFactory(workstream_id=o.workstream_id, stage=Stage.INTERVIEW)
    )
    kind = DecisionKind.OFFER
    reply_by = factory.LazyAttribute(lambda o: REPLY_BY if o.kind is DecisionKind.OFFER else None)


class ReleaseFactory(Factory):
    class Meta:
        model = Release

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    released_at = datetime(2021, 6, 10, 12, 0, tzinfo=clock.LONDON)
    offers = 1
    waiting = 0
    unsuccessful = 0
    places = 20
    placed = 1


class LetterFactory(Factory):
    """The letter of a released decision; give `decision`."""

    class Meta:
        model = Letter

    application_id = factory.SelfAttribute("decision.application_id")
    release_id = factory.SelfAttribute("decision.release_id")
    by_email = True
    subject = "A place"
    body = "Dear you\n"


class LetterTemplateFactory(Factory):
    """Give `workstream_id` and `call_id`."""

    class Meta:
        model = LetterTemplate

    kind = DecisionKind.OFFER
    subject = "A place on {cohort}"
    body = "Dear {name}\n\n{link}\n"


class WaitingPlaceFactory(Factory):
    """Somebody on the waiting list; give `workstream_id`."""

    class Meta:
        model = WaitingPlace
        exclude = ("for_application",)

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    for_application = factory.LazyAttribute(
        lambda o: ApplicationFactory(workstream_id=o.workstream_id, stage=Stage.WAITLISTED)
    )
    application_id = factory.LazyAttribute(lambda o: o.for_application.id)
    position = factory.Sequence(lambda n: n + 1)


def offered(workstream_id, *, reply_by=REPLY_BY, **about):
    """Somebody who has been offered a place: gives their application."""
    about.setdefault("stage", Stage.OFFERED)
    application = ApplicationFactory(workstream_id=workstream_id, **about)
    release = ReleaseFactory(workstream_id=workstream_id)
    decision = DecisionFactory(
        workstream_id=workstream_id,
        application=application,
        reply_by=reply_by,
        release_id=release.id,
    )
    LetterFactory(decision=decision)
    return application
