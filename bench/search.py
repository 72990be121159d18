"""Search over more than 100,000 things, as a reader of everything and of one small workstream."""

import statistics
import time
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from bench import stage
from bench.load import p95
from bench.report import Row

REPEATS = 40
GOAL_MS = 100
SMALL = "scale-small@waymark.example"
EVERYTHING = "officer@waymark.example"
# In 20,000 rows that the reader of one workstream may not see; and in none at all.
HIDDEN, NOWHERE = "quincunx", "quincunq"
QUERIES = {
    "a common word": "partners",
    "a rare word": "4711",
    "two common words": "partners met",
    "the beginning of a common word": "mee",
    "a phrase": '"the next two steps"',
}


def rows(engine: str, app: Any) -> list[Row]:
    """p95 of the whole page for each question and reader; then what a hidden word costs."""
    number = _prepare(app)
    found = []
    for who, email in (("everything", EVERYTHING), ("one workstream", SMALL)):
        cookie = stage.cookie_for(app, email)
        took = _interleaved(app, cookie, list(QUERIES.values()))
        for name, query in QUERIES.items():
            found.append(
                Row(
                    f"Search, {engine}, {who}, {name}: p95, ms",
                    p95(took[query]),
                    GOAL_MS,
                    "at most",
                    f"median {statistics.median(took[query]):.1f} ms; {number:,} things",
                )
            )
    took = _interleaved(app, stage.cookie_for(app, SMALL), [HIDDEN, NOWHERE])
    hidden, nowhere = (statistics.median(took[query]) for query in (HIDDEN, NOWHERE))
    words = f"{hidden:.2f} ms beside {nowhere:.2f} ms for a word that is nowhere"
    found.append(
        Row(
            f"Search, {engine}: a word in 20,000 hidden rows, ms more",
            hidden - nowhere,
            None,
            "",
            words,
        )
    )
    return found


def _prepare(app: Any) -> int:
    """Somebody who sees one workstream, and a word that only others see; how much can be found."""
    from app.accounts.models import User
    from app.core.database import new_id
    from app.delivery.models import ProgressUpdate
    from app.extensions import db
    from app.search.keeping import refresh
    from app.search.models import SearchEntry
    from app.workstreams.models import MemberRole, Membership, Workstream

    with app.app_context():
        mine = db.session.scalars(
            sa.select(Workstream.id).where(Workstream.slug == "scale-2")
        ).one()
        user_id = new_id()
        db.session.add(User(id=user_id, email=SMALL, name="Scale small", fs_uniquifier=user_id.hex))
        db.session.flush()
        db.session.add(Membership(workstream_id=mine, user_id=user_id, role=MemberRole.READER))
        theirs = sa.select(ProgressUpdate.id).where(ProgressUpdate.workstream_id != mine)
        ids = db.session.scalars(theirs.order_by(ProgressUpdate.id.desc()).limit(20_000)).all()
        for start in range(0, len(ids), 5_000):
            some = ids[start : start + 5_000]
            db.session.execute(
                sa.update(ProgressUpdate.__table__)
                .where(ProgressUpdate.id.in_(some))
                .values(text=f"As {HIDDEN} as can be.")
            )
            refresh(db.session(), ProgressUpdate, some)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("VACUUM ANALYZE"))  # as its own timer would
        return db.session.scalar(sa.select(sa.func.count()).select_from(SearchEntry)) or 0


def _interleaved(app: Any, cookie: str, queries: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each page, in turns, so that the machine's moods touch all alike."""
    client = app.test_client(use_cookies=False)
    took: dict[str, list[float]] = {query: [] for query in queries}
    for turn in range(REPEATS + 3):
        for query in queries:
            began = time.perf_counter()
            response = client.get(f"/search?q={quote(query)}", headers={"Cookie": cookie})
            if response.status_code != 200:
                raise RuntimeError(f"Searching for {query} answered {response.status_code}")
            if turn >= 3:  # the first ones fill caches
                took[query].append((time.perf_counter() - began) * 1000)
    return took
