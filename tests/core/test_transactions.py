"""Nobody's save is lost: many writers at once, on the engine at hand, in real transactions."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.accounts.models import GuessCount, Organisation
from app.core import clock
from app.core.unit_of_work import finish
from app.extensions import db
from tests.databases import ON_POSTGRESQL
from tests.factories.accounts import OrganisationFactory

WRITERS = 6
SAVES = 15


def run_together(app: Flask, save: Callable[[], None]) -> int:
    """`save` in WRITERS threads, SAVES times each; how many were acknowledged."""
    acknowledged = []
    start = threading.Barrier(WRITERS)
    broken = []

    def writer() -> None:
        start.wait(timeout=30)
        try:
            for _ in range(SAVES):
                while True:
                    with app.test_request_context("/", method="POST"):
                        try:
                            save()
                            finish(app.response_class(status=200))
                        except (StaleDataError, OperationalError):
                            db.session.rollback()
                            continue
                        finally:
                            db.session.remove()
                    acknowledged.append(1)
                    break
        except BaseException as error:
            broken.append(error)
            raise

    threads = [threading.Thread(target=writer) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not broken
    return len(acknowledged)


def test_six_people_saving_one_row_lose_nothing(app: Flask):
    """Each reads the row, adds to what it read, and saves; a refused save is tried again."""
    organisation = OrganisationFactory(name="0")
    organisation_id = organisation.id
    db.session.commit()
    db.session.remove()

    def save() -> None:
        row = db.session.get(Organisation, organisation_id)
        row.name = str(int(row.name) + 1)
        db.session.flush()

    acknowledged = run_together(app, save)
    row = db.session.get(Organisation, organisation_id)
    assert acknowledged == WRITERS * SAVES
    assert int(row.name) == acknowledged
    assert row.version == acknowledged + 1


@pytest.mark.skipif(ON_POSTGRESQL, reason="there a row without a version wants SELECT FOR UPDATE")
def test_on_sqlite_a_writing_request_holds_the_lock_from_its_first_read(app: Flask):
    """No version guards this row: only BEGIN IMMEDIATE does."""
    db.session.add(GuessCount(key="k", tries=0, expires_at=clock.now()))
    db.session.commit()
    db.session.remove()

    def save() -> None:
        row = db.session.get(GuessCount, "k")
        row.tries += 1
        db.session.flush()

    assert run_together(app, save) == WRITERS * SAVES
    assert db.session.get(GuessCount, "k").tries == WRITERS * SAVES


def test_reading_never_waits_for_a_writer(app: Flask):
    """A GET beside an open writing transaction answers at once, with what was there before."""
    OrganisationFactory(name="Before")
    db.session.commit()
    db.session.execute(sa.update(Organisation).values(name="After"))
    seen = []

    def read() -> None:
        with app.test_request_context("/", method="GET"):
            seen.append(db.session.scalar(sa.select(Organisation.name)))
            db.session.remove()

    reader = threading.Thread(target=read)
    reader.start()
    reader.join(timeout=8)
    db.session.rollback()
    assert seen == ["Before"]


@pytest.mark.parametrize("how", ["through the session", "by a statement"])
def test_a_get_cannot_write(app: Flask, how):
    organisation_id = OrganisationFactory(name="Before").id
    db.session.commit()
    db.session.remove()
    with app.test_request_context("/", method="GET"):
        if how == "by a statement" and not ON_POSTGRESQL:
            pytest.skip("SQLite has no read-only transactions; the crawler watches for statements")
        with pytest.raises((RuntimeError, sa.exc.DBAPIError), match=r"write|read-only"):
            if how == "by a statement":
                db.session.execute(sa.update(Organisation).values(name="After"))
            else:
                db.session.get(Organisation, organisation_id).name = "After"
                db.session.flush()
        db.session.rollback()


def test_an_answer_of_400_or_more_saves_nothing(app: Flask):
    for status, kept in ((200, 1), (303, 2), (400, 2), (409, 2), (422, 2), (500, 2)):
        with app.test_request_context("/", method="POST"):
            OrganisationFactory()
            finish(app.response_class(status=status))
            db.session.remove()
        assert db.session.scalar(sa.select(sa.func.count(Organisation.id))) == kept, status
        db.session.remove()
