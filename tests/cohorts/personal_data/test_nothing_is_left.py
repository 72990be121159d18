"""After erasing and after retention, nothing of a person is anywhere: proven by words planted in every
personal column of every table, and then looked for in every table, in the search index, the change
history, mail, files and the log."""

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.cohorts.personal_data import retention
from app.cohorts.personal_data.models import Reason
from app.cohorts.personal_data.people import person_of
from app.cohorts.personal_data.reaching import (
    ACCOUNTS,
    MAIL,
    parts_of,
    personal_columns,
    record_tables,
    tables_with_personal_data,
)
from app.cohorts.personal_data.services import erase_person
from app.core.database import Base
from app.core.history import ChangeRecord
from app.extensions import db
from app.outbox.models import Message, MessageStatus
from tests.cohorts.personal_data.planting import (
    Gardener,
    everywhere,
    found_in,
    personal_tables_without_a_row,
)
from tests.databases import ON_POSTGRESQL
from tests.factories.accounts import UserFactory
from tests.factories.importing import UploadFactory


@pytest.fixture
def hers(app):
    """Everything of one person."""
    return Gardener("needle").plant()


@pytest.fixture
def his(app, hers):
    """Everything of somebody else, who must be left alone. (What both stand on is each one's own.)"""
    return Gardener("other").plant()


def texts(app):
    db.session.commit()
    return list(everywhere(app.config["INSTANCE"]))


def test_every_table_with_personal_data_is_a_record_or_a_part_of_one(migrated_app):
    """Fails for a new table: give it a foreign key to what it is a part of (`application_id`,
    `participant_id`, `member_id` …) or a column `email` of its own."""
    reached = {*record_tables()}.union(*(parts_of(record) for record in record_tables()))
    missing = {table.name for table in tables_with_personal_data()} - {t.name for t in reached}
    assert not missing, f"nobody would erase: {sorted(missing)}"


def test_the_tables_of_accounts_are_there_and_no_others_are_left_out(migrated_app):
    with_personal = {t.name for t in Base.metadata.sorted_tables if personal_columns(t)}
    assert {*ACCOUNTS, MAIL} <= with_personal


def test_every_personal_column_is_planted(app, hers):
    assert set(personal_tables_without_a_row(hers)) == set(ACCOUNTS) - {"users"}
    planted = {
        f"{table.name}.{column.name}"
        for table in [*tables_with_personal_data(), Base.metadata.tables[MAIL]]
        for column in personal_columns(table)
    }
    assert set(hers.words) == planted
    # And each can be found, so that not finding it means something; in history too.
    found = found_in(texts(app), hers)
    assert {line.split(" ")[0] for line in found} == planted
    assert any(line.endswith("in change_records") for line in found)


def leave_traces(hers):
    """What stands outside of her own rows: mail to others, and a file that is being imported."""
    name = hers.words["applications.name"]
    for body in (f"Call {hers.email} today", f"About {name} Smith"):
        db.session.add(
            Message(recipient="coordinator@waymark.example", subject="Please ring", body=body)
        )
    waiting = Message(recipient=hers.email.upper(), subject="Hello", body="Words")
    waiting.status = MessageStatus.WAITING
    db.session.add(waiting)
    application = hers.rows["applications"]
    application.name = f"{name} Smith"
    upload = UploadFactory()
    upload.content = {"grids": [{"rows": [["Name", "Address"], ["x", hers.email]]}]}
    db.session.flush()


def test_erasing_leaves_nothing_of_her_anywhere(app, hers, his, caplog):
    leave_traces(hers)
    before = {line.split(" ")[0] for line in found_in(texts(app), his)}
    with caplog.at_level(logging.DEBUG):
        person = person_of("applications", hers.rows["applications"].id)
        erase_person(person=person, by=UserFactory(), reason=Reason.ASKED)
        after = texts(app)
    assert found_in(after, hers) == []
    assert found_in([("log", caplog.text)], hers) == []
    # Everything of his is where it was.
    assert {line.split(" ")[0] for line in found_in(after, his)} == before
    # What mail to others said beside it is still there.
    kept = set(db.session.scalars(sa.select(Message.body)))
    assert {"Call [erased] today", "About [erased]"} <= kept


def test_erasing_can_begin_with_any_of_her_records(app, hers):
    hers_too = {
        name
        for name, row in hers.rows.items()
        if name in {t.name for t in record_tables()} and row is not None
    }
    for name in hers_too:
        person = person_of(name, hers.rows[name].id)
        assert {table.name for table, ids in person.records.items() if ids} == hers_too


def test_what_has_been_removed_leaves_nothing_in_history_either(app, hers):
    """A row that somebody deleted before: its history still said what it said."""
    application_id = hers.rows["applications"].id
    record = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == application_id)
    ).first()
    gone = {"subject_id": UserFactory().id, "subject_type": "participants"}
    values = {c.name: getattr(record, c.name) for c in ChangeRecord.__table__.columns}
    db.session.execute(
        sa.insert(ChangeRecord).values(
            {**values, **gone, "id": UserFactory().id, "personal": {"project": [None, "leftover"]}}
        )
    )
    person = person_of("applications", application_id)
    erase_person(person=person, by=UserFactory(), reason=Reason.ASKED)
    assert not [where for where, text in texts(app) if "leftover" in text]


def test_retention_leaves_nothing_anywhere(app, hers, caplog):
    """Planted long ago, so that the time of each category is over."""
    db.session.commit()
    with caplog.at_level(logging.DEBUG):
        retention.run()
        after = texts(app)
    assert found_in(after, hers) == []
    assert found_in([("log", caplog.text)], hers) == []


def test_a_dry_run_names_nobody_and_changes_nothing(app, hers):
    before = texts(app)
    result = app.test_cli_runner().invoke(args=["retention", "run", "--dry-run"])
    assert result.exit_code == 0, result.output
    assert found_in([("output", result.output)], hers) == []
    assert hers.rows["applications"].reference in result.output
    assert texts(app) == before


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL overwrites by itself, in its own time")
def test_the_files_of_sqlite_hold_nothing_either(app, hers, client):
    """Not as free space, and not in the write-ahead log."""
    url = f"/admin/people-data/applications/{hers.rows['applications'].id}/erase"
    client.sign_in(UserFactory(administrator=True))
    path = Path(db.engine.url.database)
    # The log ends with what stands in the database; before, both hold her words.
    assert "needle" in in_files(path)
    answer = client.post(url, data={"reason": "asked", "sure": "y"})
    assert answer.status_code == 303
    assert "needle" not in in_files(path)


def in_files(path):
    return "".join(one.read_bytes().decode("latin-1") for one in path.parent.glob(f"{path.name}*"))
