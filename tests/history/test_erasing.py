"""Personal values can be erased from history; nothing else can."""

import sqlalchemy as sa

from app.core.history import ChangeRecord
from app.extensions import db
from app.history.services import erase_personal
from tests.factories.accounts import UserFactory


def records_of(thing_id):
    return db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == thing_id).order_by(ChangeRecord.id)
    ).all()


def test_personal_values_are_erased_and_the_rest_stays(app):
    person, other = UserFactory(name="First Name"), UserFactory()
    person.name = "Second Name"
    person.active = False
    db.session.flush()
    assert erase_personal(subject_id=person.id) == 2
    created, changed = records_of(person.id)
    assert created.personal is None
    assert changed.personal is None
    assert changed.changes == {"active": [True, False]}
    assert records_of(other.id)[0].personal
    assert erase_personal(subject_id=person.id) == 0


def test_the_command_says_how_many(app):
    person_id = UserFactory().id
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["history", "erase-person", str(person_id)])
    assert result.output == "Personal details erased from 1 records.\n"
    db.session.expire_all()
    assert records_of(person_id)[0].personal is None
