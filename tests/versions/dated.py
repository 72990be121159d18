"""Changes that are recorded as made on an earlier day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.core.clock import LONDON
from app.core.database import new_id
from app.extensions import db


def id_at(moment: datetime) -> UUID:
    """An id as it would have been made then."""
    return UUID(int=int(moment.timestamp() * 1000) << 80 | new_id().int & (1 << 80) - 1)


@contextmanager
def on(day: date, at: time = time(12)) -> Iterator[None]:
    """What is flushed in the block happened on `day`, London time."""
    db.session.flush()
    moment = datetime.combine(day, at, LONDON)

    def stamp():
        nonlocal moment
        moment += timedelta(milliseconds=1)
        return id_at(moment), moment

    db.session.info["history_stamp"] = stamp
    try:
        yield
        db.session.flush()
    finally:
        del db.session.info["history_stamp"]
