"""What search finds of indicators: their names and definitions, not their values."""

from app.core.searching import Source, add_source
from app.indicators.models import Indicator


def register_sources() -> None:
    """Called once by the feature's `register`."""
    add_source(
        Source(
            "indicator",
            "Indicator",
            "Indicators",
            32,
            Indicator,
            title=Indicator.name,
            body=(Indicator.definition, Indicator.source),
            path=lambda row: f"/indicators/{row.id}",
            live=(Indicator.archived_at.is_(None),),
        )
    )
