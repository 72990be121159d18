"""The columns of a table of values: a row for each value."""

from collections.abc import Sequence

from app.importing.choosing import Choices, Fields
from app.importing.grids import Grid
from app.importing.headings import Known

_KNOWN = {
    "indicator": ("Indicator", "name of the indicator", "measure", "name"),
    "on": ("Date", "last day", "period ending", "for", "month", "quarter"),
    "value": ("Value", "result", "number", "score", "percentage"),
    "numerator": ("How many", "numerator", "count"),
    "denominator": ("Out of how many", "out of", "denominator", "base", "asked"),
    "commentary": ("Commentary", "comment", "comments", "notes"),
}
FIELDS = Fields(
    known=[Known(key, names) for key, names in _KNOWN.items()],
    targets={key: names[0] for key, names in _KNOWN.items()},
    hints={
        "indicator": "The name as it is in Waymark",
        "on": "The last day of the period, the day before the month",
        "value": "A number, a score, a percentage, yes or no, or words; “14 of 20” is understood too",
        "numerator": "Of a percentage",
        "denominator": "Of a percentage",
    },
    needed={
        "indicator": "Choose the column that names the indicator",
        "on": "Choose the column with the date",
    },
)
WIDTHS = {
    "Indicator": 50,
    "Date": 16,
    "Value": 12,
    "How many": 12,
    "Out of how many": 16,
    "Commentary": 50,
}


def guess(grids: Sequence[Grid], chosen: int | None = None) -> Choices:
    """The table that reads most like values (or the one chosen), its headings and columns."""
    return Choices(*FIELDS.guess(grids, chosen))
