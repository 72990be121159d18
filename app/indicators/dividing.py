"""The breakdowns of one value, as tables and as bars."""

from app.indicators.breaking_down import Bars, PartTable, bars_of, table_of
from app.indicators.models import Indicator, Measurement
from app.indicators.queries import parts_of
from app.indicators.values import Measure, value_of


def divided(
    indicator: Indicator, measure: Measure, measurement: Measurement
) -> list[tuple[PartTable, Bars]]:
    """Each breakdown that a value has groups of, in order; one query."""
    parts = parts_of([measurement.id]).get(measurement.id, {})
    whole = value_of(measurement)
    found = []
    for breakdown in indicator.breakdowns:
        groups = [(part.name, parts[part.id]) for part in breakdown.parts if part.id in parts]
        if groups:
            name, overlapping = breakdown.name, breakdown.overlapping
            table = table_of(measure, name, groups, whole, overlapping=overlapping)
            found.append((table, bars_of(measure, table)))
    return found
