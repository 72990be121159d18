"""Which fault runs, on which engine, and the verdict."""

import tempfile
from pathlib import Path

from bench.faults import crowd, full_disk, kills
from bench.faults.site import Site, database_url

CHOICES = ("kills", "crowd", "full-disk")
ROWS, PEOPLE = 24, 50


def run(only: str, *, engine: str, times: int) -> int:
    """Run one fault; 0 if every promise was kept, else 1."""
    with tempfile.TemporaryDirectory(prefix="waymark-faults-") as name:
        folder = Path(name)
        url = database_url(engine, folder, "faults")
        if only == "full-disk":
            if engine != "sqlite" or not full_disk.can_mount():
                print("full-disk on sqlite: NOT TRIED. It needs unshare and user namespaces.")
                return 1
            site = Site(folder, url, full_disk.WRITERS + 1, ROWS)
            return _verdict(only, engine, *full_disk.run(site, folder / "disk"))
        if only == "crowd":
            return _verdict(only, engine, *crowd.run(Site(folder, url, PEOPLE, 1)))
        kinds = ("worker", "server", *(("database",) if engine == "postgresql" else ()))
        site = Site(folder, url, kills.WRITERS, ROWS)
        return _verdict(only, engine, *kills.run(site, kinds, times))


def _verdict(only: str, engine: str, wrong: list[str], words: str) -> int:
    print(f"{only} on {engine}: {'BROKEN' if wrong else 'HELD'}. {words}.")
    for fault in wrong[:20]:
        print(f"  {fault}")
    return 1 if wrong else 0
