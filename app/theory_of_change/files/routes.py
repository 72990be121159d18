"""A map as a file: the address of its page with an ending, and the same lens behind it."""

import io
import uuid
from collections.abc import Callable

from flask import Blueprint, current_app, request, send_file
from flask.typing import ResponseReturnValue

from app.accounts.models import User
from app.core import access, clock
from app.core.access import Loaded
from app.core.errors import show_error
from app.core.rights import Right
from app.delivery.exports.pdf import MIMETYPE as PDF
from app.delivery.exports.pdf import NotTypeset
from app.theory_of_change.drawing.on_page import step_asked_for, view_of
from app.theory_of_change.files import narrative, paper, workbook
from app.theory_of_change.files.map_file import MapFile, status_line
from app.theory_of_change.lenses import lens_called
from app.theory_of_change.models import Theory
from app.theory_of_change.queries import theory_in_url
from app.theory_of_change.reading import read_map
from app.workstreams.queries import Place

bp = Blueprint("theory_of_change_files", __name__)

# Ending -> what writes it, and its media type.
_FORMATS: dict[str, tuple[Callable[[MapFile], bytes], str]] = {
    "svg": (lambda file: file.picture(title=True).encode(), "image/svg+xml"),
    "png": (paper.write_png, "image/png"),
    "pdf": (lambda file: paper.write_pdf(file, _paper()), PDF),
    "docx": (narrative.write, narrative.MIMETYPE),
    "xlsx": (workbook.write, workbook.MIMETYPE),
}


def map_file_in_url(user: User, slug: str, theory_id: uuid.UUID, file_format: str) -> Loaded | None:
    """Access loader: as `theory_in_url`, and the format asked for."""
    loaded = theory_in_url(user, slug, theory_id)
    if loaded is None:
        return None
    return Loaded({**loaded.view_args, "file_format": file_format}, loaded.roles)


@bp.get(
    "/workstreams/<slug:slug>/map/<uuid:theory_id>.<any(svg, png, pdf, docx, xlsx):file_format>"
)
@access.needs(Right.VIEW_WORKSTREAM, map_file_in_url)
def map_file(place: Place, theory: Theory, file_format: str) -> ResponseReturnValue:
    """Download the map as the lens of the URL sees it."""
    write, mimetype = _FORMATS[file_format]
    the_map, today = read_map(theory), clock.today()
    lens = lens_called(request.args.get("lens"))
    view = view_of(the_map, lens, step_asked_for(the_map))
    file = MapFile(place, the_map, today, status_line(the_map, today), lens, view)
    try:
        content = write(file)
    except NotTypeset as error:
        current_app.logger.error("A map was not set: %s", error)
        return show_error(
            503,
            f"The {file_format.upper()} could not be made just now. Try again in a minute, or download the map "
            "as SVG, Word or Excel.",
        )
    return send_file(
        io.BytesIO(content),
        mimetype=mimetype,
        as_attachment=True,
        download_name=file.filename(file_format),
    )


def _paper() -> str:
    asked = request.args.get("paper", "")
    return asked if asked in paper.PAPERS else "a3"
