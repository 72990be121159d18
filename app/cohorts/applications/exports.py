"""The list of applicants as a table to take away: what choosing needs, and no way to reach anybody."""

import sqlalchemy as sa

from app.cohorts.applications.filters import ApplicantFilter
from app.cohorts.applications.models import Application
from app.cohorts.call.queries import find_call
from app.cohorts.table_files import TableFile, Value
from app.core import clock
from app.core.access import Loaded
from app.core.access import User as Reader
from app.extensions import db
from app.workstreams.queries import Place

_COLUMNS = {
    "Reference": 14,
    "Name": 30,
    "Stage": 16,
    "Submitted": 18,
    "Age when the cohort starts": 10,
    "Area": 26,
    "Heard of it from": 40,
    "How it came": 14,
    "Needs adjustments": 14,
}


def file_in_url(user: Reader, slug: str, file_format: str) -> Loaded | None:
    """Access loader of `…/applicants/list.csv` and `.xlsx`: gives the view `place` and the ending."""
    found = find_call(user, slug)
    if found is None:
        return None
    return Loaded({"place": found[0], "file_format": file_format}, found[0].roles)


def file_of(place: Place, wanted: ApplicantFilter) -> TableFile:
    """Everybody whom a filter finds, in its order."""
    found = db.session.execute(
        sa.select(
            Application.reference,
            Application.name,
            Application.stage,
            Application.submitted_at,
            Application.age,
            Application.area,
            Application.source,
            Application.entered,
            Application.adjustments != "",
        )
        .where(Application.workstream_id == place.id, *wanted.conditions())
        .order_by(*wanted.order)
    )
    rows: list[list[Value]] = [
        [
            reference,
            name,
            stage.label,
            clock.on_day(submitted_at) if submitted_at else None,
            age,
            area.label if area else None,
            source.label if source else None,
            entered.label,
            "Yes" if adjustments else "No",
        ]
        for reference, name, stage, submitted_at, age, area, source, entered, adjustments in found
    ]
    return TableFile("Applicants", f"Applicants, {place.workstream.name}", _COLUMNS, rows)
