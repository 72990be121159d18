"""Writes to the values of indicators: entered, approved by somebody else, corrected."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.core.history import move_version_on
from app.extensions import db
from app.indicators.models import Indicator, Measurement, MeasurementPart, MeasurementStatus
from app.indicators.queries import current, parts_of
from app.indicators.rules import completed
from app.indicators.values import Value, measure_of

Parts = Mapping[object, Value]


def enter(
    *,
    id: uuid.UUID,
    indicator: Indicator,
    on: date,
    value: Value,
    commentary: str,
    parts: Parts,
    by: User,
    **origin: Any,
) -> Measurement:
    """Enter a value, which then waits for somebody else to approve it; the same form sent twice enters
    it once. `origin` is what a survey adds. Raises Refused where the day has a value already."""
    db.session.execute(
        sa.select(Indicator.id).where(Indicator.id == indicator.id).with_for_update()
    )
    if db.session.get(Measurement, id) is None:
        _refuse_a_second(indicator, on)
    there = {"indicator_id": indicator.id, "workstream_id": indicator.workstream_id}
    words = {"on": on, "commentary": commentary, **_columns(indicator, value), **origin}

    def make() -> Measurement:
        return Measurement(id=id, entered_by_id=by.id, **there, **words)

    measurement, created = create_once(Measurement, id, make, **there)
    if created:
        _set_parts(measurement, parts)
    return measurement


def edit_draft(
    *,
    measurement: Measurement,
    version: int,
    on: date,
    value: Value,
    commentary: str,
    parts: Parts,
    by: User,
) -> None:
    """Change a value that is not approved yet; whoever did is then who entered it. Raises EditConflict,
    Refused."""
    check_version(measurement, version)
    if measurement.status is not MeasurementStatus.DRAFT:
        raise Refused("It was approved meanwhile. Correct it instead")
    indicator = _indicator(measurement)
    if on != measurement.on:
        if measurement.corrects_id is not None:
            raise Refused("A correction is for the day of what it corrects", "on")
        _refuse_a_second(indicator, on)
    if parts != parts_of([measurement.id]).get(measurement.id, {}):
        move_version_on(measurement)
    measurement.on, measurement.commentary = on, commentary
    for name, column in _columns(indicator, value).items():
        setattr(measurement, name, column)
    # A survey's interval is that of the counts it found.
    measurement.interval_low = measurement.interval_high = None
    measurement.entered_by_id, measurement.entered_at = by.id, clock.now()
    _set_parts(measurement, parts)


def approve(*, measurement: Measurement, version: int, by: User) -> None:
    """Put a value in force; what it corrects is superseded, and stays. Twice changes nothing.

    Raises EditConflict, and Refused for whoever entered it: two people stand behind each figure.
    """
    if measurement.status is MeasurementStatus.APPROVED:
        return
    check_version(measurement, version)
    if measurement.entered_by_id == by.id:
        raise Refused("You entered this. Somebody else must approve it")
    if measurement.corrects_id is not None:
        old = db.session.get(Measurement, measurement.corrects_id)
        assert old is not None
        old.superseded_at = clock.now()
        db.session.flush()  # one value of a day at a time is in force
    measurement.status = MeasurementStatus.APPROVED
    measurement.approved_by_id, measurement.approved_at = by.id, clock.now()
    db.session.flush()


def remove_draft(*, measurement: Measurement, version: int) -> None:
    """Remove a value that nobody has approved; history keeps it. Raises EditConflict, Refused."""
    check_version(measurement, version)
    if measurement.status is not MeasurementStatus.DRAFT:
        raise Refused("It was approved, so it stays. Correct it instead")
    db.session.delete(measurement)
    db.session.flush()


def correct(
    *,
    id: uuid.UUID,
    measurement: Measurement,
    version: int,
    value: Value,
    commentary: str,
    parts: Parts,
    reason: str,
    by: User,
) -> Measurement:
    """Enter what a value should have been, and why. The old one stays in force until somebody else
    approves the correction, and stays to be read after that. Raises EditConflict, Refused."""
    existing = db.session.get(Measurement, id)
    if existing is None:
        check_version(measurement, version)
        if measurement.status is MeasurementStatus.DRAFT or measurement.superseded_at is not None:
            raise Refused("It is not in force, so there is nothing to correct. Look again")
        if _waits(measurement):
            raise Refused("A correction of it waits for approval already. Change that one instead")
    indicator = _indicator(measurement)
    there = {
        "indicator_id": indicator.id,
        "workstream_id": indicator.workstream_id,
        "corrects_id": measurement.id,
    }
    words = {
        "on": measurement.on,
        "commentary": commentary,
        "correction_reason": reason,
        **_columns(indicator, value),
    }
    correction, created = create_once(
        Measurement,
        id,
        lambda: Measurement(id=id, entered_by_id=by.id, **there, **words),
        **there,
    )
    if created:
        _set_parts(correction, parts)
    return correction


def _indicator(measurement: Measurement) -> Indicator:
    indicator = db.session.get(Indicator, measurement.indicator_id)
    assert indicator is not None
    return indicator


def _columns(indicator: Indicator, value: Value) -> dict[str, Any]:
    return completed(measure_of(indicator), value)._asdict()


def _refuse_a_second(indicator: Indicator, on: date) -> None:
    """Raise Refused where a day has a value already."""
    there = sa.select(Measurement.status).where(
        Measurement.indicator_id == indicator.id, Measurement.on == on, current()
    )
    status = db.session.scalar(there.order_by(Measurement.status).limit(1))
    if status is MeasurementStatus.APPROVED:
        raise Refused("There is a value for this day already. Correct that one instead", "on")
    if status is MeasurementStatus.DRAFT:
        raise Refused(
            "A value for this day waits for approval already. Change that one instead", "on"
        )


def _waits(measurement: Measurement) -> bool:
    """Whether a correction of a value waits."""
    draft = sa.select(Measurement.id).where(
        Measurement.corrects_id == measurement.id, Measurement.status == MeasurementStatus.DRAFT
    )
    return db.session.scalar(draft.limit(1)) is not None


def _set_parts(measurement: Measurement, parts: Parts) -> None:
    """Replace the values of groups."""
    indicator = _indicator(measurement)
    measure = measure_of(indicator)
    db.session.flush()
    db.session.execute(
        sa.delete(MeasurementPart).where(MeasurementPart.measurement_id == measurement.id)
    )
    db.session.expire(measurement, ["parts"])
    for part_id, value in parts.items():
        if value == Value():
            continue
        whole = completed(measure, value)
        db.session.add(
            MeasurementPart(
                measurement_id=measurement.id,
                part_id=part_id,
                value=whole.value,
                numerator=whole.numerator,
                denominator=whole.denominator,
            )
        )
    db.session.flush()
