"""Access loaders of imports into a plan, and what their pages read."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.history import ChangeRecord
from app.delivery.importing.models import ImportRun
from app.delivery.importing.undoing import parts_of
from app.delivery.models import Activity, DeliveryPlan
from app.extensions import db
from app.importing import uploads
from app.workstreams.queries import find_place

PURPOSE = "plan"
PARTS_SHOWN = 100


def import_in_url(user: Reader, slug: str, import_id: uuid.UUID) -> Loaded | None:
    """`…/plan/import/<id>/…`: their own upload into a plan of this workstream, as `upload`; or, where
    that has been imported already (the back button, a second click), None and the finished `run`."""
    place = find_place(user, slug)
    if place is None:
        return None
    upload = uploads.find(user.id, import_id, PURPOSE)
    if upload is not None and upload.workstream_id == place.id:
        plan = db.session.get(DeliveryPlan, upload.subject_id)
        if plan is None or plan.workstream_id != place.id:
            return None
        return Loaded({"place": place, "upload": upload, "plan": plan, "run": None}, place.roles)
    run = db.session.get(ImportRun, import_id)
    if run is None or run.workstream_id != place.id or run.imported_by_id != user.id:
        return None
    return Loaded({"place": place, "upload": None, "plan": None, "run": run}, place.roles)


def run_in_url(user: Reader, slug: str, run_id: uuid.UUID) -> Loaded | None:
    """`…/plan/imports/<id>`: what one file brought into a plan of this workstream."""
    place = find_place(user, slug)
    run = db.session.get(ImportRun, run_id, options=[joinedload(ImportRun.imported_by)])
    if place is None or run is None or run.workstream_id != place.id:
        return None
    return Loaded({"place": place, "run": run}, place.roles)


def runs_of(plan_id: uuid.UUID) -> Sequence[ImportRun]:
    """The last imports into a plan, the newest first."""
    return db.session.scalars(
        sa.select(ImportRun)
        .where(ImportRun.plan_id == plan_id)
        .order_by(ImportRun.id.desc())
        .limit(5)
        .options(joinedload(ImportRun.imported_by))
    ).all()


def rows_of_run(run: ImportRun, page: int) -> Sequence[tuple[ChangeRecord, Activity]]:
    """What an import did to which row, a page of it."""
    parts = parts_of(run).subquery()
    return [
        (record, activity)
        for record, activity in db.session.execute(
            sa.select(ChangeRecord, Activity)
            .join(parts, parts.c.id == ChangeRecord.id)
            .join(Activity, Activity.id == ChangeRecord.subject_id)
            .order_by(ChangeRecord.id)
            .offset((page - 1) * PARTS_SHOWN)
            .limit(PARTS_SHOWN)
        )
    ]
