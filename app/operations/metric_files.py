"""Where the worker processes keep their counts, so that any of them can tell the sum.

In memory where the system has such a folder: a count that cannot be written because the disk is full
would end the process. Nothing is imported here that counts, because that must come after.
"""

import hashlib
import os
import shutil
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def folder_of(instance: Path, port: str) -> Path:
    """Where the server on this port keeps its counts."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of our own in it, closed to others)
    name = hashlib.sha256(f"{instance.resolve()}:{port}".encode()).hexdigest()[:16]
    return (memory if memory.is_dir() else instance) / f"waymark-metrics-{os.getuid()}-{name}"


def prepare(instance: Path, port: str) -> None:
    """Make the folder of the server on this port, empty, and name it to the library. Called before
    the application is imported; a reload keeps the counts.

    Raises FileExistsError when the folder is somebody else's.
    """
    if VARIABLE in os.environ:
        return
    folder = folder_of(instance, port)
    if folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == os.getuid():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    os.environ[VARIABLE] = str(folder)


def forget_worker(pid: int) -> None:
    """A worker has ended: what it was busy with no longer counts. What it has done does."""
    if VARIABLE in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]


def clear() -> None:
    """The server has stopped."""
    if folder := os.environ.get(VARIABLE):
        shutil.rmtree(folder, ignore_errors=True)
