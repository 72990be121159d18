"""Reads of indicators and their values, and access loaders for what URLs name."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.core.access import Loaded, User
from app.core.paging import Page, paged
from app.extensions import db
from app.indicators.models import (
    Breakdown,
    Indicator,
    Measurement,
    MeasurementPart,
    MeasurementStatus,
    SurveyRound,
    Target,
)
from app.indicators.standings import SHOWN
from app.indicators.values import Value, value_of_part
from app.workstreams.queries import Place, find_place


def in_force() -> sa.ColumnElement[bool]:
    """SQL on Measurement: approved, and not corrected since."""
    return sa.and_(
        Measurement.status == MeasurementStatus.APPROVED, Measurement.superseded_at.is_(None)
    )


def current() -> sa.ColumnElement[bool]:
    """SQL on Measurement: in force, or waiting to be."""
    return sa.or_(in_force(), Measurement.status == MeasurementStatus.DRAFT)


def indicators_of(
    workstream_id: uuid.UUID, ids: Collection[uuid.UUID] | None = None
) -> list[Indicator]:
    """Those in use (or those of these ids), in their order, with breakdowns and their groups."""
    wanted = Indicator.archived_at.is_(None) if ids is None else Indicator.id.in_(ids)
    return list(
        db.session.scalars(
            sa.select(Indicator)
            .where(Indicator.workstream_id == workstream_id, wanted)
            .order_by(Indicator.position, Indicator.id)
            .options(with_breakdowns(), selectinload(Indicator.targets))
        )
    )


def with_breakdowns() -> Any:
    """Load option: an indicator's breakdowns and their groups."""
    return selectinload(Indicator.breakdowns).selectinload(Breakdown.parts)


def values_in_force(indicator: Indicator, number: int) -> Page[Measurement]:
    """A page of an indicator's values, the newest first."""
    mine = sa.select(Measurement).where(Measurement.indicator_id == indicator.id, in_force())
    return paged(mine.order_by(Measurement.on.desc()), number, SHOWN)


def drafts_of(condition: sa.ColumnElement[bool], number: int = 1) -> Page[Measurement]:
    """A page of values that wait for approval, the oldest first, with who entered them."""
    waiting = (
        sa.select(Measurement)
        .where(condition, Measurement.status == MeasurementStatus.DRAFT)
        .order_by(Measurement.on, Measurement.id)
        .options(joinedload(Measurement.entered_by))
    )
    return paged(waiting, number, SHOWN)


def parts_of(measurement_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[object, Value]]:
    """By measurement: the value of each group."""
    found: dict[uuid.UUID, dict[object, Value]] = defaultdict(dict)
    ids = list(measurement_ids)
    if ids:
        part = MeasurementPart
        rows = db.session.scalars(sa.select(part).where(part.measurement_id.in_(ids)))
        for row in rows:
            found[row.measurement_id][row.part_id] = value_of_part(row)
    return found


def corrected_by(drafts: Sequence[Measurement]) -> dict[uuid.UUID, Measurement]:
    """By id: the values that corrections would take the place of."""
    ids = [draft.corrects_id for draft in drafts if draft.corrects_id]
    if not ids:
        return {}
    rows = db.session.scalars(sa.select(Measurement).where(Measurement.id.in_(ids)))
    return {row.id: row for row in rows}


def survey_of(measurement: Measurement) -> SurveyRound | None:
    """The survey that a value comes from, if it does."""
    if measurement.survey_round_id is None:
        return None
    return db.session.get(SurveyRound, measurement.survey_round_id)


def earlier_values(measurement: Measurement) -> list[Measurement]:
    """What was in force for the same day before, the newest first."""
    return list(
        db.session.scalars(
            sa.select(Measurement)
            .where(
                Measurement.indicator_id == measurement.indicator_id,
                Measurement.on == measurement.on,
                Measurement.superseded_at.is_not(None),
                Measurement.id != measurement.id,
            )
            .order_by(Measurement.superseded_at.desc())
            .options(joinedload(Measurement.entered_by), joinedload(Measurement.approved_by))
            .limit(SHOWN)
        )
    )


def rounds_of(workstream_id: uuid.UUID) -> list[SurveyRound]:
    """Surveys of a workstream, the newest first."""
    return list(
        db.session.scalars(
            sa.select(SurveyRound)
            .where(SurveyRound.workstream_id == workstream_id)
            .order_by(SurveyRound.ended_on.desc(), SurveyRound.id.desc())
            .limit(SHOWN)
        )
    )


# --- Access loaders ---


def indicator_in(place: Place | None, indicator_id: uuid.UUID) -> Indicator | None:
    """An indicator of this workstream, with what its page needs."""
    if place is None:
        return None
    return db.session.scalar(
        sa.select(Indicator)
        .where(Indicator.id == indicator_id, Indicator.workstream_id == place.id)
        .options(joinedload(Indicator.owner), with_breakdowns(), selectinload(Indicator.targets))
    )


def indicator_in_url(user: User, slug: str, indicator_id: uuid.UUID) -> Loaded | None:
    """`…/indicators/<id>/…`: gives `place` and `indicator`; assigned to whoever owns it."""
    place = find_place(user, slug)
    indicator = indicator_in(place, indicator_id)
    if place is None or indicator is None:
        return None
    views = {"place": place, "indicator": indicator}
    return Loaded(views, place.roles, assigned=indicator.owner_id == user.id)


def _part_in_url(
    user: User, slug: str, indicator_id: uuid.UUID, name: str, model: type[Any], part_id: uuid.UUID
) -> Loaded | None:
    found = indicator_in_url(user, slug, indicator_id)
    part = db.session.get(model, part_id) if found else None
    if found is None or part is None or part.indicator_id != indicator_id:
        return None
    return Loaded({**found.view_args, name: part}, found.roles, found.assigned)


def target_in_url(
    user: User, slug: str, indicator_id: uuid.UUID, target_id: uuid.UUID
) -> Loaded | None:
    """`…/targets/<id>/…`: also gives `target`."""
    return _part_in_url(user, slug, indicator_id, "target", Target, target_id)


def breakdown_in_url(
    user: User, slug: str, indicator_id: uuid.UUID, breakdown_id: uuid.UUID
) -> Loaded | None:
    """`…/breakdowns/<id>/…`: also gives `breakdown`."""
    return _part_in_url(user, slug, indicator_id, "breakdown", Breakdown, breakdown_id)


def measurement_in_url(
    user: User, slug: str, indicator_id: uuid.UUID, measurement_id: uuid.UUID
) -> Loaded | None:
    """`…/values/<id>/…`: also gives `measurement`."""
    return _part_in_url(user, slug, indicator_id, "measurement", Measurement, measurement_id)


def round_in_url(user: User, slug: str, round_id: uuid.UUID) -> Loaded | None:
    """`…/indicators/surveys/<id>`: gives `place` and `survey`."""
    place = find_place(user, slug)
    survey = db.session.get(SurveyRound, round_id) if place else None
    if place is None or survey is None or survey.workstream_id != place.id:
        return None
    return Loaded({"place": place, "survey": survey}, place.roles)


def own_in_url(user: User, slug: str) -> Loaded | None:
    """Pages that show contributors what they own: gives `place`."""
    place = find_place(user, slug)
    return None if place is None else Loaded({"place": place}, place.roles)
