"""Writes to the definitions of indicators: themselves, their targets, their breakdowns."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.core.history import move_version_on
from app.extensions import db
from app.indicators.models import (
    Breakdown,
    BreakdownPart,
    Indicator,
    Measurement,
    MeasurementPart,
    Target,
)


def add_indicator(*, id: uuid.UUID, workstream_id: uuid.UUID, **words: Any) -> Indicator:
    """Define an indicator; the same form sent twice defines it once. It comes last in the list."""
    position = db.session.scalar(
        sa.select(sa.func.coalesce(sa.func.max(Indicator.position), -1) + 1).where(
            Indicator.workstream_id == workstream_id
        )
    )

    def make() -> Indicator:
        return Indicator(id=id, workstream_id=workstream_id, position=position, **words)

    return create_once(Indicator, id, make, workstream_id=workstream_id)[0]


def edit_indicator(*, indicator: Indicator, version: int, **words: Any) -> None:
    """Change the definition. Raises EditConflict; Refused for another unit once there are values,
    because what was measured would then mean something else."""
    check_version(indicator, version)
    if words["unit"] is not indicator.unit and has_values(indicator):
        raise Refused("It has values already, so its unit stays. Add another indicator", "unit")
    for name, value in words.items():
        setattr(indicator, name, value)
    db.session.flush()


def has_values(indicator: Indicator) -> bool:
    """Whether anything was ever measured."""
    one = sa.select(Measurement.id).where(Measurement.indicator_id == indicator.id)
    return db.session.scalar(one.limit(1)) is not None


def archive_indicator(*, indicator: Indicator, version: int) -> None:
    """Measure it no more: its values stay to be read. Twice changes nothing. Raises EditConflict."""
    if indicator.archived_at is None:
        check_version(indicator, version)
        indicator.archived_at = clock.now()
        db.session.flush()


def bring_back_indicator(*, indicator: Indicator, version: int) -> None:
    """Measure it again. Twice changes nothing. Raises EditConflict."""
    if indicator.archived_at is not None:
        check_version(indicator, version)
        indicator.archived_at = None
        db.session.flush()


def add_target(*, id: uuid.UUID, indicator: Indicator, on: date, value: Decimal) -> Target:
    """Say what is to be reached by a day; one target for a day."""
    there = {"indicator_id": indicator.id, "workstream_id": indicator.workstream_id}
    return create_once(Target, id, lambda: Target(id=id, on=on, value=value, **there), **there)[0]


def edit_target(*, target: Target, version: int, on: date, value: Decimal) -> None:
    """Change a target. Raises EditConflict."""
    check_version(target, version)
    target.on, target.value = on, value
    db.session.flush()


def remove_target(*, target: Target, version: int) -> None:
    """Remove a target; history keeps it and can bring it back. Raises EditConflict."""
    check_version(target, version)
    db.session.delete(target)
    db.session.flush()


def add_breakdown(
    *, id: uuid.UUID, indicator: Indicator, name: str, overlapping: bool, parts: Sequence[str]
) -> Breakdown:
    """Divide an indicator into groups; the same form sent twice does it once."""
    there = {"indicator_id": indicator.id, "workstream_id": indicator.workstream_id}
    position = len(indicator.breakdowns)
    breakdown, created = create_once(
        Breakdown,
        id,
        lambda: Breakdown(id=id, name=name, overlapping=overlapping, position=position, **there),
        **there,
    )
    if created:
        _arrange(breakdown, parts)
    return breakdown


def edit_breakdown(
    *, breakdown: Breakdown, version: int, name: str, overlapping: bool, parts: Sequence[str]
) -> None:
    """Change its name and groups. A group that is left out stays with the values that it has, and is
    asked for no more; named again, it comes back. Raises EditConflict.

    Whether groups overlap decides whether their values add up: once there are values it stays. Raises
    Refused.
    """
    check_version(breakdown, version)
    if overlapping != breakdown.overlapping and _is_used(breakdown):
        raise Refused("It has values already, so this stays. Add another breakdown", "overlapping")
    if parts != [part.name for part in breakdown.parts if part.archived_at is None]:
        move_version_on(breakdown)
    breakdown.name, breakdown.overlapping = name, overlapping
    _arrange(breakdown, parts)


def remove_breakdown(*, breakdown: Breakdown, version: int) -> None:
    """Remove a breakdown that has no values yet. Raises EditConflict, Refused."""
    check_version(breakdown, version)
    if _is_used(breakdown):
        raise Refused("It has values, which stay. Take its groups out instead")
    db.session.delete(breakdown)
    db.session.flush()


def _arrange(breakdown: Breakdown, names: Sequence[str]) -> None:
    known = {part.name.casefold(): part for part in breakdown.parts}
    for position, name in enumerate(names):
        part = known.pop(name.casefold(), None)
        if part is None:
            part = BreakdownPart(breakdown_id=breakdown.id)
            breakdown.parts.append(part)
        part.name, part.position, part.archived_at = name, position, None
    used = _used_parts(breakdown)
    for part in known.values():
        if part.id in used:
            part.archived_at = part.archived_at or clock.now()
        else:
            breakdown.parts.remove(part)
    db.session.flush()


def _used_parts(breakdown: Breakdown) -> set[uuid.UUID]:
    parts = sa.select(BreakdownPart.id).where(BreakdownPart.breakdown_id == breakdown.id)
    used = sa.select(MeasurementPart.part_id).where(MeasurementPart.part_id.in_(parts))
    return set(db.session.scalars(used.distinct()))


def _is_used(breakdown: Breakdown) -> bool:
    return bool(_used_parts(breakdown))
