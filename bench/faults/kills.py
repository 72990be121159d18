"""kill -9 under load: of a worker, of the whole server, and of a process of PostgreSQL's."""

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress

import sqlalchemy as sa

from bench.faults import audit
from bench.faults.site import Site
from bench.faults.writers import Writers

WRITERS = 8
LONGEST_PAUSE = 30.0


def run(site: Site, kinds: tuple[str, ...], kills: int) -> tuple[list[str], str]:
    """Kill `kills` times in each of these ways: "worker", "server", "database". Returns what went
    wrong, and the figures in words."""
    chance = random.Random(1)
    wrong: list[str] = []
    began = time.monotonic()
    plan = [kind for kind in kinds for _ in range(kills)]
    chance.shuffle(plan)
    done: Counter[str] = Counter()
    site.start()
    try:
        with Writers(site, WRITERS) as writers:
            for kind in plan:
                # Each kill comes in the middle of work: after a few more saves, at no round moment.
                if not writers.wait_for(3, LONGEST_PAUSE):
                    wrong.append(f"nothing was saved for {LONGEST_PAUSE:.0f} s before a kill")
                    break
                time.sleep(chance.random() * 0.03)
                _KILL[kind](site, chance)
                done[kind] += 1
            if not wrong and not writers.wait_for(WRITERS, LONGEST_PAUSE):
                wrong.append("it did not go on after the last kill")
        wrong += audit.faults(site, writers.told)
    finally:
        site.stop()
    told = writers.told
    words = (
        f"{', '.join(f'{n} kills of a {kind}' for kind, n in sorted(done.items()))} under {WRITERS} "
        f"writers in {time.monotonic() - began:.0f} s: {len(told.acknowledged)} updates acknowledged, "
        f"{len(told.unsure) + len(told.said_not_saved)} given up without an answer; "
        f"answers {dict(sorted(told.statuses.items()))}"
    )
    return wrong, words


def _kill_worker(site: Site, chance: random.Random) -> None:
    workers = site.worker_ids()
    if workers:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(workers), signal.SIGKILL)


def _kill_server(site: Site, _chance: random.Random) -> None:
    site.kill_server()
    site.start()


def _kill_backend(site: Site, chance: random.Random) -> None:
    """One process that serves a connection. PostgreSQL then throws all of them out and recovers from
    its log, as it does after a power cut."""
    engine = sa.create_engine(site.database_url, poolclass=sa.NullPool)
    until = time.monotonic() + LONGEST_PAUSE
    with suppress(sa.exc.OperationalError), engine.connect() as connection:
        serving = connection.scalars(
            sa.text(
                "SELECT pid FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).all()
        if serving:
            os.kill(chance.choice(serving), signal.SIGKILL)
        # Until we are thrown out as well: PostgreSQL has noticed.
        while serving and time.monotonic() < until:
            connection.exec_driver_sql("SELECT 1")
            time.sleep(0.002)
    while time.monotonic() < until:
        with suppress(sa.exc.OperationalError), engine.connect():
            return
        time.sleep(0.02)


_KILL = {"worker": _kill_worker, "server": _kill_server, "database": _kill_backend}
