"""Access loaders of imports of values, and what their pages read."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.access import Loaded, User
from app.extensions import db
from app.importing import uploads
from app.indicators.importing.applying import added_by
from app.indicators.importing.models import MeasurementImport
from app.indicators.models import Indicator, Measurement
from app.workstreams.queries import find_place

PURPOSE = "measurements"
SHOWN = 100


def import_in_url(user: User, slug: str, import_id: uuid.UUID) -> Loaded | None:
    """`…/indicators/import/<id>/…`: their own upload into this workstream, as `upload`; or, where that
    has been imported already (the back button, a second click), None and the finished `run`."""
    place = find_place(user, slug)
    if place is None:
        return None
    upload = uploads.find(user.id, import_id, PURPOSE)
    if upload is not None:
        if upload.workstream_id != place.id:
            return None
        return Loaded({"place": place, "upload": upload, "run": None}, place.roles)
    run = db.session.get(MeasurementImport, import_id)
    if run is None or run.workstream_id != place.id or run.imported_by_id != user.id:
        return None
    return Loaded({"place": place, "upload": None, "run": run}, place.roles)


def run_in_url(user: User, slug: str, run_id: uuid.UUID) -> Loaded | None:
    """`…/indicators/imports/<id>`: what one file brought."""
    place = find_place(user, slug)
    with_person = [joinedload(MeasurementImport.imported_by)]
    run = db.session.get(MeasurementImport, run_id, options=with_person)
    if place is None or run is None or run.workstream_id != place.id:
        return None
    return Loaded({"place": place, "run": run}, place.roles)


def runs_of(workstream_id: uuid.UUID) -> Sequence[MeasurementImport]:
    """The last imports into a workstream, the newest first."""
    return db.session.scalars(
        sa.select(MeasurementImport)
        .where(MeasurementImport.workstream_id == workstream_id)
        .order_by(MeasurementImport.id.desc())
        .limit(5)
    ).all()


def values_of(run: MeasurementImport, page: int) -> Sequence[sa.Row[Measurement, Indicator]]:
    """The values that an import added and that are still there, a page of them."""
    return db.session.execute(
        sa.select(Measurement, Indicator)
        .join(Indicator, Indicator.id == Measurement.indicator_id)
        .where(Measurement.id.in_(added_by(run)))
        .order_by(Indicator.position, Indicator.id, Measurement.on)
        .offset((page - 1) * SHOWN)
        .limit(SHOWN)
    ).all()
