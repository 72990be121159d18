"""A plan as a file: the address of its page with an ending, and the same filter behind it."""

import io
from collections.abc import Callable

from flask import current_app, request, send_file
from flask.typing import ResponseReturnValue

from app.core import access, clock
from app.core.errors import show_error
from app.core.rights import Right
from app.delivery.exports import csv, docx, ics, pdf, xlsx
from app.delivery.exports.plan_file import PlanFile
from app.delivery.exports.reading import MOST_ROWS, MOST_SET_ROWS, plan_file_in_url, read_plan
from app.delivery.filters import PlanFilter
from app.delivery.models import DeliveryPlan
from app.delivery.routes import of_plan
from app.workstreams.queries import Place

# Ending -> what writes it, its media type, the most rows.
_FORMATS: dict[str, tuple[Callable[[PlanFile], bytes], str, int]] = {
    "xlsx": (xlsx.write, xlsx.MIMETYPE, MOST_ROWS),
    "csv": (csv.write, csv.MIMETYPE, MOST_ROWS),
    "docx": (docx.write, docx.MIMETYPE, MOST_SET_ROWS),
    "pdf": (pdf.write, pdf.MIMETYPE, MOST_SET_ROWS),
    "ics": (ics.write, ics.MIMETYPE, MOST_SET_ROWS),
}


@of_plan(".<any(xlsx, csv, docx, pdf, ics):file_format>")
@access.needs(Right.VIEW_WORKSTREAM, plan_file_in_url)
def plan_file(place: Place, plan: DeliveryPlan, file_format: str) -> ResponseReturnValue:
    """Download the plan, as filtered by the URL."""
    write, mimetype, limit = _FORMATS[file_format]
    wanted = PlanFilter.read(request.args)
    file = read_plan(place, plan, wanted, clock.today(), limit=limit)
    try:
        content = write(file)
    except pdf.NotTypeset as error:
        current_app.logger.error("A PDF was not made: %s", error)
        return show_error(
            503,
            "The PDF could not be made just now. Try again in a minute, filter the plan so that it is "
            "shorter, or download it as Word or Excel.",
        )
    return send_file(
        io.BytesIO(content),
        mimetype=mimetype,
        as_attachment=True,
        download_name=file.filename(file_format),
    )
