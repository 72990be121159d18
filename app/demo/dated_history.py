"""Change records dated to the day that the demo says things happened, not to the day of loading."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.clock import LONDON
from app.core.history import ChangeRecord
from app.demo.stable_ids import stable_id


class DatedHistory:
    """While `recording`, what is flushed is recorded as done by `actor` at `at` (None: the system)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._at = datetime(2000, 1, 1, tzinfo=LONDON)
        self._count = 0

    def write(self, at: datetime, actor_id: uuid.UUID | None = None) -> None:
        """Flush what has been added so far as of `at`. One call per person and moment."""
        self._at = at
        if actor_id is None:
            self._session.info.pop("actor_id", None)
        else:
            self._session.info["actor_id"] = actor_id
        self._session.flush()

    @contextmanager
    def recording(self) -> Iterator["DatedHistory"]:
        """Listen after the history itself, so that its new records are there to be dated."""
        event.listen(self._session, "before_flush", self._date)
        try:
            yield self
        finally:
            event.remove(self._session, "before_flush", self._date)
            self._session.info.pop("actor_id", None)

    def _date(self, session: Session, _context: Any, _instances: Any) -> None:
        for record in session.new:
            if isinstance(record, ChangeRecord):
                self._count += 1
                record.at = self._at
                # A millisecond apart: records of one moment keep the order they were made in.
                moment = self._at + timedelta(milliseconds=self._count % 1000)
                record.id = stable_id("change", str(self._count), moment)


def at_work(day: date, key: str) -> datetime:
    """An instant in that day's working hours, the same for the same key."""
    minutes = uuid.uuid5(uuid.NAMESPACE_OID, key).int % (7 * 60)
    return datetime.combine(day, time(9, 30), LONDON) + timedelta(minutes=minutes)
