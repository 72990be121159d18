"""When the last backup was made: kept beside the database, for the metrics. Each server knows its own."""

from datetime import datetime
from pathlib import Path

from app.core import clock

_NAME = "last-backup"


def note(instance: Path) -> None:
    """A backup has just succeeded."""
    (instance / _NAME).write_text(clock.now().isoformat() + "\n", encoding="utf-8")


def when(instance: Path) -> datetime | None:
    """When the last one succeeded; None if none has."""
    try:
        return datetime.fromisoformat((instance / _NAME).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
