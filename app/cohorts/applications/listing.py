"""Lists of applicants: rows for the table, cards for the board, and who stands beside whom."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.filters import ApplicantFilter
from app.cohorts.applications.models import ENTERED_BY_US, Application, Entered
from app.cohorts.applications.stages import ENDED, PLACED, Stage
from app.core.formatting import day
from app.extensions import db

PAGE_SIZE = 50
# Of one column of the board; the rest is one link away.
CARDS = 20

# As the templates take them: (id, called, reference, age, area, stage, how a tag looks, submitted, how it
# came, whether adjustments are needed, stage's value, version, whether it is ours to finish)
Row = tuple[Any, ...]
_COLUMNS = (
    Application.id,
    Application.name,
    Application.reference,
    Application.age,
    Application.area,
    Application.stage,
    Application.submitted_at,
    Application.entered,
    (Application.adjustments != "").label("adjustments"),
    Application.version,
)


def look_of(stage: Stage) -> str:
    """The class of a stage's tag: green for a place, amber for what waits, outlined for what is over."""
    if stage in PLACED:
        return " wm-tag--live"
    if stage in ENDED:
        return " wm-tag--outline"
    return " wm-tag--draft" if stage in (Stage.SUBMITTED, Stage.DRAFT) else ""


def _row(found: Any) -> Row:
    stage = found.stage
    return (
        str(found.id),
        found.name or found.reference,
        found.reference,
        found.age,
        found.area.label if found.area else "",
        stage.label,
        look_of(stage),
        day(found.submitted_at),
        "" if found.entered is Entered.ONLINE else found.entered.label,
        bool(found.adjustments),
        stage.value,
        found.version,
        stage is Stage.DRAFT and found.entered in ENTERED_BY_US,
    )


def _mine(workstream_id: uuid.UUID, wanted: ApplicantFilter, **kwargs: bool) -> Any:
    return sa.and_(Application.workstream_id == workstream_id, *wanted.conditions(**kwargs))


def counts_by_stage(workstream_id: uuid.UUID, wanted: ApplicantFilter) -> Mapping[Stage, int]:
    """How many stand at each stage, by the filter but for its own stage."""
    found = db.session.execute(
        sa.select(Application.stage, sa.func.count().label("number"))
        .where(_mine(workstream_id, wanted, any_stage=True))
        .group_by(Application.stage)
    )
    return defaultdict(int, {row.stage: row.number for row in found})


def total_of(wanted: ApplicantFilter, counts: Mapping[Stage, int]) -> int:
    """How many the filter finds."""
    if wanted.stage:
        return counts[Stage(wanted.stage)]
    return sum(number for stage, number in counts.items() if stage is not Stage.DRAFT)


def rows_of(workstream_id: uuid.UUID, wanted: ApplicantFilter, page: int) -> list[Row]:
    """A page of the list, from 1."""
    found = db.session.execute(
        sa.select(*_COLUMNS)
        .where(_mine(workstream_id, wanted))
        .order_by(*wanted.order)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [_row(one) for one in found]


def cards_of(workstream_id: uuid.UUID, wanted: ApplicantFilter) -> dict[Stage, list[Row]]:
    """The first `CARDS` of each stage, in one query."""
    numbered = (
        sa.select(
            *_COLUMNS,
            sa.func.row_number()
            .over(partition_by=Application.stage, order_by=wanted.order)
            .label("place"),
        )
        .where(_mine(workstream_id, wanted))
        .subquery()
    )
    found = db.session.execute(
        sa.select(numbered).where(numbered.c.place <= CARDS).order_by(numbered.c.place)
    )
    columns: dict[Stage, list[Row]] = defaultdict(list)
    for one in found:
        columns[one.stage].append(_row(one))
    return columns


@dataclass(frozen=True)
class Beside:
    """Where somebody stands in a list: (id, called) of those before and after, place and length."""

    before: tuple[uuid.UUID, str] | None
    after: tuple[uuid.UUID, str] | None
    place: int
    total: int


def beside(application: Application, wanted: ApplicantFilter) -> Beside | None:
    """Who comes before and after somebody in the list that the filter makes; None when they are not in
    it (any more). One query."""
    listed = (
        sa.select(
            Application.id,
            sa.func.row_number().over(order_by=wanted.order).label("place"),
        )
        .where(_mine(application.workstream_id, wanted))
        .cte("listed")
    )
    here = sa.select(listed.c.place).where(listed.c.id == application.id).scalar_subquery()
    found = db.session.execute(
        sa.select(
            listed.c.id,
            listed.c.place,
            Application.name,
            Application.reference,
            sa.select(sa.func.count()).select_from(listed).scalar_subquery().label("total"),
        )
        .join(Application, Application.id == listed.c.id)
        .where(listed.c.place.between(here - 1, here + 1))
    ).all()
    place = next((row.place for row in found if row.id == application.id), None)
    if place is None:
        return None
    called = {row.place: (row.id, row.name or row.reference) for row in found}
    return Beside(called.get(place - 1), called.get(place + 1), place, found[0].total)
