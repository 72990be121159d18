"""A cohort's numbers, for everybody who reads the cohort: small ones are never shown, to anybody."""

import io

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from app.cohorts.call.models import Call
from app.cohorts.figures import files
from app.cohorts.figures.drawing import draw
from app.cohorts.figures.page import VIEWS, cohort_in_url, numbers_of
from app.core import access, clock, htmx
from app.core.formatting import day
from app.core.rights import Right
from app.workstreams.queries import Place

bp = Blueprint("figures", __name__, url_prefix="/workstreams/<slug:slug>")

SMALL_NUMBERS = (
    "A count from 1 to 4 is given as “Fewer than 5”, so that nobody can be recognised. “Not shown” is a "
    "larger count that would give a small one away."
)


@bp.get("/numbers")
@access.needs(Right.VIEW_WORKSTREAM, cohort_in_url)
def numbers(place: Place, call: Call | None) -> ResponseReturnValue:
    """How many came how far, broken down as the URL says (`?by=area`)."""
    found = numbers_of(place, call, request.args.get("by", ""))
    return htmx.render(
        "cohorts/figures/numbers.html",
        place=place,
        call=call,
        numbers=found,
        views=VIEWS,
        small_numbers=SMALL_NUMBERS,
        drawings=[(figure, draw(figure)) for figure in found.figures],
    )


@bp.get("/numbers.<any(csv, xlsx):file_format>")
@access.needs(Right.VIEW_WORKSTREAM, cohort_in_url)
def numbers_file(place: Place, call: Call | None, file_format: str) -> ResponseReturnValue:
    """Download what the page shows."""
    found = numbers_of(place, call, request.args.get("by", ""))
    title = f"{place.workstream.name}: {found.label.lower()}"
    if file_format == "csv":
        content = files.as_csv(found.figures)
    else:
        notes = [f"As at {day(clock.today())}", SMALL_NUMBERS]
        content = files.as_xlsx(found.figures, title=title, notes=notes)
    return send_file(
        io.BytesIO(content),
        mimetype=files.MIMETYPES[file_format],
        as_attachment=True,
        download_name=f"{place.slug}-numbers-{found.view}-{clock.today()}.{file_format}",
    )
