"""Those who decide about one cohort at once take turns, so that each sees what the one before did."""

import sqlalchemy as sa

from app.cohorts.call.models import Call
from app.extensions import db


def take_turns(call: Call) -> None:
    """Wait for whoever prepares or releases here, and hold the next until this transaction ends.

    On PostgreSQL the call's row is locked (others may still refer to it); on SQLite a request that
    writes is alone from its beginning. What was read before is read anew.
    """
    db.session.execute(sa.select(Call.id).where(Call.id == call.id).with_for_update(key_share=True))
    db.session.refresh(call)
