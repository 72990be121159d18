"""A People Zone's evaluation: domains over time, evidence for and against, dated judgements."""

from datetime import date

import sqlalchemy as sa

from app.evaluation.ambitions.counting import counted, draw
from app.evaluation.models import Direction, Judgement, Realised, Scale
from app.extensions import db
from app.workstreams.models import MemberRole, ResilienceDomain, WorkstreamKind
from tests.client import new_id
from tests.conftest import TODAY
from tests.evaluation.scene import URL, new_parks, somebody
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.evaluation import (
    AmbitionFactory,
    BearingFactory,
    JudgementFactory,
    NoteFactory,
)
from tests.factories.workstreams import AimFactory

PAGE = f"{URL}/ambitions"


def zone():
    return new_parks(kind=WorkstreamKind.PEOPLE_ZONE)


def builds(plan, *domains, **more):
    activity = ActivityFactory(plan=plan, **more)
    activity.domains = list(domains)
    db.session.flush()


def test_activity_is_counted_under_its_domains_quarter_by_quarter(app):
    plan = DeliveryPlanFactory(workstream_id=zone().id, starts_on=date(2021, 1, 1))
    builds(plan, ResilienceDomain.SKILLS, ResilienceDomain.SAFETY)
    builds(plan, ResilienceDomain.SKILLS, done_on=date(2021, 3, 1))
    builds(plan, ResilienceDomain.HEALTH, start_text="July 2021", start_on=date(2021, 7, 1))
    ActivityFactory(plan=plan)
    found = counted(plan.workstream_id, TODAY)
    assert found.columns == ["Skills", "Resources", "Health and wellbeing", "Safety", "Any domain"]
    assert [(q.name, q.counts) for q in found.quarters] == [
        ("Jan to Mar 2021", [2, 0, 0, 1, 2]),
        ("Apr to Jun 2021", [1, 0, 0, 1, 1]),
    ]


def test_the_picture_says_what_the_table_says(client):
    workstream = zone()
    plan = DeliveryPlanFactory(workstream_id=workstream.id, starts_on=date(2020, 7, 1))
    builds(plan, ResilienceDomain.SKILLS)
    builds(plan, ResilienceDomain.RESOURCES, done_on=date(2020, 8, 1))
    found = counted(workstream.id, TODAY)
    drawing = draw(found)
    assert [[bar.number for bar in bars] for _, _, bars in drawing.lines] == [
        quarter.counts for quarter in found.quarters
    ]
    assert all(bar.words_x + 20 <= drawing.width for _, _, bars in drawing.lines for bar in bars)
    client.sign_in(somebody(workstream, MemberRole.READER))
    page = client.get(PAGE).text
    assert page.count('class="wm-bars__words"') == page.count("govuk-table__cell wm-money") == 20


def test_a_superseded_plan_ends(app):
    workstream = zone()
    DeliveryPlanFactory(workstream_id=workstream.id)
    old = DeliveryPlanFactory(
        workstream_id=workstream.id,
        starts_on=date(2020, 4, 1),
        ends_on=date(2021, 3, 31),
        status="agreed",
        agreed_on=date(2020, 4, 1),
    )
    builds(old, ResilienceDomain.SKILLS)
    old.superseded_on = date(2021, 4, 1)
    db.session.flush()
    assert [q.counts[0] for q in counted(workstream.id, TODAY).quarters] == [1, 1, 1, 1, 0]


def test_each_statement_stands_with_evidence_for_and_against(client):
    workstream = zone()
    aim = AmbitionFactory(workstream_id=workstream.id, text="Everybody feels safe")
    AimFactory(workstream_id=workstream.id, text="A priority")
    for direction, level in ((Direction.SUPPORTS, 3), (Direction.CONTRADICTS, 1)):
        note = NoteFactory(
            workstream_id=workstream.id,
            title=f"It {direction.value} this",
            direction=direction,
            strength=level,
            scale=Scale.MARYLAND,
        )
        BearingFactory(note_id=note.id, aim_id=aim.id)
    client.sign_in(somebody(workstream, MemberRole.READER))
    page = client.get(PAGE).text
    for words in ("Everybody feels safe", "1 for, 1 against; strongest 3 of 5", "Not judged yet"):
        assert words in page
    assert "It supports this" in page and "It contradicts this" in page
    assert "A priority" not in page
    assert f"{PAGE}/{aim.id}/judge" not in page


def test_a_judgement_is_dated_and_earlier_ones_stay(client):
    workstream = zone()
    aim = AmbitionFactory(workstream_id=workstream.id)
    JudgementFactory(aim=aim, level=Realised.NOT_YET, reason="Too early", on=date(2020, 6, 1))
    client.sign_in(somebody(workstream))
    url = f"{PAGE}/{aim.id}/judge"
    data = {"id": new_id(), "level": "largely", "reason": "Most say so", "on": "1 June 2021"}
    for _ in range(2):
        assert client.post(url, data=data).status_code == 303
    kept = db.session.scalars(sa.select(Judgement).order_by(Judgement.on)).all()
    assert [one.level for one in kept] == [Realised.NOT_YET, Realised.LARGELY]
    page = client.get(PAGE).text
    assert page.index("Most say so") < page.index("Too early")
    assert "1 June 2021" in page
    data = {"csrf_token": client.csrf_token(), **data, "id": new_id(), "level": "realised"}
    assert client.htmx("POST", url, data=data).status_code == 204


def test_a_judgement_needs_a_reason_and_a_day_that_has_come(client):
    workstream = zone()
    aim = AmbitionFactory(workstream_id=workstream.id)
    client.sign_in(somebody(workstream))
    url = f"{PAGE}/{aim.id}/judge"
    answer = client.post(url, data={"id": new_id(), "level": "partly", "on": "1 July 2021"})
    assert answer.status_code == 422
    assert "Say why" in answer.text and "today or in the past" in answer.text
    assert client.post(url, data={"id": new_id(), "level": "wholly"}).status_code == 422


def test_others_do_not_judge(client):
    workstream = zone()
    aim = AmbitionFactory(workstream_id=workstream.id)
    for role in (MemberRole.READER, MemberRole.EXTERNAL_EVALUATOR, MemberRole.CONTRIBUTOR):
        client.sign_in(somebody(workstream, role))
        assert client.get(f"{PAGE}/{aim.id}/judge").status_code == 403
    client.sign_in(somebody(workstream))
    for other in (AimFactory(workstream_id=workstream.id), AmbitionFactory()):
        assert client.get(f"{PAGE}/{other.id}/judge").status_code == 404
