"""Who acts is answered in one place."""

import pytest
import sqlalchemy as sa

from app.core.acting import acting, actor_id
from app.core.history import ChangeRecord
from app.extensions import db
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import BodyFactory


def actors_of(thing):
    return db.session.scalars(
        sa.select(ChangeRecord.actor_id)
        .where(ChangeRecord.subject_id == thing.id)
        .order_by(ChangeRecord.id)
    ).all()


def test_what_is_written_inside_is_theirs_and_nothing_else(app):
    user, body = UserFactory(), BodyFactory(name="First")
    body.name = "Before"
    with acting(user):
        body.name = "Inside"
    body.name = "After"
    db.session.flush()
    assert actors_of(body) == [None, None, user.id, None]


def test_one_may_act_within_another(app):
    outer, inner = UserFactory(), UserFactory()
    with acting(outer):
        with acting(inner):
            assert actor_id() == inner.id
        assert actor_id() == outer.id
    assert actor_id() is None


def test_nobody_acts_any_more_after_an_error(app):
    user = UserFactory()
    with pytest.raises(RuntimeError), acting(user):
        raise RuntimeError
    assert actor_id() is None
