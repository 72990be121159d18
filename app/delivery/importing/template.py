"""A workbook with the headings of a plan, for those who start from nothing."""

from flask.typing import ResponseReturnValue

from app.delivery.columns import COLUMNS
from app.importing.empty_table import empty_table

_WIDE = {"what": 45, "how": 45, "due": 24}


def template_file(slug: str) -> ResponseReturnValue:
    """The workbook as a download."""
    columns = [c for c in COLUMNS if c.imported and c.key != "reference"]
    headings = {column.heading: _WIDE.get(column.key, 18) for column in columns}
    return empty_table("Plan", headings, f"{slug}-plan.xlsx")
