"""Change history: every change to a tracked row is recorded in the same transaction."""

import sqlalchemy as sa

from app.core.history import ChangeAction, ChangeRecord
from app.extensions import db
from tests.factories.accounts import OrganisationFactory


def records_of(thing):
    return db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == thing.id).order_by(ChangeRecord.id)
    ).all()


def test_a_change_keeps_from_and_to(app):
    organisation = OrganisationFactory(name="Leicester Council")
    organisation.name = "Leicester City Council"
    db.session.flush()
    created, changed = records_of(organisation)
    assert created.action is ChangeAction.CREATED
    assert changed.action is ChangeAction.UPDATED
    assert changed.changes == {"name": ["Leicester Council", "Leicester City Council"]}


def test_a_change_that_is_rolled_back_leaves_no_record(app):
    organisation = OrganisationFactory(name="Leicester Council")
    db.session.commit()
    organisation.name = "Another"
    db.session.flush()
    db.session.rollback()
    assert len(records_of(organisation)) == 1
