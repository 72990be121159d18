"""A plan as CSV: UTF-8 that Excel knows by its mark, every cell quoted, no cell run as a formula.

Days are written as 2021-06-18. The last column names the version in every row, because a CSV file has
no other place to; the importer does not know it, and leaves it.
"""

import csv
import io
from datetime import date

from app.core.spreadsheet_text import escape_formula
from app.delivery.columns import COLUMNS
from app.delivery.exports.plan_file import PlanFile, Value

MIMETYPE = "text/csv"
VERSION_HEADING = "Version of the plan"


def write(file: PlanFile) -> bytes:
    """The file's bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*(column.heading for column in COLUMNS), VERSION_HEADING])
    version = ". ".join([file.title, *file.lines])
    for row in file.rows:
        cells = [_cell(row.values[column.key]) for column in COLUMNS]
        writer.writerow([*cells, _cell(version)])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    # A number is our own: -3 stays one.
    return str(value) if isinstance(value, int) else escape_formula(value)
