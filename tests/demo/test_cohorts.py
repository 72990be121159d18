"""What the demo's applications must not contradict."""

import sqlalchemy as sa

from app.cohorts.applications.models import Answer, Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.eligibility import why_not
from app.cohorts.call.models import Call
from app.cohorts.call.queries import conditions_of
from app.extensions import db


def test_nobody_who_cannot_apply_has_been_asked_to_write(demo):
    told = []
    for call in db.session.scalars(sa.select(Call)):
        conditions = conditions_of(call)
        for one in db.session.scalars(
            sa.select(Application).where(Application.workstream_id == call.workstream_id)
        ):
            if why_not(
                call, call.workstream.starts_on, conditions, one.born_on, one.area, one.eligibility
            ):
                told.append(one)
    answers = sa.select(Answer).where(Answer.application_id.in_([one.id for one in told]))
    assert {(one.name, one.age, one.stage) for one in told} == {
        ("Alfie Thackray", 17, Stage.DRAFT),
        ("Keeley Rudd", 17, Stage.DRAFT),
    }
    assert db.session.scalars(answers).all() == []
