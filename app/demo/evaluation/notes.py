"""Evaluation of New Parks, and two notes on the Female Offender map: notes, recommendations and judgements.
All invented, and each note says so.

The recommendations are in the manner of the Youth Commission's Big Conversation (LSCSB paper 004 ¶10: nine
recommendations agreed, and delivered with partner agencies); the two that are done are of the kind that
the paper names: training for neighbourhood officers, and a video.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.delivery.models import Activity
from app.demo.dated_history import DatedHistory, at_work
from app.demo.facts.indicators import SAFE_AT_NIGHT
from app.demo.registry import Registry
from app.demo.stable_ids import stable_id
from app.evaluation.models import (
    Answer,
    Audience,
    Bearing,
    Direction,
    Judgement,
    Note,
    NoteKind,
    NoteReader,
    Realised,
    Recommendation,
    RecommendationUpdate,
    Scale,
)
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.models import Assumption, Link, Node
from app.workstreams.models import MemberRole, Membership

ZONE = "new-parks"
_INVENTED = "*Invented for the demo: no document gives this finding.*"
REPORT = "Youth Commission, Big Conversation (invented wording)"


@dataclass(frozen=True, kw_only=True)
class NoteFact:
    """`aims` are places in the workstream's priorities or ambition statements; `activity`, `steps`, `links` (from, to),
    `assumption` and `indicator` are how the texts of those begin."""

    on: date
    by: str
    title: str
    kind: NoteKind
    shows: str
    so_what: str
    method: str
    sample: str
    text: str
    direction: Direction
    strength: int | None = None
    aims: tuple[int, ...] = ()
    activity: str = ""
    steps: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    assumption: str = ""
    indicator: str = ""
    audience: Audience = Audience.EVERYONE
    readers: tuple[str, ...] = ()
    workstream: str = ZONE


NOTES = (
    NoteFact(
        on=date(2021, 4, 28),
        by="evaluator",
        title="Who came to the first open evening",
        kind=NoteKind.OBSERVATION,
        shows="Residents who had never been to a meeting took part, because it was on line.",
        so_what="Keep an on-line way in when evenings are in the hall again.",
        method="Sat in on the evening and counted",
        sample="31 residents, one evening",
        text="Of those who came, **19 said that it was their first meeting**.\n\n"
        "- Parents joined once children were in bed\n- Nobody under 18 came",
        direction=Direction.SUPPORTS,
        strength=1,
        aims=(1,),
        activity="Community Panel sets",
        steps=("The panel sets the priorities",),
        links=(("The panel sets the priorities", "We know what we have"),),
    ),
    NoteFact(
        on=date(2021, 5, 20),
        by="evaluator",
        title="Young people feel safe in the park by day, not after dark",
        kind=NoteKind.INTERVIEW,
        shows="By day most feel safe; after dark most go another way.",
        so_what="Lighting matters more than patrols to those who were asked.",
        method="Talks in threes at the youth club, one question each way round",
        sample="14 young people aged 12 to 16",
        text="They named *the path behind the shops* before anything else.",
        direction=Direction.MIXED,
        strength=1,
        aims=(3,),
        steps=("Our parks and shops",),
        indicator=SAFE_AT_NIGHT,
    ),
    NoteFact(
        on=date(2021, 6, 2),
        by="evaluator",
        title="Calls about off-road bikes fell after the spring",
        kind=NoteKind.DATA,
        shows="Fewer calls in April and May than in the two months before.",
        so_what="Too early to say that the zone did it: the weather changed as well.",
        method="Counts of calls before and after, from the partnership",
        sample="Two months before, two months after; no other area to compare with",
        text="",
        direction=Direction.SUPPORTS,
        strength=2,
        aims=(3,),
        steps=("Hot spots changed",),
        links=(("Hot spots changed", "Our parks and shops"),),
    ),
    NoteFact(
        on=date(2021, 6, 9),
        by="evaluator",
        title="Carers say that they are still alone",
        kind=NoteKind.CASE_STUDY,
        shows="Two carers tell of weeks without a visit, while the hall was closed.",
        so_what="Health is missing from the core team, and it shows.",
        method="Two long talks, notes checked by those who spoke",
        sample="Two carers",
        text="Their words are in the files of the evaluation, not here.",
        direction=Direction.CONTRADICTS,
        strength=1,
        aims=(2,),
        steps=("Nobody in New Parks is lonely",),
        links=(("People meet a service", "Nobody in New Parks is lonely"),),
        assumption="A health service names somebody",
        audience=Audience.EVALUATORS_AND_LEADS,
    ),
    NoteFact(
        on=date(2021, 6, 14),
        by="external",
        title="What a second reader of the theory of change asks",
        kind=NoteKind.LESSON,
        shows="Nothing yet says how volunteers become panel members.",
        so_what="Ask the panel before the autumn review.",
        method="Read the plan and the ambition statements",
        sample="The plan of 2021/22",
        text="",
        direction=Direction.UNCLEAR,
        aims=(1,),
        steps=("Residents trained",),
        audience=Audience.NAMED,
        readers=("lead", "evaluator"),
    ),
    NoteFact(
        on=date(2021, 5, 21),
        by="evaluator",
        title="What agencies took away from the first workshop",
        kind=NoteKind.OBSERVATION,
        shows="Agencies that came know whom to call; those that did not come still ask the old way.",
        so_what="Invite by name the two agencies that sent nobody.",
        method="Sat in on the workshop, and a short form three days later",
        sample="11 forms of 14 people",
        text="The gap that most named first was **housing on the day of release**.",
        direction=Direction.SUPPORTS,
        strength=1,
        steps=("Agencies share one picture",),
        links=(("Two workshops", "Agencies share one picture"),),
        assumption="Those who come can speak",
        workstream="female-offender-strategy",
    ),
    NoteFact(
        on=date(2021, 6, 10),
        by="evaluator",
        title="Help is offered early where an officer knows of it, and not elsewhere",
        kind=NoteKind.INTERVIEW,
        shows="Some women are offered help at their first contact, most at their third or later.",
        so_what="Tell every custody desk what there is.",
        method="Talks with those who refer, from a list of questions",
        sample="9 officers and 3 court workers",
        text="",
        direction=Direction.MIXED,
        strength=1,
        aims=(0,),
        steps=("Women are offered help",),
        links=(("Agencies share one picture", "Women are offered help"),),
        workstream="female-offender-strategy",
    ),
)


@dataclass(frozen=True, kw_only=True)
class RecommendationFact:
    """`done` and `updates` are what became of it: (day, who said it, what)."""

    text: str
    answer: Answer = Answer.WAITING
    reason: str = ""
    owner: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    updates: tuple[tuple[date, str, str], ...] = field(default=())


MADE_ON = date(2021, 3, 25)
RECOMMENDATIONS = (
    RecommendationFact(
        text="Young people train new neighbourhood officers in how to talk with young people.",
        answer=Answer.ACCEPTED,
        owner="contributor",
        due_on=date(2021, 5, 28),
        done_on=date(2021, 5, 26),
        updates=(
            (date(2021, 4, 30), "contributor", "Two dates agreed with the training team."),
            (date(2021, 5, 26), "contributor", "Both sessions held; the officers asked for more."),
        ),
    ),
    RecommendationFact(
        text="Make a short video with young people about where to turn if somebody is exploited.",
        answer=Answer.ACCEPTED,
        owner="lead",
        due_on=date(2021, 6, 11),
        updates=((date(2021, 5, 14), "lead", "Script written; filming waits for the youth club."),),
    ),
    RecommendationFact(
        text="Light the path behind the shops, and ask young people where else.",
        answer=Answer.PART,
        reason="The path is in this year's lighting programme. A survey of the whole estate is not.",
        owner="lead",
        due_on=date(2021, 9, 30),
    ),
    RecommendationFact(
        text="Open the hall until ten on Fridays.",
        answer=Answer.DECLINED,
        reason="The caretaker's hours end at nine. The youth club stays open until then instead.",
    ),
    RecommendationFact(text="Give two seats on the Community Panel to people under 18."),
)

# Place of the statement, day, level, reason.
JUDGEMENTS = (
    (3, date(2021, 4, 12), Realised.NOT_YET, "Nothing had been done yet when the plan began."),
    (
        3,
        date(2021, 6, 15),
        Realised.PARTLY,
        "By day it feels safe to most who were asked, after dark it does not.",
    ),
    (1, date(2021, 6, 15), Realised.PARTLY, "New people decide together, but nobody under 18."),
    (2, date(2021, 6, 15), Realised.NOT_YET, "The hall was closed for most of the spring."),
)
EXTERNAL_UNTIL = date(2022, 3, 31)


def load(history: DatedHistory, known: Registry) -> None:
    """Load it all into workstreams that are there already, with their maps."""
    zone, people = known.workstreams[ZONE], known.people
    history.as_of(at_work(date(2021, 4, 19), "external evaluator"), people["lead"].id)
    db.session.add(
        Membership(
            id=stable_id(
                "membership", "new-parks:external", at_work(date(2021, 4, 19), "external")
            ),
            workstream_id=zone.id,
            user_id=people["external"].id,
            role=MemberRole.EXTERNAL_EVALUATOR,
            ends_on=EXTERNAL_UNTIL,
        )
    )
    for place, fact in enumerate(NOTES):
        workstream = known.workstreams[fact.workstream]
        at = at_work(fact.on, fact.title)
        history.as_of(at, people[fact.by].id)
        note = Note(
            id=stable_id("note", str(place), at),
            workstream_id=workstream.id,
            author_id=people[fact.by].id,
            title=fact.title,
            on=fact.on,
            kind=fact.kind,
            text="\n\n".join(words for words in (fact.text, _INVENTED) if words),
            method=fact.method,
            sample=fact.sample,
            shows=fact.shows,
            so_what=fact.so_what,
            direction=fact.direction,
            strength=fact.strength,
            scale=Scale.MARYLAND if fact.strength else None,
            audience=fact.audience,
        )
        db.session.add(note)
        db.session.flush()
        bearings = _bearings(fact, workstream.id, [a.id for a in known.aims[fact.workstream]])
        db.session.add_all(Bearing(note_id=note.id, **on) for on in bearings)
        db.session.add_all(
            NoteReader(note_id=note.id, user_id=people[account].id) for account in fact.readers
        )
    _recommendations(history, known)
    aims = known.aims[ZONE]
    for place, on, level, reason in JUDGEMENTS:
        at = at_work(on, reason)
        history.as_of(at, people["evaluator"].id)
        db.session.add(
            Judgement(
                id=stable_id("judgement", f"{place}:{on}", at),
                workstream_id=zone.id,
                aim_id=aims[place].id,
                level=level,
                reason=reason,
                on=on,
                judged_at=at,
                by_id=people["evaluator"].id,
            )
        )
    db.session.flush()


def _bearings(fact: NoteFact, workstream_id: Any, aims: list[Any]) -> Iterator[dict[str, Any]]:
    def one(model: Any, words: Any, beginning: str) -> Any:
        """The first of the workstream's whose text begins so."""
        wanted = sa.select(model.id).where(
            model.workstream_id == workstream_id, words.startswith(beginning)
        )
        return db.session.scalars(wanted.order_by(model.id).limit(1)).one()

    def step(beginning: str) -> Any:
        return one(Node, Node.text, beginning)

    for place in fact.aims:
        yield {"aim_id": aims[place]}
    if fact.activity:
        yield {"activity_id": one(Activity, Activity.what, fact.activity)}
    for beginning in fact.steps:
        yield {"node_id": step(beginning)}
    for a, b in fact.links:
        ends = sa.select(Link.id).where(Link.from_id == step(a), Link.to_id == step(b))
        yield {"link_id": db.session.scalars(ends).one()}
    if fact.assumption:
        yield {"assumption_id": one(Assumption, Assumption.text, fact.assumption)}
    if fact.indicator:
        yield {"indicator_id": one(Indicator, Indicator.name, fact.indicator)}


def _recommendations(history: DatedHistory, known: Registry) -> None:
    zone = known.workstreams[ZONE]
    for place, fact in enumerate(RECOMMENDATIONS):
        at = at_work(MADE_ON, fact.text)
        history.as_of(at, known.people["evaluator"].id)
        one = Recommendation(
            id=stable_id("recommendation", str(place), at),
            workstream_id=zone.id,
            report=REPORT,
            made_on=MADE_ON,
            text=fact.text,
            position=place,
        )
        db.session.add(one)
        if fact.answer is Answer.WAITING:
            continue
        history.as_of(at_work(date(2021, 4, 15), fact.text), known.people["lead"].id)
        one.answer, one.reason = fact.answer, fact.reason
        one.owner_id, one.due_on = known.person(fact.owner), fact.due_on
        for on, by, text in fact.updates:
            said = at_work(on, text)
            history.as_of(said, known.people[by].id)
            db.session.add(
                RecommendationUpdate(
                    id=stable_id("recommendation update", f"{place}:{on}", said),
                    recommendation_id=one.id,
                    on=on,
                    posted_at=said,
                    by_id=known.people[by].id,
                    text=text,
                )
            )
            if on == fact.done_on:
                one.done_on = on
    db.session.flush()
