"""An import is carried out: all of it in one transaction, one entry in history."""

import uuid
from collections.abc import Callable

import sqlalchemy as sa

from app.accounts.models import User
from app.core.database import new_id
from app.core.errors import Refused
from app.core.formatting import count
from app.core.history import as_parts_of
from app.delivery import services
from app.delivery.importing.choices import Choices
from app.delivery.importing.models import ImportRun
from app.delivery.importing.outcome import Action, Outcome, work_out
from app.delivery.models import DeliveryPlan
from app.extensions import db
from app.importing.carrying_out import PreviewOvertaken, take_chosen
from app.importing.grids import Grid


def import_upload(
    *, upload_id: uuid.UUID, file_name: str, plan: DeliveryPlan, by: User | None, seen: str
) -> ImportRun:
    """Import what somebody has previewed; the same press twice imports it once.

    `seen` is the digest of the outcome that the preview showed. Raises PreviewOvertaken when the plan
    has changed since, Refused when there are problems.
    """
    lock_plan(plan.id)
    taken = take_chosen(upload_id, Choices)
    if taken is None:
        done = db.session.get(ImportRun, upload_id)
        if done is None:
            raise Refused("This file is no longer kept. Upload it again")
        return done
    grid, choices = taken
    return import_grid(
        run_id=upload_id,
        file_name=file_name,
        grid=grid,
        choices=choices,
        plan=plan,
        by=by,
        seen=seen,
    )


def import_grid(
    *,
    run_id: uuid.UUID,
    file_name: str,
    grid: Grid,
    choices: Choices,
    plan: DeliveryPlan,
    by: User | None,
    seen: str | None = None,
    make_id: Callable[[int], uuid.UUID] = lambda _number: new_id(),
) -> ImportRun:
    """Import a table. `make_id` gives the id of the row that is added at a place, from 0."""
    outcome = work_out(plan, grid, choices)
    if outcome.problems:
        raise Refused("There are problems in the file, so nothing was imported")
    if seen is not None and outcome.digest != seen:
        raise PreviewOvertaken("The plan was changed while you looked at the preview")
    added, changed = outcome.of(Action.ADD), outcome.of(Action.CHANGE)
    if not (added or changed):
        raise Refused("The plan says all of this already, so there is nothing to import")
    run = ImportRun(
        id=run_id,
        plan_id=plan.id,
        workstream_id=plan.workstream_id,
        file_name=file_name,
        title=_title(file_name, outcome),
        added=len(added),
        changed=len(changed),
        imported_by_id=by.id if by else None,
    )
    db.session.add(run)
    with as_parts_of(db.session(), run.id):
        services.edit_activities(
            rows=[(row.target, row.target.version, row.words) for row in changed if row.target]
        )
        services.add_activities(
            plan=plan, rows=[(make_id(place), row.words) for place, row in enumerate(added)]
        )
    return run


def lock_plan(plan_id: uuid.UUID) -> None:
    """Of two who import into a plan at once, the second waits and then sees what the first did."""
    db.session.execute(
        sa.select(DeliveryPlan.id).where(DeliveryPlan.id == plan_id).with_for_update()
    )


def _title(file_name: str, outcome: Outcome) -> str:
    """ "23 activities from “plan.docx” (20 added, 3 changed)" """
    counts = outcome.counts
    both = counts[Action.ADD] + counts[Action.CHANGE]
    said = [
        f"{counts[action]:,} {word}"
        for action, word in ((Action.ADD, "added"), (Action.CHANGE, "changed"))
        if counts[action]
    ]
    return f"{count(both, 'activity', 'activities')} from “{file_name}” ({', '.join(said)})"
