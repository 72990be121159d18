"""An import of values is carried out, all of it in one transaction; and taken back, all of it."""

import uuid

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.database import new_id
from app.core.errors import Refused
from app.core.formatting import count
from app.core.history import ChangeAction, ChangeRecord, as_parts_of
from app.extensions import db
from app.importing.carrying_out import PreviewOvertaken, take_chosen
from app.importing.choosing import Choices
from app.importing.grids import Grid
from app.indicators.importing.models import MeasurementImport
from app.indicators.importing.outcome import Action, Outcome, work_out
from app.indicators.models import Indicator, Measurement, MeasurementStatus
from app.indicators.queries import indicators_of


def outcome_of(workstream_id: uuid.UUID, grid: Grid, choices: Choices) -> Outcome:
    """What a table would do to the indicators of a workstream as they are now."""
    return work_out(indicators_of(workstream_id), grid, choices)


def import_upload(
    *, upload_id: uuid.UUID, file_name: str, workstream_id: uuid.UUID, by: User, seen: str
) -> MeasurementImport:
    """Import what somebody has previewed; the same press twice imports it once. Its values wait for
    somebody else to approve them, like any other.

    `seen` is the digest of the outcome that the preview showed. Raises PreviewOvertaken when another
    value came meanwhile, Refused when there are problems.
    """
    lock = sa.select(Indicator.id).where(Indicator.workstream_id == workstream_id)
    db.session.execute(lock.with_for_update())
    taken = take_chosen(upload_id, Choices)
    if taken is None:
        done = db.session.get(MeasurementImport, upload_id)
        if done is None:
            raise Refused("This file is no longer kept. Upload it again")
        return done
    outcome = outcome_of(workstream_id, *taken)
    if outcome.problems:
        raise Refused("There are problems in the file, so nothing was imported")
    if outcome.digest != seen:
        raise PreviewOvertaken("Another value came while you looked at the preview")
    rows = outcome.of(Action.ADD)
    if not rows:
        raise Refused("Every value in the file is there already, so there is nothing to import")
    run = MeasurementImport(
        id=upload_id,
        workstream_id=workstream_id,
        file_name=file_name,
        title=f"{count(len(rows), 'value')} from “{file_name}”",
        added=len(rows),
        imported_by_id=by.id,
    )
    db.session.add(run)
    with as_parts_of(db.session(), run.id):
        for row in rows:
            read = row.read
            assert read.indicator is not None
            assert read.on is not None
            db.session.add(
                Measurement(
                    id=new_id(),
                    indicator_id=read.indicator.id,
                    workstream_id=workstream_id,
                    on=read.on,
                    commentary=read.commentary,
                    entered_by_id=by.id,
                    **read.value._asdict(),
                )
            )
    return run


def added_by(run: MeasurementImport) -> sa.Select[uuid.UUID]:
    """SQL: the ids of the values that an import added."""
    return sa.select(ChangeRecord.subject_id).where(
        ChangeRecord.part_of_id == run.id, ChangeRecord.action == ChangeAction.CREATED
    )


def in_the_way(run: MeasurementImport) -> int:
    """How many values keep an import from being undone: approved, or changed since."""
    ids = added_by(run)
    newer = sa.select(ChangeRecord.subject_id).where(
        ChangeRecord.subject_id.in_(ids), ChangeRecord.part_of_id.is_distinct_from(run.id)
    )
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Measurement)
            .where(
                Measurement.id.in_(ids),
                sa.or_(Measurement.status != MeasurementStatus.DRAFT, Measurement.id.in_(newer)),
            )
        )
        or 0
    )


def undo_import(*, run: MeasurementImport, by: User) -> None:
    """Take out again every value that an import brought. To bring them back, the file is imported
    again. Raises Refused when it was undone already, or a value was approved or changed since."""
    only_it = sa.select(MeasurementImport.id).where(MeasurementImport.id == run.id)
    db.session.execute(only_it.with_for_update())
    db.session.refresh(run)
    if run.undone_at is not None:
        raise Refused("This import was undone already")
    if in_the_way(run):
        raise Refused("Something newer stands on this import, so nothing was taken out")
    values = db.session.scalars(
        sa.select(Measurement).where(Measurement.id.in_(added_by(run))).with_for_update()
    ).all()
    with as_parts_of(db.session(), run.id):
        for value in values:
            db.session.delete(value)
    run.undone_at, run.undone_by_id = clock.now(), by.id
    db.session.flush()
