"""Findings as a file: the address of their page with an ending, and the same filter behind it."""

import io
from collections.abc import Callable

import sqlalchemy as sa
from flask import current_app, request, send_file
from flask.typing import ResponseReturnValue

from app.core import access, clock
from app.core.access import Loaded, User
from app.core.errors import show_error
from app.core.rights import Right
from app.delivery.exports.pdf import NotTypeset
from app.evaluation.bearing import borne_in
from app.evaluation.blueprint import bp
from app.evaluation.exports import docx, pdf, xlsx
from app.evaluation.exports.reading import MOST, MOST_SET, FindingsFile, read
from app.evaluation.filters import NoteFilter
from app.evaluation.models import Note
from app.evaluation.readable import readable
from app.workstreams.queries import Place, find_place

# Ending -> what writes it, its media type, the most notes.
_FORMATS: dict[str, tuple[Callable[[FindingsFile], bytes], str, int]] = {
    "docx": (docx.write, docx.MIMETYPE, MOST_SET),
    "pdf": (pdf.write, pdf.MIMETYPE, MOST_SET),
    "xlsx": (xlsx.write, xlsx.MIMETYPE, MOST),
}


def file_in_url(user: User, slug: str, file_format: str) -> Loaded | None:
    """Access loader: the workstream, and the ending of the address."""
    place = find_place(user, slug)
    return Loaded({"place": place, "file_format": file_format}, place.roles) if place else None


@bp.get("/findings.<any(docx, pdf, xlsx):file_format>")
@access.needs(Right.VIEW_WORKSTREAM, file_in_url)
def findings_file(place: Place, file_format: str) -> ResponseReturnValue:
    """Download what the reader may read, as filtered by the URL."""
    write, mimetype, most = _FORMATS[file_format]
    wanted = NoteFilter.read(request.args)
    named = {}
    if wanted.bears:
        mine = sa.select(Note.id).where(readable(place.user, place))
        named = {borne.key: borne.text for borne in borne_in(mine)}
    file = read(place, wanted, named, clock.today(), most)
    try:
        content = write(file)
    except NotTypeset as error:
        current_app.logger.error("A PDF was not made: %s", error)
        return show_error(
            503,
            "The PDF could not be made just now. Try again in a minute, filter the findings so that there "
            "are fewer, or download them as Word or Excel.",
        )
    return send_file(
        io.BytesIO(content),
        mimetype=mimetype,
        as_attachment=True,
        download_name=file.filename(file_format),
    )
