"""Sixty applications to Cohort 2, three days after it opened: in every state of writing, some sent, a few
found eligible, two withdrawn, one on paper."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.cohorts.applications.models import Answer, Application, ApplicationMove, Entered, Source
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.areas import Area
from app.cohorts.call.models import Call, EligibilityCondition, Question, QuestionKind
from app.cohorts.call.queries import conditions_of, questions_of
from app.core.clock import LONDON
from app.demo.cohorts import Cohorts
from app.demo.cohorts.first_cohort import address
from app.demo.facts import applicants as facts
from app.demo.facts.call import OPENS_AT
from app.demo.facts.leaders import LEADERS
from app.extensions import db
from app.workstreams.models import Body

# How many have come how far: (how many, the share of the questions that they have answered, how it ended).
_ONLY_BEGUN, _ABOUT_THEM, _NOT_SENT = "only begun", "about them", "not sent"
_STATES = (
    *([_ONLY_BEGUN] * 6),
    *([_ABOUT_THEM] * 11),
    *([_NOT_SENT] * 17),
    *([Stage.SUBMITTED] * 18),
    *([Stage.ELIGIBLE] * 5),
    *([Stage.WITHDRAWN] * 2),
    "on paper",
)
_AREAS = (
    *([Area.LEICESTER] * 8),
    *([Area.CHARNWOOD] * 3),
    *([Area.NORTH_WEST_LEICESTERSHIRE] * 3),
    Area.BLABY, Area.HINCKLEY_AND_BOSWORTH, Area.HARBOROUGH, Area.OADBY_AND_WIGSTON, Area.MELTON,
    Area.RUTLAND,
)  # fmt: skip
_FIRST_DAY = date(2021, 9, 1)
_SIGNS = "346789BCDFGHJKMNPQRTVWXY"
# These would be 17 on the first day: they were told so, and asked nothing more.
_TOO_YOUNG = frozenset({"Keeley Rudd", "Alfie Thackray"})


def load(cohorts: Cohorts) -> None:
    """The same sixty on every load."""
    _Writing(cohorts).run()


class _Writing:
    def __init__(self, cohorts: Cohorts) -> None:
        self.cohorts = cohorts
        self.call: Call = cohorts.calls[cohorts.second.slug]
        self.questions: list[Question] = questions_of(self.call)
        self.conditions: list[EligibilityCondition] = conditions_of(self.call)
        self.csps = list(
            db.session.scalars(sa.select(Body.id).where(Body.is_csp).order_by(Body.name))
        )
        first = zip(LEADERS, cohorts.applications[cohorts.first.slug], strict=True)
        self.leaders = [application.id for leader, application in first if not leader.left]
        self.chance = random.Random(2021)  # noqa: S311 (the demo, not a secret)

    def run(self) -> None:
        states = list(_STATES)
        self.chance.shuffle(states)
        people = list(zip(facts.NAMES, _none_too_young_goes_on(states), strict=True))
        begun = sorted(
            (OPENS_AT + timedelta(minutes=self.chance.randrange(0, 72 * 60)), name, state)
            for name, state in people
        )
        applications = []
        for number, (at, name, state) in enumerate(begun):
            applications.append(self.one(number, at, name, state))
        self.cohorts.applications[self.cohorts.second.slug] = applications

    def one(self, number: int, at: datetime, name: str, state: str) -> Application:
        paper = state == "on paper"
        actor = self.cohorts.known.person("coordinator") if paper else None
        self.cohorts.history.as_of(at, actor)
        application = Application(
            workstream_id=self.cohorts.second.id,
            reference="CL-" + "".join(self.chance.choices(_SIGNS, k=6)),
            entered=Entered.PAPER if paper else Entered.ONLINE,
            entered_by_id=actor,
            created_at=at,
            email=None if paper else address(name),
        )
        db.session.add(application)
        if state != _ONLY_BEGUN:
            self.about(application, number, name)
        db.session.flush()
        if state not in (_ONLY_BEGUN, _ABOUT_THEM):
            share = self.chance.choice((0.3, 0.6, 1.0)) if state == _NOT_SENT else 1.0
            db.session.add_all(self.answers(application, share, at))
            if share == 1.0:
                self.source(application)
        self.ways_on(application, Stage.SUBMITTED if paper else state, at)
        return application

    def about(self, application: Application, number: int, name: str) -> None:
        chance = self.chance
        age = 17 if name in _TOO_YOUNG else chance.randint(18, 30)
        # Up to a year before the day on which they turn a year older than that.
        birthday = date(_FIRST_DAY.year - age, _FIRST_DAY.month, 1) - timedelta(
            days=chance.randrange(1, 360)
        )
        application.name = name
        application.born_on = birthday
        application.age = age
        application.area = chance.choice(_AREAS)
        if chance.random() < 0.7:
            application.phone = f"07700 900{200 + number}"
        if chance.random() < 0.12:
            application.adjustments = chance.choice(facts.ADJUSTMENTS)
        application.eligibility = {
            str(condition.id): condition.wanted for condition in self.conditions
        }

    def answers(self, application: Application, share: float, at: datetime) -> Iterator[Answer]:
        done = max(1, round(len(self.questions) * share))
        for place, question in enumerate(self.questions[:done]):
            value = self.value_of(question, place)
            if value or question.required:
                yield Answer(
                    application_id=application.id,
                    question_id=question.id,
                    asked=question.as_asked(),
                    value=value,
                    answered_at=at + timedelta(minutes=4 * (place + 1)),
                )

    def value_of(self, question: Question, place: int) -> list[str]:
        chance = self.chance
        if question.kind is QuestionKind.LONG_TEXT:
            return [chance.choice(facts.DONE if place == 0 else facts.CHANGE)]
        if question.kind is QuestionKind.ONE_CHOICE:
            return [chance.choice(question.options)]
        if question.kind is QuestionKind.SEVERAL_CHOICES:
            chosen = set(chance.sample(question.options, chance.randint(1, 3)))
            return [option for option in question.options if option in chosen]
        if question.kind is QuestionKind.YES_NO:
            return [chance.choice(("yes", "no", "no"))]
        if question.kind is QuestionKind.DATE:
            return [chance.choice(("2021-09-01", "2021-09-06", "2021-09-13"))]
        return [chance.choice(facts.GROUPS)] if chance.random() < 0.8 else []

    def source(self, application: Application) -> None:
        application.source = self.chance.choice(
            (Source.CSP, Source.CSP, Source.LEADER, Source.LEADER, Source.SOCIAL_MEDIA,
             Source.SCHOOL_OR_COLLEGE, Source.YOUTH_GROUP, Source.OTHER)
        )  # fmt: skip
        if application.source is Source.CSP:
            application.source_body_id = self.chance.choice(self.csps)
        elif application.source is Source.LEADER:
            application.source_leader_id = self.chance.choice(self.leaders[:12])
        elif application.source is Source.OTHER:
            application.source_text = "A poster at the leisure centre"

    def ways_on(self, application: Application, state: str, at: datetime) -> None:
        """The moves that brought an application to where it is, in order."""
        if state not in (Stage.SUBMITTED, Stage.ELIGIBLE, Stage.WITHDRAWN):
            return
        sent = min(at + timedelta(hours=1), datetime(2021, 6, 18, 9, tzinfo=LONDON))
        coordinator = self.cohorts.known.person("coordinator")
        entered = application.entered is Entered.PAPER
        ways = [
            (Stage.SUBMITTED, Mover.COORDINATOR if entered else Mover.APPLICANT,
             coordinator if entered else None, sent, ""),
        ]  # fmt: skip
        if state == Stage.ELIGIBLE:
            when = sent + timedelta(minutes=20)
            ways.append((Stage.ELIGIBLE, Mover.COORDINATOR, coordinator, when, "Lives here"))
        elif state == Stage.WITHDRAWN:
            when = sent + timedelta(minutes=40)
            ways.append((Stage.WITHDRAWN, Mover.APPLICANT, None, when, "I have a new job."))
        application.submitted_at = sent
        for after, mover, by_id, when, why in ways:
            self.cohorts.history.as_of(when, by_id)
            db.session.add(
                ApplicationMove(
                    application_id=application.id,
                    before=application.stage,
                    after=after,
                    mover=mover,
                    by_id=by_id,
                    at=when,
                    on=when.date(),
                    why=why,
                )
            )
            application.stage = after
            db.session.flush()


def _none_too_young_goes_on(states: list[str]) -> list[str]:
    """The same states in another order: whoever is too young changes places with somebody who has only
    said who they are."""
    states = list(states)
    young = [place for place, name in enumerate(facts.NAMES) if name in _TOO_YOUNG]
    told = [place for place, state in enumerate(states) if state == _ABOUT_THEM]
    for place, other in zip(young, [one for one in told if one not in young], strict=False):
        if states[place] != _ABOUT_THEM:
            states[place], states[other] = states[other], states[place]
    return states
