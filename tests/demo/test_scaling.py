"""A large database to measure with."""

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.core.history import ChangeRecord
from app.delivery.models import Activity, Milestone, ProgressUpdate
from app.demo import loading, scaling
from app.demo.guarding import NotTheDemos
from app.extensions import db
from app.workstreams.models import Membership, Workstream
from app.workstreams.queries import visible_workstreams


def number(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_it_makes_as_many_as_asked(demo_mode):
    scaling.scale(workstreams=12, activities=60, changes=30)
    assert number(Workstream) == 12
    assert number(Activity) == 60
    assert number(Milestone) == 60
    assert number(ChangeRecord) == 30
    assert number(ProgressUpdate) > 0
    assert number(Membership) == 12 * 3
    per_plan = db.session.scalars(
        sa.select(sa.func.count()).select_from(Activity).group_by(Activity.plan_id)
    ).all()
    assert per_plan == [5] * 12


def test_it_stands_beside_the_demo_and_may_be_run_again(demo_mode):
    loading.load()
    before = number(Workstream)
    scaling.scale(workstreams=3, activities=3, changes=0)
    scaling.scale(workstreams=3, activities=3, changes=0)
    scaling.scale(workstreams=0, activities=0, changes=5)
    assert number(Workstream) == before + 6
    assert loading.load() is False


def test_its_reader_sees_one_page_of_the_portfolio(demo_mode):
    scaling.scale(workstreams=110, activities=0, changes=0)
    reader = db.session.scalars(
        sa.select(User).where(User.email == "scale-reader@waymark.example")
    ).one()
    assert len(visible_workstreams(reader)) == 100


def test_it_refuses_outside_the_demo(app):
    with pytest.raises(NotTheDemos):
        scaling.scale(workstreams=1, activities=1, changes=0)
    assert number(Workstream) == 0


def test_changes_need_something_that_changed(demo_mode):
    with pytest.raises(NotTheDemos, match="add some first"):
        scaling.scale(workstreams=0, activities=0, changes=1)


def test_the_command(demo_mode):
    result = demo_mode.test_cli_runner().invoke(
        args=["demo", "scale", "--workstreams", "2", "--activities", "4", "--changes", "2"]
    )
    assert "Added 2 workstreams, 4 activities and 2 change records" in result.output
