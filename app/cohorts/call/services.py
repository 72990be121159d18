"""Writes to a call itself: setting it up, its settings, and when it closes."""

import uuid
from datetime import datetime
from typing import Any

from app.accounts.models import User
from app.cohorts.call.models import Call, WindowChange
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.core.formatting import moment
from app.extensions import db

# Everything but the window: the forms' words for it, and what is copied to a later cohort.
SETTINGS = (
    "places",
    "intro",
    "min_age",
    "max_age",
    "llr_only",
    "blind",
    "reviews_wanted",
    "attendance_wanted",
    "project_wanted",
)


def set_up_call(
    *,
    id: uuid.UUID,
    workstream_id: uuid.UUID,
    opens_at: datetime | None,
    closes_at: datetime | None,
    settings: dict[str, Any],
) -> Call:
    """Give a cohort its call; `settings` has the value of each of SETTINGS. The same form sent twice
    sets it up once."""
    window = {"opens_at": opens_at, "closes_at": closes_at}
    there = {"workstream_id": workstream_id}
    return create_once(Call, id, lambda: Call(id=id, **there, **window, **settings), **there)[0]


def edit_call(
    *,
    call: Call,
    version: int,
    opens_at: datetime | None,
    closes_at: datetime | None,
    settings: dict[str, Any],
) -> None:
    """Change the settings and, until it has opened, the window. Raises EditConflict.

    Once it has opened, when it closes is changed by `change_closing_time`, with a reason; and it
    cannot be made to open again later. Raises Refused for either.
    """
    check_version(call, version)
    at = clock.moment()
    if call.has_opened(at):
        if closes_at != call.closes_at:
            raise Refused(
                "The call has opened. Change when it closes on the page for that, with a reason",
                field="closes_on",
            )
        if opens_at is None or opens_at > at:
            raise Refused(
                "The call has opened already, so it cannot open later. To stop taking applications, "
                "change when it closes",
                field="opens_on",
            )
    call.opens_at, call.closes_at = opens_at, closes_at
    for name in SETTINGS:
        setattr(call, name, settings[name])
    db.session.flush()


def change_closing_time(
    *, id: uuid.UUID, call: Call, version: int, closes_at: datetime, reason: str, by: User
) -> None:
    """Extend a call that has opened, bring its closing forward, or open it again, for everybody.

    `id` is that of the record it makes: sent twice, it is made once. Raises EditConflict, and Refused
    for a time that has passed: who applied until now was in time.
    """
    made = db.session.get(WindowChange, id)
    if made is not None and made.call_id == call.id:
        return
    check_version(call, version)
    at = clock.moment()
    if not call.has_opened(at):
        raise Refused("The call has not opened yet: change the window with the other settings")
    if closes_at == call.closes_at:
        raise Refused(f"It closes on {moment(closes_at)} already", field="closes_on")
    if closes_at < at.replace(second=0, microsecond=0):
        raise Refused("Enter a time that is still to come", field="closes_on")
    db.session.add(
        WindowChange(
            id=id,
            call_id=call.id,
            closed_at=call.closes_at,
            closes_at=closes_at,
            reason=reason,
            made_by_id=by.id,
        )
    )
    call.closes_at = closes_at
    db.session.flush()
