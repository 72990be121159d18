"""An import of applicants is carried out, all of it in one transaction; and taken back, all of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications import entering
from app.cohorts.applications.importing.choices import Choices
from app.cohorts.applications.importing.models import ApplicantImport
from app.cohorts.applications.importing.outcome import Action, Outcome, work_out
from app.cohorts.applications.models import Answer, Application, ApplicationMove
from app.cohorts.call.models import Call
from app.cohorts.call.queries import conditions_of, questions_of
from app.core import clock
from app.core.database import Base, new_id
from app.core.errors import Refused
from app.core.formatting import count
from app.core.history import ChangeAction, ChangeRecord, as_parts_of
from app.extensions import db
from app.importing.carrying_out import PreviewOvertaken, take_chosen
from app.importing.grids import Grid


def import_upload(
    *, upload_id: uuid.UUID, file_name: str, call: Call, by: User, seen: str
) -> ApplicantImport:
    """Import what somebody has previewed; the same press twice imports it once.

    `seen` is the digest of the outcome that the preview showed. Raises PreviewOvertaken when somebody
    has applied since who is in the file, Refused when there are problems.
    """
    _lock(call)
    taken = take_chosen(upload_id, Choices)
    if taken is None:
        done = db.session.get(ApplicantImport, upload_id)
        if done is None:
            raise Refused("This file is no longer kept. Upload it again")
        return done
    grid, choices = taken
    outcome = outcome_of(call, grid, choices)
    if outcome.problems:
        raise Refused("There are problems in the file, so nobody was imported")
    if outcome.digest != seen:
        raise PreviewOvertaken("Somebody applied while you looked at the preview")
    entries = {new_id(): row.entry for row in outcome.of(Action.ADD) if row.entry}
    if not entries:
        raise Refused("Everybody in the file has applied already, so there is nobody to import")
    run = ApplicantImport(
        id=upload_id,
        workstream_id=call.workstream_id,
        file_name=file_name,
        title=f"{count(len(entries), 'applicant')} from “{file_name}”",
        added=len(entries),
        imported_by_id=by.id,
    )
    db.session.add(run)
    with as_parts_of(db.session(), run.id):
        applications = entering.enter_many(entries=entries, call=call, by=by)
        if choices.submit:
            entering.submit(applications=applications, call=call, by=by, why=choices.why)
    return run


def outcome_of(call: Call, grid: Grid, choices: Choices) -> Outcome:
    """What a table would do to the cohort of a call as it is now."""
    return work_out(call, questions_of(call), conditions_of(call), grid, choices)


def _lock(call: Call) -> None:
    """Of two who import into a cohort at once, the second waits and then sees whom the first brought."""
    db.session.execute(sa.select(Call.id).where(Call.id == call.id).with_for_update())


@dataclass(frozen=True)
class InTheWay:
    """Somebody on whom something newer stands."""

    application_id: uuid.UUID
    called: str


def added_by(run: ApplicantImport) -> sa.Select[uuid.UUID]:
    """SQL: the ids of the applications that an import added."""
    return sa.select(ChangeRecord.subject_id).where(
        ChangeRecord.part_of_id == run.id, ChangeRecord.action == ChangeAction.CREATED
    )


def in_the_way(run: ApplicantImport) -> list[InTheWay]:
    """Who keeps an import from being undone: whoever was changed since, or has anything of another
    part (a review, an interview). By name."""
    ids = added_by(run)
    newer = sa.select(ChangeRecord.subject_id).where(
        ChangeRecord.subject_id.in_(ids), ChangeRecord.part_of_id.is_distinct_from(run.id)
    )
    found = db.session.execute(
        sa.select(Application.id, Application.name, Application.reference)
        .where(
            Application.id.in_(ids),
            sa.or_(Application.id.in_(newer), *(Application.id.in_(s) for s in _standing_on(ids))),
        )
        .order_by(Application.found_by, Application.id)
    )
    return [InTheWay(row.id, row.name or row.reference) for row in found]


def _standing_on(ids: sa.Select[uuid.UUID]) -> list[sa.Select[uuid.UUID]]:
    """For every other table that refers to applications, which of these it refers to."""
    own = {Answer.__tablename__, ApplicationMove.__tablename__}
    return [
        sa.select(column).where(column.in_(ids))
        for table in Base.metadata.sorted_tables
        if table.name not in own
        for column in table.columns
        if any(key.column is Application.__table__.c.id for key in column.foreign_keys)
    ]


def undo_import(*, run: ApplicantImport, by: User) -> None:
    """Take everybody out again whom an import brought: their applications, and what history holds of
    who they are, are gone. To bring them back, the file is imported again.

    Raises Refused when it was undone already, or something newer stands on anybody.
    """
    only_it = sa.select(ApplicantImport.id).where(ApplicantImport.id == run.id)
    db.session.execute(only_it.with_for_update())
    db.session.refresh(run)
    if run.undone_at is not None:
        raise Refused("This import was undone already")
    if in_the_way(run):
        raise Refused("Something newer stands on this import, so nobody was taken out")
    applications: Sequence[Application] = db.session.scalars(
        sa.select(Application).where(Application.id.in_(added_by(run))).with_for_update()
    ).all()
    ids = [application.id for application in applications]
    with as_parts_of(db.session(), run.id):
        for application in applications:
            db.session.delete(application)
    db.session.execute(
        sa.update(ChangeRecord)
        .where(ChangeRecord.subject_id.in_(ids))
        .values(personal=sa.null())
        .execution_options(synchronize_session=False)
    )
    run.undone_at, run.undone_by_id = clock.now(), by.id
    db.session.flush()
