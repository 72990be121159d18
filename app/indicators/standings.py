"""How indicators stand, read in three queries however many there are."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.core.paging import Page
from app.extensions import db
from app.indicators.judging import State, state_of
from app.indicators.models import Indicator, Measurement, MeasurementStatus, Target
from app.indicators.periods import late_day
from app.indicators.sentences import sentence, target_words, value_words
from app.indicators.values import Aim, Measure, Value, measure_of, value_of
from app.workstreams.queries import Place

SHOWN = 50


@dataclass(frozen=True)
class Standing:
    """How one indicator stands today: everything that a list or a map says of it, in plain words.

    `newest` and `before` are values in force with their days. `waits`: a value waits for approval.
    `late_on`: the last day of a period whose value is late.
    """

    indicator: Indicator
    measure: Measure
    newest: tuple[date, Value] | None
    before: tuple[date, Value] | None
    today: date
    waits: bool = False
    late_on: date | None = None

    @cached_property
    def state(self) -> State:
        on, value = self.newest or (self.today, None)
        return state_of(self.measure, value, on)

    @cached_property
    def sentence(self) -> str:
        values = [one for one in (self.before, self.newest) if one]
        return sentence(self.measure, values, self.today)

    @property
    def latest(self) -> str:
        """The newest value in words; "" where there is none."""
        return value_words(self.measure, self.newest[1]) if self.newest else ""

    @property
    def on(self) -> date | None:
        """The day of the newest value."""
        return self.newest[0] if self.newest else None

    @property
    def target(self) -> str:
        """ "16 by March 2022"; "" where there is none."""
        if not self.measure.unit.is_counted:
            return ""
        return target_words(self.measure, self.on or self.today)


def standings(
    indicators: sa.ColumnElement[bool], today: date, *, limit: int | None = None, offset: int = 0
) -> list[Standing]:
    """How the indicators that a condition names stand, in their order; three queries."""
    rows = db.session.execute(
        sa.select(
            Indicator,
            _newest_id(0).label("newest_id"),
            _newest_id(1).label("before_id"),
            _draft_day().label("draft_on"),
        )
        .where(indicators)
        .order_by(Indicator.position, Indicator.id)
        .options(joinedload(Indicator.owner))
        .limit(limit)
        .offset(offset)
    ).all()
    values = _values([value for row in rows for value in (row.newest_id, row.before_id) if value])
    targets = _targets([row.Indicator.id for row in rows])
    return [
        _standing(
            row.Indicator,
            targets[row.Indicator.id],
            values.get(row.newest_id),
            values.get(row.before_id),
            row.draft_on,
            today,
        )
        for row in rows
    ]


def _standing(
    indicator: Indicator,
    targets: list[Aim],
    newest: tuple[date, Value] | None,
    before: tuple[date, Value] | None,
    draft_on: date | None,
    today: date,
) -> Standing:
    days = [day for day in (newest and newest[0], draft_on) if day]
    late = late_day(indicator.first_due_on, indicator.frequency, today, max(days, default=None))
    return Standing(
        indicator,
        measure_of(indicator, targets),
        newest,
        before,
        today,
        waits=draft_on is not None,
        late_on=None if indicator.archived_at else late,
    )


def _newest_id(skip: int) -> sa.ScalarSelect[uuid.UUID]:
    """SQL: the id of the newest value in force of the indicator at hand, or of the one before it. An
    alias: the index finds it without reading the others."""
    one = aliased(Measurement)
    return (
        sa.select(one.id)
        .where(
            one.indicator_id == Indicator.id,
            one.status == MeasurementStatus.APPROVED,
            one.superseded_at.is_(None),
        )
        .order_by(one.on.desc())
        .limit(1)
        .offset(skip)
        .correlate(Indicator)
        .scalar_subquery()
    )


def _draft_day() -> sa.ScalarSelect[date]:
    one = aliased(Measurement)
    return (
        sa.select(sa.func.max(one.on))
        .where(one.indicator_id == Indicator.id, one.status == MeasurementStatus.DRAFT)
        .correlate(Indicator)
        .scalar_subquery()
    )


def _values(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[date, Value]]:
    if not ids:
        return {}
    columns = (
        Measurement.value,
        Measurement.numerator,
        Measurement.denominator,
        Measurement.yes,
        Measurement.words,
    )
    rows = db.session.execute(
        sa.select(Measurement.id, Measurement.on, *columns).where(Measurement.id.in_(ids))
    )
    return {row[0]: (row[1], Value(*row[2:])) for row in rows}


def _targets(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Aim]]:
    found: dict[uuid.UUID, list[Aim]] = defaultdict(list)
    if ids:
        rows = db.session.execute(
            sa.select(Target.indicator_id, Target.on, Target.value)
            .where(Target.indicator_id.in_(ids))
            .order_by(Target.on)
        )
        for indicator_id, on, value in rows:
            found[indicator_id].append(Aim(on, value))
    return found


def page_of_indicators(place: Place, number: int, today: date, *, archived: bool) -> Page[Standing]:
    """A page of a workstream's indicators, in their order."""
    mine = sa.and_(
        Indicator.workstream_id == place.id,
        Indicator.archived_at.is_not(None) if archived else Indicator.archived_at.is_(None),
    )
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Indicator).where(mine)) or 0
    number = min(number, max(1, -(-total // SHOWN)))
    rows = standings(mine, today, limit=SHOWN, offset=(number - 1) * SHOWN)
    return Page(rows, number, total, SHOWN)


def standing_of_one(
    indicator: Indicator,
    measure: Measure,
    newest_first: Sequence[Measurement],
    drafts: Sequence[Measurement],
    today: date,
) -> Standing:
    """How one indicator stands, from values that have been read already."""
    newest, before = [
        (value.on, value_of(value)) if value else None
        for value in (*newest_first[:2], None, None)[:2]
    ]
    waits = max((draft.on for draft in drafts), default=None)
    return _standing(indicator, list(measure.targets), newest, before, waits, today)
