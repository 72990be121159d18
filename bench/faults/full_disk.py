"""A full disk under SQLite: every refused save says so, reading goes on, and so does saving once there
is room.

The disk is a small one in memory (tmpfs), mounted for the server alone in a mount namespace of its own.
"""

import os
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

from bench.faults import audit
from bench.faults.site import PLAN, Answer, Site
from bench.faults.writers import Writers

SIZE = "8m"
WRITERS = 8
REFUSED_SAVES = 60
LONGEST = 60.0


def can_mount() -> bool:
    """Whether this machine lets us mount for ourselves."""
    tried = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def run(site: Site, disk: Path) -> tuple[list[str], str]:
    """`disk` is the folder that the small disk is mounted on; the site's database is copied there.
    Returns what went wrong, and the figures in words."""
    wrong: list[str] = []
    disk.mkdir()
    database = Path(site.database_url.removeprefix("sqlite:///"))
    site.environment |= {"DATABASE_URL": f"sqlite:///{disk / database.name}"}
    site.environment |= {"WAYMARK_INSTANCE": str(disk)}
    prepare = (
        f'mount -t tmpfs -o size={SIZE} none "{disk}" && cp "{database}" "{disk}/" && exec "$@"'
    )
    site.start(("unshare", "--map-root-user", "--mount", "sh", "-c", prepare, "sh"))
    try:
        assert site.server is not None
        # The same folder as the server sees it.
        inside = Path(f"/proc/{site.server.pid}/root{disk}")
        readers: Counter[int] = Counter()
        with Writers(site, WRITERS) as writers:
            if not writers.wait_for(20, LONGEST):
                wrong.append("nothing was saved before the disk was full")
            _fill(inside / "filler")
            until = time.monotonic() + LONGEST
            while writers.told.statuses[503] < REFUSED_SAVES and time.monotonic() < until:
                for path in (PLAN, "/", f"/workstreams/{PLAN.split('/')[2]}"):
                    readers[site.people[-1].get(path).status] += 1
                time.sleep(0.05)
            refused = writers.told.statuses[503]
            page = _one_refused(site)
            ready = site.people[-1].get("/readyz")
            (inside / "filler").unlink()
            if not writers.wait_for(20, LONGEST):
                wrong.append("it did not go on once there was room")
        # The disk would go with the server, were it not held open here.
        held = os.open(inside, os.O_RDONLY | os.O_DIRECTORY)
        site.stop()
        for file in Path(f"/proc/self/fd/{held}").glob(f"{database.name}*"):
            shutil.copyfile(file, database.parent / file.name)
        os.close(held)
        wrong += audit.faults(site, writers.told)
    finally:
        site.stop()
    if refused < REFUSED_SAVES:
        wrong.append(f"only {refused} saves were refused: the disk was not full")
    if set(readers) != {200}:
        wrong.append(f"reading was answered {dict(readers)}")
    for words in ("no room to save", "Nothing was saved", "still holds what you typed"):
        if words not in page.body:
            wrong.append(f"the page of a refused save does not say “{words}”: {page.status}")
    if ready.status != 503:
        wrong.append(f"/readyz answered {ready.status} with a full disk")
    words = (
        f"disk of {SIZE} (tmpfs) filled under {WRITERS} writers: {refused} saves refused in words, "
        f"{sum(readers.values())} pages read meanwhile, {len(writers.told.acknowledged)} updates "
        f"acknowledged and all there; answers {dict(sorted(writers.told.statuses.items()))}"
    )
    return wrong, words


def _fill(filler: Path) -> None:
    """Write until nothing more fits."""
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512):
            try:
                while True:
                    file.write(os.urandom(size))
            except OSError:
                continue


def _one_refused(site: Site) -> Answer:
    """The page that somebody gets whose save has no room."""
    person, path = site.people[-1], f"{PLAN}/activities/{site.rows[0]}/edit"
    opened = person.opened(path) or {}
    answer = Answer(0)
    for _ in range(50):
        answer = person.post(
            path,
            version=opened.get("version", "1"),
            what="x" * 4000,
            how="y" * 4000,
            lead_person="",
            lead_organisation="",
            reports_to="",
        )
        if answer.status == 503:
            break
    return answer
