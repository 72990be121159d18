"""Cohorts: calls, questions, applications, participants."""

from datetime import date, datetime

import factory
import sqlalchemy as sa

from app.cohorts.applications.models import Answer, Application, Participant
from app.cohorts.applications.stages import Stage
from app.cohorts.areas import Area
from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question, QuestionKind
from app.core import clock
from app.extensions import db
from app.workstreams.models import WorkstreamKind
from tests.factories.base import Factory
from tests.factories.workstreams import WorkstreamFactory


class CallFactory(Factory):
    """Open now: from 15 June to 30 July 2021, for people of 18 to 30 in September."""

    class Meta:
        model = Call

    workstream_id = factory.LazyAttribute(
        lambda _: WorkstreamFactory(kind=WorkstreamKind.COHORT, starts_on=date(2021, 9, 6)).id
    )
    places = 20
    opens_at = datetime(2021, 6, 15, 9, 0, tzinfo=clock.LONDON)
    closes_at = datetime(2021, 7, 30, 17, 0, tzinfo=clock.LONDON)
    min_age = 18
    max_age = 30


def call_on(workstream_id) -> Call:
    """The call of a workstream, made if need be: there is one at most."""
    there = db.session.scalar(sa.select(Call).where(Call.workstream_id == workstream_id))
    return there or CallFactory(workstream_id=workstream_id)


class _PartOfCall(Factory):
    """Something of a call; give `call`."""

    class Meta:
        abstract = True
        exclude = ("call",)

    call = factory.LazyFunction(CallFactory)
    call_id = factory.SelfAttribute("call.id")
    workstream_id = factory.SelfAttribute("call.workstream_id")
    position = factory.Sequence(lambda n: n)


class EligibilityConditionFactory(_PartOfCall):
    class Meta:
        model = EligibilityCondition

    text = factory.Sequence(lambda n: f"Can you come on Saturdays ({n})?")
    reason = "The sessions are on Saturdays."


class QuestionFactory(_PartOfCall):
    class Meta:
        model = Question

    kind = QuestionKind.LONG_TEXT
    text = factory.Sequence(lambda n: f"What would you change ({n})?")


class CriterionFactory(_PartOfCall):
    class Meta:
        model = Criterion

    name = factory.Sequence(lambda n: f"Motivation {n}")


class ApplicationFactory(Factory):
    """A submitted application; give `workstream_id`, or it comes with a cohort and its call."""

    class Meta:
        model = Application

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    reference = factory.Sequence(lambda n: f"CL-{n:06}")
    stage = Stage.SUBMITTED
    submitted_at = factory.LazyAttribute(
        lambda o: None if o.stage is Stage.DRAFT else datetime(2021, 6, 16, tzinfo=clock.LONDON)
    )
    name = factory.Sequence(lambda n: f"Applicant {n}")
    email = factory.Sequence(lambda n: f"applicant{n}@example.org")
    born_on = date(2000, 5, 1)
    age = 21
    area = Area.CHARNWOOD


class AnswerFactory(Factory):
    """Give `application` and `question`."""

    class Meta:
        model = Answer
        exclude = ("application", "question")

    application_id = factory.SelfAttribute("application.id")
    question_id = factory.SelfAttribute("question.id")
    asked = factory.LazyAttribute(lambda o: o.question.as_asked())
    value = factory.LazyFunction(lambda: ["More evening buses"])


class ParticipantFactory(Factory):
    """Somebody enrolled; give `application`, or it comes with one."""

    class Meta:
        model = Participant

    application = factory.SubFactory(ApplicationFactory, stage=Stage.ENROLLED)
    workstream_id = factory.LazyAttribute(lambda o: o.application.workstream_id)
    enrolled_on = date(2021, 9, 6)
