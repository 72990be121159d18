"""Change history: every change to a tracked row is recorded in the same transaction."""

import uuid
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from app.core.history import ChangeAction, ChangeRecord
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamKind
from tests.factories.accounts import OrganisationFactory
from tests.factories.delivery import ActivityFactory
from tests.factories.workstreams import AimFactory, WorkstreamFactory


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


def test_a_change_of_an_expired_row_still_knows_what_it_came_from(app):
    organisation = OrganisationFactory(name="Leicester Council")
    db.session.commit()
    organisation.name = "Leicester City Council"
    db.session.flush()
    assert records_of(organisation)[-1].changes["name"][0] == "Leicester Council"


def test_records_are_append_only(app):
    organisation = OrganisationFactory()
    record = records_of(organisation)[0]
    record.changes = {}
    with pytest.raises(RuntimeError, match="append-only"):
        db.session.flush()
    db.session.rollback()


def test_a_row_and_the_workstream_it_names_may_be_made_in_one_flush(app):
    place = Workstream(slug="new-parks", name="New Parks", kind=WorkstreamKind.PEOPLE_ZONE)
    db.session.add(place)
    db.session.flush()
    assert records_of(place)[0].workstream_id == place.id


def test_a_field_that_was_never_filled_in_comes_from_nothing(app):
    place = WorkstreamFactory()
    place.purpose, place.starts_on = "To help", date(2021, 6, 1)
    db.session.flush()
    changes = records_of(place)[-1].changes
    assert changes == {"purpose": ["", "To help"], "starts_on": [None, "2021-06-01"]}


def test_moving_the_version_on_records_no_change_of_a_column(app):
    activity, aim = ActivityFactory(), AimFactory()
    version = activity.version
    activity.aims = [aim]
    db.session.flush()
    assert activity.version == version + 1
    assert records_of(activity)[-1].changes == {"aims": [[], [str(aim.id)]]}


def test_records_may_be_dated_by_whoever_tells_an_old_story(app):
    at, record_id = datetime(2021, 6, 1, tzinfo=UTC), uuid.uuid4()
    db.session.info["history_stamp"] = lambda: (record_id, at)
    try:
        OrganisationFactory()
    finally:
        del db.session.info["history_stamp"]
    assert db.session.get(ChangeRecord, record_id).at == at
