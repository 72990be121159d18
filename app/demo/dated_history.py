"""Change records dated to the day that the demo says things happened, not to the day of loading."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.core.clock import LONDON
from app.core.database import making_ids
from app.demo.stable_ids import stable_id


class DatedHistory:
    """While `recording`, what is flushed is recorded as done by an actor (None: the system) then."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._at = datetime(2000, 1, 1, tzinfo=LONDON)
        self._count = 0
        self._made = 0

    def as_of(self, at: datetime, actor_id: uuid.UUID | None = None) -> None:
        """What is flushed from here on happened at `at`. Flushes what came before."""
        self._session.flush()
        self._at = at
        self._session.info["actor_id"] = actor_id

    @contextmanager
    def recording(self) -> Iterator["DatedHistory"]:
        """Have `app.core.history` ask here for the id and time of each record."""
        self._session.info["history_stamp"] = self._stamp
        try:
            with making_ids(self._next_id):
                yield self
                self._session.flush()
        finally:
            for name in ("history_stamp", "actor_id"):
                self._session.info.pop(name, None)

    def _next_id(self) -> uuid.UUID:
        self._made += 1
        return stable_id("row", str(self._made), self._at)

    def _stamp(self) -> tuple[uuid.UUID, datetime]:
        # A millisecond apart: records of one moment keep the order in which they were made.
        self._count += 1
        self._at += timedelta(milliseconds=1)
        return stable_id("change", str(self._count), self._at), self._at


def at_work(day: date, key: str) -> datetime:
    """An instant in that day's working hours, the same for the same key."""
    minutes = uuid.uuid5(uuid.NAMESPACE_OID, key).int % (7 * 60)
    return datetime.combine(day, time(9, 30), LONDON) + timedelta(minutes=minutes)
