"""Moving an application from stage to stage: the only writer of `Application.stage`."""

import uuid
from collections.abc import Callable, Sequence

from app.accounts.models import User
from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Mover, Stage, may_move
from app.core import clock
from app.core.errors import Refused
from app.extensions import db

Watcher = Callable[[Application, ApplicationMove], None]
_WATCHERS: list[Watcher] = []


def on_move(watcher: Watcher) -> None:
    """Have `watcher(application, move)` called after every move, in its transaction. A part registers
    once what follows from a move (enrolled: a participant; a declined offer: the next in line)."""
    if watcher not in _WATCHERS:
        _WATCHERS.append(watcher)


def move(
    *,
    application: Application,
    to: Stage,
    mover: Mover,
    by: User | None = None,
    why: str = "",
    batch_id: uuid.UUID | None = None,
) -> ApplicationMove:
    """Move an application and keep who, when and why; `batch_id` names what moves together.

    The caller has checked the version (`check_version`). Raises Refused when the table of moves
    (`app.cohorts.applications.stages.MOVES`) has no such move.
    """
    moves = [(application, to)]
    return move_all(moves=moves, mover=mover, by=by, why=why, batch_id=batch_id)[0]


def move_all(
    *,
    moves: Sequence[tuple[Application, Stage]],
    mover: Mover,
    by: User | None = None,
    why: str = "",
    batch_id: uuid.UUID | None = None,
) -> list[ApplicationMove]:
    """Move several, each to its stage, all or none: `move` for many at a time."""
    for application, to in moves:
        if not may_move(mover, application.stage, to):
            raise Refused(
                f"{application.reference} is at “{application.stage.label}” and cannot go to "
                f"“{to.label}”."
            )
    records = []
    for application, to in moves:
        if to is Stage.SUBMITTED and application.submitted_at is None:
            application.submitted_at = clock.moment()
        records.append(
            ApplicationMove(
                application_id=application.id,
                before=application.stage,
                after=to,
                mover=mover,
                by_id=by.id if by else None,
                why=why,
                batch_id=batch_id,
            )
        )
        application.stage = to
    db.session.add_all(records)
    db.session.flush()
    for (application, _), record in zip(moves, records, strict=True):
        for watcher in _WATCHERS:
            watcher(application, record)
    return records
