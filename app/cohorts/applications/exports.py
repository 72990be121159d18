"""The list of applicants as a table to take away: what choosing needs, and no way to reach anybody."""

import sqlalchemy as sa

from app.cohorts.applications.filters import ApplicantFilter
from app.cohorts.applications.models import Application
from app.cohorts.table_files import TableFile, Value
from app.core import clock
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
