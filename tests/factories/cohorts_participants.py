"""Notes on participants, places in a showcase."""

import factory

from app.cohorts.participants.models import ParticipantNote, ShowcaseSlot
from tests.factories.base import Factory


class ParticipantNoteFactory(Factory):
    """Give `participant_id`."""

    class Meta:
        model = ParticipantNote

    text = factory.Sequence(lambda n: f"Rang them ({n})")


class ShowcaseSlotFactory(Factory):
    """Give `participant`."""

    class Meta:
        model = ShowcaseSlot
        exclude = ("participant",)

    workstream_id = factory.SelfAttribute("participant.workstream_id")
    participant_id = factory.SelfAttribute("participant.id")
    position = factory.Sequence(lambda n: n)
