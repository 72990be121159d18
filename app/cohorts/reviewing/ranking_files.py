"""The ranking as a table to take away."""

from collections.abc import Sequence

from app.cohorts.reviewing.models import Recommendation
from app.cohorts.reviewing.ranking import Ranked
from app.cohorts.table_files import TableFile, Value
from app.workstreams.queries import Place

_COLUMNS = {
    "Rank": 8,
    "Tied": 8,
    "Reference": 14,
    "Name": 28,
    "Stage": 14,
    "Mean (1 to 5)": 14,
    "Lowest": 10,
    "Highest": 10,
    "Spread": 10,
    "Reviews": 10,
    "Yes": 8,
    "Maybe": 8,
    "No": 8,
    "Reviewers disagree": 18,
    "Note": 40,
}


def file_of(place: Place, rows: Sequence[Ranked]) -> TableFile:
    """These rows, in their order."""
    return TableFile(
        "Ranking", f"Ranking, {place.workstream.name}", _COLUMNS, [_values(row) for row in rows]
    )


def _values(row: Ranked) -> list[Value]:
    return [
        row.rank,
        "Yes" if row.tied else "",
        row.reference,
        row.name,
        row.stage.label,
        row.mean,
        row.lowest,
        row.highest,
        row.spread,
        row.reviews,
        *(row.recommendations[r] for r in Recommendation),
        "Yes" if row.disagree else "No",
        "Left out until you have given your own scores" if row.withheld else "",
    ]
