"""The quick halves of `bench.faults`, so that they cannot rot: a few kills, a small crowd, and a database
that is put back under people's hands."""

from threading import Event, Thread
from types import SimpleNamespace

import pytest

from app.extensions import db
from bench.faults import audit, crowd, kills
from bench.faults.site import PLAN, Site
from bench.faults.writers import Told, Writers
from tests.databases import ON_POSTGRESQL, checksums, database_to_be_hurt, postgresql_tools
from tests.operations.conftest import run
from tests.operations.test_backups import CHANGED_ON_THE_WAY

# Servers of their own: one at a time is enough for the machine.
pytestmark = pytest.mark.xdist_group("faults")


@pytest.fixture
def make_site(new_database, tmp_path):
    """Makes a small Waymark in processes of its own; whatever runs at the end is stopped."""
    sites: list[Site] = []

    def make(people: int, rows: int, database_url: str = "") -> Site:
        folder = tmp_path / f"site{len(sites)}"
        site = Site(folder, database_url or new_database(), people, rows)
        site.app.config["POSTGRESQL_TOOLS"] = postgresql_tools()
        sites.append(site)
        return site

    yield make
    for site in sites:
        site.stop()
        with site.app.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture
def to_be_hurt(tmp_path):
    with database_to_be_hurt(tmp_path) as url:
        yield url


def test_what_was_acknowledged_outlives_a_killed_process(to_be_hurt, make_site):
    kinds = ("worker", "server", *(("database",) if ON_POSTGRESQL else ()))
    wrong, words = kills.run(make_site(kills.WRITERS, 12, to_be_hurt), kinds, 1)
    assert not wrong, f"{words}\n" + "\n".join(wrong)


def test_of_a_crowd_on_one_row_nobody_loses_a_word(make_site):
    wrong, words = crowd.run(make_site(8, 1))
    assert not wrong, f"{words}\n" + "\n".join(wrong)


class Reader:
    """Somebody who reads the plan over and over; `with` starts and stops them."""

    def __init__(self, site: Site) -> None:
        self.site, self.seen = site, []
        self._stop = Event()
        self._thread = Thread(target=self._read)

    def _read(self) -> None:
        while not self._stop.is_set():
            answer = self.site.people[-1].get(PLAN)
            self.seen.append((answer.status, "After the backup" in answer.body))

    def __enter__(self) -> "Reader":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(60)


def sums(app, *, without: frozenset[str] | set[str] = frozenset()) -> dict[str, str]:
    with app.app_context():
        found = checksums(db.engine)
        db.session.remove()
    return {table: held for table, held in found.items() if table not in without}


def test_a_backup_made_and_put_back_while_people_work(make_site, make_installation, tmp_path):
    site = make_site(5, 12)
    site.start()
    during, after = tmp_path / "during", tmp_path / "after"

    with Writers(site, 4) as writers:
        assert writers.wait_for(10, 60)
        before = set(writers.told.acknowledged)
        made = run(site.app, "backup", during)
        assert made.exit_code == 0, made.output
        assert writers.wait_for(10, 60)

    # Every table comes back as it was.
    made = run(site.app, "backup", after)
    assert made.exit_code == 0, made.output
    fresh = make_installation(migrated=False)
    assert run(fresh, "restore", after, "--yes").exit_code == 0
    live = sums(site.app)
    assert len(live) > 20
    assert {t for t, held in sums(fresh).items() if held != live[t]} <= {"sign_ins"}

    # The one made while people wrote is one moment: nothing by halves, nothing missing that had been
    # acknowledged before it began.
    moment = make_installation(migrated=False)
    assert run(moment, "restore", during, "--yes").exit_code == 0
    told = writers.told
    sent = told.acknowledged | told.unsure | told.said_not_saved
    whole = audit.faults(SimpleNamespace(app=moment), Told(before, sent - before))
    assert not whole, "\n".join(whole)

    # Into the live one, under a running server: it shows the old rows or the new ones.
    assert site.people[0].post(f"{PLAN}/edit", **plan_words(site)).status == 303
    with Reader(site) as reader:
        wait_until_seen(reader, (200, True))
        put_back = run(site.app, "restore", during, "--yes")
        assert put_back.exit_code == 0, put_back.output
        wait_until_seen(reader, (303, False))
    assert set(reader.seen) == {(200, True), (303, False)}  # then they are signed out
    assert sums(site.app, without=CHANGED_ON_THE_WAY) == sums(moment, without=CHANGED_ON_THE_WAY)
    assert site.nobody().status == 200 and site.people[0].get("/readyz").status == 200

    # And work goes on, with what the server's processes had prepared and kept for the old rows.
    back = site.signed_in_again(0)
    for number in range(12):
        row = site.rows[number % len(site.rows)]
        opened = back.opened(f"{PLAN}/activities/{row}/update")
        assert opened is not None
        words = {"text": f"Back again {number}", "rag": "green", "rag_reason": ""}
        hidden = {name: opened[name] for name in ("id", "version")}
        answer = back.post(f"{PLAN}/activities/{row}/update", **hidden, **words, forecast_on="")
        assert answer.status == 303
        assert f"Back again {number}" in back.get(PLAN).body


def plan_words(site: Site) -> dict[str, str]:
    """The plan's form with a title that the backup does not have."""
    opened = site.people[0].opened(f"{PLAN}/edit")
    assert opened is not None
    return {
        "version": opened["version"],
        "title": "After the backup",
        "starts_on": "1/4/2021",
        "ends_on": "31/3/2022",
    }


def wait_until_seen(reader: Reader, wanted: tuple[int, bool]) -> None:
    for _ in range(3000):
        if reader.seen[-1:] == [wanted]:
            return
        reader._stop.wait(0.01)
    raise AssertionError(f"never saw {wanted}: {set(reader.seen)}")
