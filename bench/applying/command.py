"""Run it on one engine: print what was kept and what the pages cost, or on what it broke."""

import statistics
import tempfile
from pathlib import Path

from bench.applying import audit, coordinating, rush
from bench.applying.applicant import Line
from bench.applying.cohort import Cohort
from bench.faults.site import database_url
from bench.load import p95
from bench.report import Row

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def run(engine: str, many: int) -> bool:
    """Have `many` people apply, then ask for the coordinator's pages. Prints; gives whether
    every promise was kept."""
    with tempfile.TemporaryDirectory(prefix="waymark-applying-") as name:
        folder = Path(name)
        url = database_url(engine, folder, "applying")
        site = Cohort(folder, url, people_wanted=0, rows_wanted=0, today=None)
        site.start()
        try:
            done = rush.run(site, many)
            unlisted, drafts = audit.not_submitted(site, done)
            wrong = [*audit.faults(site, done), *unlisted]
            _tell(engine, done, drafts, wrong)
            if not wrong:
                coordinating.fill(site)
                for row in coordinating.rows(site, NAMES[engine]):
                    print(row, flush=True)
        finally:
            site.stop()
    return not wrong


def _tell(engine: str, done: rush.Rush, drafts: int, wrong: list[str]) -> None:
    name, many = NAMES[engine], len(done.applicants)
    presses = sum(len(one.told) for one in done.applicants)
    late = sum(422 in one.told for one in done.applicants)
    print(
        f"{many:,} applications on {name}: {'BROKEN' if wrong else 'HELD'}. "
        f"{many - drafts:,} sent and there with their answers, none twice, none after "
        f"{audit.when(done.closes_at)}; {late:,} came too late and {len(done.saved_late):,} were "
        f"still writing, and are kept as not submitted; {presses:,} presses of the button, "
        f"{rush.AT_ONCE} at once.",
        flush=True,
    )
    for fault in wrong[:20]:
        print(f"  {fault}")
    print(_row(f"{name}: applying, requests/s", done.writing, done.seconds_writing))
    print(_row(f"{name}: the last minute, requests/s", done.sending, done.seconds_sending))


def _row(name: str, line: Line, seconds: float) -> Row:
    took = [one * 1000 for one in line.seconds] or [0.0, 0.0]
    words = (
        f"{seconds:.0f} s; p50 {statistics.median(took):.0f} ms, p95 {p95(took):.0f} ms; answers "
        f"{dict(sorted(line.statuses.items()))}"
    )
    return Row(name, len(line.seconds) / max(seconds, 0.001), None, "", words)
