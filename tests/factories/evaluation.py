"""Evaluation notes, what follows from them, and judgements."""

from datetime import date

import factory

from app.evaluation.models import (
    Attachment,
    Bearing,
    Judgement,
    Note,
    NoteKind,
    Realised,
    Recommendation,
    RecommendationUpdate,
)
from app.workstreams.models import AimKind
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory
from tests.factories.workstreams import AimFactory, WorkstreamFactory


class NoteFactory(Factory):
    class Meta:
        model = Note

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    author_id = factory.LazyAttribute(lambda _: UserFactory().id)
    title = factory.Sequence(lambda n: f"Note {n}")
    on = date(2021, 6, 1)
    kind = NoteKind.OBSERVATION


class BearingFactory(Factory):
    class Meta:
        model = Bearing

    note_id = factory.LazyAttribute(lambda _: NoteFactory().id)


class AttachmentFactory(Factory):
    class Meta:
        model = Attachment

    note_id = factory.LazyAttribute(lambda _: NoteFactory().id)
    key = factory.Sequence(lambda n: f"made-up-{n}")
    filename = "figures.csv"
    content_type = "text/csv"
    size = 12
    sha256 = "0" * 64


class RecommendationFactory(Factory):
    class Meta:
        model = Recommendation

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    report = "A report"
    text = factory.Sequence(lambda n: f"Recommendation {n}")


class RecommendationUpdateFactory(Factory):
    class Meta:
        model = RecommendationUpdate

    class Params:
        recommendation = factory.SubFactory(RecommendationFactory)

    recommendation_id = factory.SelfAttribute("recommendation.id")
    on = date(2021, 6, 2)
    text = factory.Sequence(lambda n: f"Done {n}")


class AmbitionFactory(AimFactory):
    kind = AimKind.AMBITION_STATEMENT
    text = factory.Sequence(lambda n: f"Ambition {n}")


class JudgementFactory(Factory):
    class Meta:
        model = Judgement

    class Params:
        aim = factory.SubFactory(AmbitionFactory)

    aim_id = factory.SelfAttribute("aim.id")
    workstream_id = factory.SelfAttribute("aim.workstream_id")
    level = Realised.PARTLY
    reason = factory.Sequence(lambda n: f"Because {n}")
    on = date(2021, 6, 1)
