"""`make bench`: every measurement, its goal, and whether it was met.

It takes about three minutes, and many more for the 5,000 who apply on each engine (`--applications 200` is
quicker, `--only applying` is that alone).

The faults (`bench.faults`) run only when they are asked for.
"""

import argparse
import sys

from bench import (
    counts,
    evidence,
    files,
    growth,
    indicators,
    maps,
    search,
    speed,
    stage,
    timeline,
    watching,
)
from bench.applying import command as applying
from bench.faults import command as faults
from bench.load import Target
from bench.report import Row

READER, LEAD = "scale-reader@waymark.example", "officer@waymark.example"

ENGINES = ("sqlite", "postgresql")
MEASURED = (
    "speed",
    "counts",
    "files",
    "growth",
    "search",
    "timeline",
    "watching",
    "applying",
    "map",
    "evidence",
    "indicators",
)


def main() -> None:
    """Measure, print, and exit 0: a missed goal is a number to look at, not a broken build. A broken
    promise is one."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=8099)
    arguments.add_argument("--most-changes", type=int, default=1_000_000)
    arguments.add_argument("--only", choices=[*MEASURED, *faults.CHOICES])
    arguments.add_argument("--engine", choices=ENGINES)
    arguments.add_argument("--kills", type=int, default=100)
    arguments.add_argument("--applications", type=int, default=5000)
    chosen = arguments.parse_args()
    if chosen.only in faults.CHOICES:
        sys.exit(faults.run(chosen.only, engine=chosen.engine or "sqlite", times=chosen.kills))
    if chosen.only in (None, "applying"):
        engines = [chosen.engine] if chosen.engine else ENGINES
        broken = [e for e in engines if not applying.run(e, chosen.applications)]
        if broken:
            sys.exit(1)
        if chosen.only:
            return
    with stage.new_folder() as folder:
        app = stage.prepare(folder)
        if chosen.only in (None, "search"):
            _print(*search.rows("SQLite", app))
            with stage.on_postgresql(folder) as another:
                _print(*search.rows("PostgreSQL", another))
        reader, lead = stage.cookie_for(app, READER), stage.cookie_for(app, LEAD)
        plan = stage.plan_path(app)
        if chosen.only in (None, "counts"):
            for name, path in (("Plan", plan), ("Portfolio", "/workstreams"), ("Home", "/")):
                _print(counts.queries(app, name, path, reader))
            _print(counts.in_place_save(app, plan, lead))
        if chosen.only in (None, "files"):
            _print(*files.exports(app, plan, reader))
        if chosen.only in (None, "speed", "counts"):
            with stage.served(chosen.port):
                page = Target(chosen.port, plan, reader)
                if chosen.only != "counts":
                    _speed(chosen.port, page, lead, plan)
                _print(*counts.first_view(page))
        if chosen.only in (None, "watching"):
            _print(*watching.rows(chosen.port, plan, reader))
        if chosen.only in (None, "growth"):
            steps = tuple(
                size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= chosen.most_changes
            )
            _print(*growth.rows(app, plan, lead, steps))
        if chosen.only in (None, "evidence"):
            _print(*evidence.rows(app, plan, reader))
        # Last, because it adds to the plan that the others measure.
        if chosen.only in (None, "timeline"):
            _print(*timeline.rows(app, plan, reader))
        if chosen.only in (None, "map"):
            _print(*maps.rows(app, plan, reader))
        if chosen.only in (None, "indicators"):
            _print(*indicators.rows(app, plan.removesuffix("/plan"), lead))


def _speed(port: int, page: Target, lead: str, plan: str) -> None:
    row, rate = speed.ratio("Plan, 100 activities", page)
    _print(row, speed.at_half_load("Plan page", page, rate, 50))
    portfolio = Target(port, "/workstreams", page.cookie)
    row, rate = speed.ratio("Portfolio, 100 workstreams", portfolio)
    _print(row, speed.at_half_load("Portfolio", portfolio, rate, 50))
    body = Target(port, plan, lead).ask(page.connect()).body.decode()  # type: ignore[attr-defined]
    link = next(part for part in body.split('"') if part.endswith("/update"))
    fragment = Target(port, link, lead, {"HX-Request": "true"})
    row, rate = speed.ratio("Row opened in place", fragment)
    # No goal as a ratio: a fragment is too small for the bytes to be its cost.
    _print(Row(row.name, row.value, None, "", row.words))
    _print(speed.at_half_load("Fragment", fragment, rate, 20))


def _print(*rows: Row) -> None:
    for row in rows:
        print(row, flush=True)


if __name__ == "__main__":
    main()
