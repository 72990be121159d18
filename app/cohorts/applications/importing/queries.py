"""Access loaders of imports of applicants, and what their pages read."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.cohorts.applications.importing.applying import added_by
from app.cohorts.applications.importing.models import ApplicantImport
from app.cohorts.applications.models import Application
from app.cohorts.call.queries import find_call
from app.core.access import Loaded
from app.core.access import User as Reader
from app.extensions import db
from app.importing import uploads

PURPOSE = "applicants"
SHOWN = 100


def import_in_url(user: Reader, slug: str, import_id: uuid.UUID) -> Loaded | None:
    """`…/applicants/import/<id>/…`: their own upload into this cohort, as `upload`; or, where that has
    been imported already (the back button, a second click), None and the finished `run`."""
    found = find_call(user, slug)
    if found is None:
        return None
    place, call = found
    upload = uploads.find(user.id, import_id, PURPOSE)
    if upload is not None:
        if upload.workstream_id != place.id:
            return None
        views = {"place": place, "call": call, "upload": upload, "run": None}
        return Loaded(views, place.roles)
    run = db.session.get(ApplicantImport, import_id)
    if run is None or run.workstream_id != place.id or run.imported_by_id != user.id:
        return None
    return Loaded({"place": place, "call": call, "upload": None, "run": run}, place.roles)


def run_in_url(user: Reader, slug: str, run_id: uuid.UUID) -> Loaded | None:
    """`…/applicants/imports/<id>`: whom one file brought."""
    found = find_call(user, slug)
    run = db.session.get(ApplicantImport, run_id, options=[joinedload(ApplicantImport.imported_by)])
    if found is None or run is None or run.workstream_id != found[0].id:
        return None
    return Loaded({"place": found[0], "run": run}, found[0].roles)


def runs_of(workstream_id: uuid.UUID) -> Sequence[ApplicantImport]:
    """The last imports into a cohort, the newest first."""
    return db.session.scalars(
        sa.select(ApplicantImport)
        .where(ApplicantImport.workstream_id == workstream_id)
        .order_by(ApplicantImport.id.desc())
        .limit(5)
    ).all()


def people_of(run: ApplicantImport, page: int) -> Sequence[tuple[uuid.UUID, str]]:
    """(id, called) of those whom an import added and who are still there, a page of them."""
    found = db.session.execute(
        sa.select(Application.id, Application.name, Application.reference)
        .where(Application.id.in_(added_by(run)))
        .order_by(Application.found_by, Application.id)
        .offset((page - 1) * SHOWN)
        .limit(SHOWN)
    )
    return [(row.id, row.name or row.reference) for row in found]
