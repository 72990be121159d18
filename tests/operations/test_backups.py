"""A backup is whole, checked and private; a restore is all or nothing, and says what it will do."""

import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import SignIn, User
from app.calendars.models import Holds
from app.calendars.services import make_address
from app.core import clock
from app.core.history import ChangeRecord
from app.delivery.models import DeliveryPlan
from app.extensions import db
from app.operations import backups, last_backup, postgresql_backups
from app.outbox.models import Message, MessageStatus
from app.workstreams.models import Workstream
from tests.databases import ON_POSTGRESQL, checksums
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory
from tests.operations.conftest import run

# A restore changes these on the way, and nothing else.
CHANGED_ON_THE_WAY = {"sign_ins", "outbox_messages", "calendar_feeds"}


def fill(app: Flask, slug: str) -> None:
    with app.app_context():
        plan = DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug=slug).id)
        MembershipFactory(workstream_id=plan.workstream_id)
        for number in range(20):
            ActivityFactory(plan=plan, what=f"Do {number}: £5 – “quoted”\n\t\\. and a line")
        db.session.commit()


def sums(app: Flask) -> dict[str, str]:
    with app.app_context():
        return checksums(db.engine)


@pytest.fixture
def here(make_installation) -> Flask:
    app = make_installation()
    fill(app, "new-parks")
    return app


@pytest.fixture
def file(here, tmp_path):
    """A backup of `here`."""
    path = tmp_path / "backup"
    result = run(here, "backup", path)
    assert result.exit_code == 0, result.output
    return path


class TestABackup:
    def test_is_checked_private_and_alone(self, here, file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        # Nothing is left beside it.
        assert [p.name for p in file.parent.iterdir() if p.is_file()] == ["backup"]

    def test_says_what_it_holds(self, here, tmp_path):
        result = run(here, "backup", tmp_path / "another")
        with here.app_context():
            assert f"revision {backups.newest_revision()}, checked" in result.output

    def test_does_not_take_the_place_of_a_file_unless_told_so(self, here, file):
        before = file.stat().st_mtime_ns
        result = run(here, "backup", file)
        assert result.exit_code == 1
        assert "is there already" in result.output and "--force" in result.output
        assert file.stat().st_mtime_ns == before
        assert run(here, "backup", file, "--force").exit_code == 0
        assert file.stat().st_mtime_ns != before

    def test_a_failed_one_leaves_the_last_one_alone(self, here, file, monkeypatch):
        before = file.read_bytes()

        def damaged(*_):
            raise backups.BackupRefused("It is damaged.")

        with here.app_context():
            engine = type(backups._engine())
        monkeypatch.setattr(engine, "contents", damaged)
        result = run(here, "backup", file, "--force")
        assert result.exit_code == 1 and "It is damaged." in result.output
        assert file.read_bytes() == before
        assert [p.name for p in file.parent.iterdir() if p.is_file()] == ["backup"]

    def test_into_a_folder_that_is_not_there(self, here, tmp_path):
        result = run(here, "backup", tmp_path / "nowhere" / "backup")
        assert result.exit_code == 1 and "There is no folder" in result.output

    def test_of_a_database_that_is_not_waymarks(self, make_installation, tmp_path):
        result = run(make_installation(migrated=False), "backup", tmp_path / "backup")
        assert result.exit_code == 1
        assert "does not hold a database of Waymark's" in result.output
        assert not (tmp_path / "backup").exists()

    def test_its_time_is_noted(self, here, file):
        made = last_backup.when(here.config["INSTANCE"])
        assert clock.now() - made < timedelta(minutes=5)


class TestARestore:
    def test_into_a_new_database_gives_every_row_again(self, here, file, make_installation):
        there = make_installation(migrated=False)
        result = run(there, "restore", file, "--yes")
        assert result.exit_code == 0, result.output
        assert sums(there) == sums(here)
        with there.app_context():
            assert there.test_client().get("/readyz").status_code == 200

    def test_takes_back_what_came_after(self, here, file):
        before = sums(here)
        fill(here, "after-the-backup")
        result = run(here, "restore", file, "--yes")
        assert result.exit_code == 0, result.output
        assert sums(here) == before

    def test_says_what_it_replaces_and_asks(self, here, file):
        fill(here, "after-the-backup")
        before = sums(here)
        result = run(here, "restore", file, answer="n\n")
        assert result.exit_code == 1
        assert "2 workstreams and" in result.output and str(file) in result.output
        assert "Replace everything" in result.output
        assert sums(here) == before
        assert run(here, "restore", file, answer="y\n").exit_code == 0
        assert sums(here) != before

    def test_never_shows_the_password_of_the_database(self, here, file, monkeypatch):
        with here.app_context():
            monkeypatch.setattr(
                db.engine, "url", db.engine.url.set(password="planted") if ON_POSTGRESQL else db.engine.url
            )  # fmt: skip
            assert "planted" not in backups.what_is_here()
            if ON_POSTGRESQL:
                assert "planted" not in postgresql_backups._where()
                assert postgresql_backups._environment()["PGPASSWORD"] == "planted"

    def test_ends_every_sign_in(self, here, tmp_path):
        """One that was ended after the backup would otherwise be open again."""
        with here.app_context():
            db.session.add(SignIn(user_id=UserFactory().id))
            db.session.commit()
        run(here, "backup", tmp_path / "backup")
        result = run(here, "restore", tmp_path / "backup", "--yes")
        assert "everybody is signed out" in result.output
        with here.app_context():
            [ended] = db.session.scalars(sa.select(SignIn.ended_at))
            assert clock.now() - ended < timedelta(minutes=5)

    def test_stops_every_calendar_address(self, here, tmp_path):
        """One that was replaced after the backup would otherwise work again."""
        with here.app_context():
            user = UserFactory()
            token = make_address(user=user, holds=Holds.MINE)
            db.session.commit()
        run(here, "backup", tmp_path / "backup")
        client = here.test_client()
        with here.app_context():
            assert client.get(f"/calendar/{token}.ics").status_code == 200
        result = run(here, "restore", tmp_path / "backup", "--yes")
        assert "calendar addresses stop" in result.output
        with here.app_context():
            assert client.get(f"/calendar/{token}.ics").status_code == 404

    def test_sends_no_mail_again(self, here, tmp_path):
        """What waited when the backup was made may have gone out since."""
        with here.app_context():
            for status in MessageStatus:
                db.session.add(
                    Message(recipient="a@b.example", subject=status, body="b", status=status)
                )
            db.session.commit()
        run(here, "backup", tmp_path / "backup")
        assert "mail" in run(here, "restore", tmp_path / "backup", "--yes").output
        with here.app_context():
            found = db.session.execute(sa.select(Message.subject, Message.status, Message.problem))
            told = {subject: (status, problem) for subject, status, problem in found}
        assert told["waiting"][0] == told["sending"][0] == MessageStatus.KEPT
        assert "may have gone out before" in told["waiting"][1]
        assert told["sent"] == (MessageStatus.SENT, None)
        assert told["failed"] == (MessageStatus.FAILED, None)


def of_revision(here, tmp_path, revision: str):
    """A backup that says it is of another revision."""
    with here.app_context(), db.engine.begin() as connection:
        was = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        statement = sa.text("UPDATE alembic_version SET version_num = :revision")
        connection.execute(statement, {"revision": revision})
    path = tmp_path / f"of-{revision}"
    assert run(here, "backup", path).exit_code == 0
    with here.app_context(), db.engine.begin() as connection:
        connection.execute(statement, {"revision": was})
    return path


class TestWhatIsNotRestored:
    def refused(self, app, path) -> str:
        before = sums(app)
        result = run(app, "restore", path, "--yes")
        assert result.exit_code == 1, result.output
        assert "Traceback" not in result.output
        assert sums(app) == before
        return result.output

    @pytest.mark.parametrize("content", [b"", b"Dear all,", b"PK\x03\x04" + b"x" * 100])
    def test_another_kind_of_file(self, here, tmp_path, content):
        path = tmp_path / "letter.docx"
        path.write_bytes(content)
        assert "is not a backup of Waymark's" in self.refused(here, path)

    def test_a_file_that_is_not_there(self, here, tmp_path):
        assert "cannot be read" in self.refused(here, tmp_path / "nothing")

    def test_a_backup_of_the_other_engine(self, here, tmp_path):
        path = tmp_path / "other"
        path.write_bytes(b"SQLite format 3\0" if ON_POSTGRESQL else b"PGDMP" + b"\0" * 20)
        other = "SQLite" if ON_POSTGRESQL else "PostgreSQL"
        said = self.refused(here, path)
        assert f"is a backup of {other}" in said and "goes back into the kind" in said

    def test_a_damaged_one(self, here, file):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) * 2 // 3])
        said = self.refused(here, file)
        assert "damaged" in said or "failed" in said

    def test_another_programs_database(self, here, make_installation, tmp_path):
        path = tmp_path / "other"
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE songs (title)")
        other.close()
        if ON_POSTGRESQL:
            empty = make_installation(migrated=False)
            with empty.app_context():
                postgresql_backups.PostgreSQL().write(path)
        assert "does not hold a database of Waymark's" in self.refused(here, path)

    def test_one_of_a_newer_waymark(self, here, tmp_path):
        said = self.refused(here, of_revision(here, tmp_path, "9999"))
        assert "newer Waymark (revision 9999" in said


class TestAnOlderBackup:
    @pytest.fixture
    def older(self, here, tmp_path, monkeypatch):
        """A backup of today's revision, when there is a newer one with a table more."""
        path = tmp_path / "older"
        assert run(here, "backup", path).exit_code == 0
        return path

    @pytest.fixture
    def newer_schema(self, here, monkeypatch):
        """A table that the backup does not have, and that points at one that it has."""
        with here.app_context(), db.engine.begin() as connection:
            kind = "uuid" if ON_POSTGRESQL else "char(32)"
            connection.exec_driver_sql(
                f"CREATE TABLE notes_of_tomorrow (workstream_id {kind} REFERENCES workstreams (id))"
            )
            connection.exec_driver_sql("INSERT INTO notes_of_tomorrow SELECT id FROM workstreams")
        monkeypatch.setattr(
            postgresql_backups,
            "known_tables",
            lambda: backups.known_tables() | {"notes_of_tomorrow"},
        )
        monkeypatch.setattr(backups, "newest_revision", lambda: "0099")

    def test_goes_back_and_says_what_is_next(self, here, older, newer_schema):
        result = run(here, "restore", older, "--yes")
        assert result.exit_code == 0, result.output
        assert "needs 0099" in result.output and "flask db upgrade" in result.output
        with here.app_context():
            assert "notes_of_tomorrow" not in sa.inspect(db.engine).get_table_names()

    def test_or_is_upgraded_at_once(self, here, older, newer_schema, monkeypatch):
        ran = []
        monkeypatch.setattr("app.operations.commands.migrate_to_head", lambda: ran.append(1))
        result = run(here, "restore", older, "--yes", "--upgrade")
        assert result.exit_code == 0, result.output
        assert ran and "Upgraded from revision" in result.output


@pytest.mark.skipif(not ON_POSTGRESQL, reason="PostgreSQL's tools")
class TestPostgreSQLsTools:
    def test_missing(self, make_installation, tmp_path):
        app = make_installation()
        app.config["POSTGRESQL_TOOLS"] = str(tmp_path)
        result = run(app, "backup", tmp_path / "backup")
        assert result.exit_code == 1
        assert "pg_dump is not in" in result.output
        assert "WAYMARK_POSTGRESQL_TOOLS" in result.output

    def test_older_than_the_server(self, make_installation, tmp_path):
        app = make_installation()
        old = tmp_path / "old"
        old.mkdir()
        tool = old / "pg_dump"
        tool.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.18 (Debian)'\n")
        tool.chmod(0o755)
        app.config["POSTGRESQL_TOOLS"] = str(old)
        result = run(app, "backup", tmp_path / "backup")
        assert result.exit_code == 1
        assert "is of version 15 and the server of 18" in result.output

    def test_a_restore_that_ends_early_changes_nothing(self, here, file, tmp_path):
        """pg_restore dies in the middle of a table; no COMMIT has been said."""
        real = here.config["POSTGRESQL_TOOLS"]
        half = tmp_path / "half"
        half.mkdir()
        for name in ("psql", "pg_dump"):
            (half / name).symlink_to(Path(real) / name)
        tool = half / "pg_restore"
        tool.write_text(
            "#!/bin/sh\n"
            f'case "$*" in *--clean*) "{real}/pg_restore" "$@" | head -c 9000; exit 1;; esac\n'
            f'exec "{real}/pg_restore" "$@"\n'
        )
        tool.chmod(0o755)
        fill(here, "after-the-backup")
        before = sums(here)
        here.config["POSTGRESQL_TOOLS"] = str(half)
        result = run(here, "restore", file, "--yes")
        assert result.exit_code == 1, result.output
        assert "Nothing was changed" in result.output
        assert sums(here) == before


@pytest.mark.skipif(not ON_POSTGRESQL, reason="PostgreSQL's locks")
def test_somebody_at_work_all_the_time_stops_a_restore(here, file, monkeypatch):
    monkeypatch.setattr(postgresql_backups, "_TRIES", 3)
    fill(here, "after-the-backup")
    before = sums(here)
    with here.app_context(), db.engine.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM workstreams")
        result = run(here, "restore", file, "--yes")
        reader.rollback()
    assert result.exit_code == 1
    assert "at work all the time" in result.output and "nothing was changed" in result.output
    assert sums(here) == before


@pytest.mark.skipif(ON_POSTGRESQL, reason="SQLite has one writer")
class TestAWriterWhoNeverEnds:
    @pytest.fixture
    def hasty(self, make_installation):
        """An installation that waits for nobody."""
        app = make_installation(SQLITE_BUSY_TIMEOUT_MS=50)
        fill(app, "new-parks")
        return app

    @pytest.fixture
    def writer(self, hasty, tmp_path):
        assert run(hasty, "backup", tmp_path / "backup").exit_code == 0
        with hasty.app_context():
            path = db.engine.url.database
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        yield
        writer.execute("ROLLBACK")
        writer.close()

    def test_stops_a_restore_in_time(self, hasty, writer, tmp_path, monkeypatch):
        monkeypatch.setattr("app.operations.sqlite_backups._LONGEST_WAIT", 0.2)
        with hasty.app_context():
            contents = backups.look_into(tmp_path / "backup")
            with pytest.raises(backups.BackupRefused, match="nothing was changed"):
                backups.put_back(tmp_path / "backup", contents)

    def test_which_says_so(self, hasty, writer, tmp_path):
        result = run(hasty, "restore", tmp_path / "backup", "--yes")
        assert result.exit_code == 1
        assert "somebody is writing to it. Nothing was changed" in result.output

    def test_does_not_stop_a_backup(self, hasty, writer, tmp_path):
        assert run(hasty, "backup", tmp_path / "another").exit_code == 0


def test_a_running_waymark_reads_the_restored_rows_at_once(here, tmp_path):
    """Pages that it keeps in memory are named by a plan's revision, which never comes twice: the one
    that returns with the backup is of the very rows that return."""
    with here.app_context():
        lead = UserFactory(administrator=True, tf_primary_method="authenticator")
        lead_id = lead.id
        plan = "/workstreams/new-parks/plan"
        client = here.test_client().sign_in(lead)
        as_it_was = client.get(plan).text
    assert run(here, "backup", tmp_path / "backup").exit_code == 0
    with here.app_context():
        workstream = db.session.scalars(sa.select(Workstream)).one()
        found = db.session.scalars(
            sa.select(DeliveryPlan).where(DeliveryPlan.workstream_id == workstream.id)
        ).one()
        ActivityFactory(plan=found, what="After the backup")
        db.session.commit()
        assert "After the backup" in client.get(plan).text
    assert run(here, "restore", tmp_path / "backup", "--yes").exit_code == 0
    with here.app_context():
        assert client.get(plan).status_code in (302, 303)  # signed out
        again = db.session.get(User, lead_id)
        now = here.test_client().sign_in(again).get(plan).text
        assert "After the backup" not in now
        assert now.count("Do 1") == as_it_was.count("Do 1")
        assert db.session.scalar(sa.select(sa.func.count(ChangeRecord.id))) > 0
