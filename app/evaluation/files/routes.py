"""The files of a note: adding, downloading, removing."""

import io
from typing import Any

from flask import current_app, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import ValidationError

from app.core import access, htmx
from app.core.errors import show_error
from app.core.forms import ButtonForm, Form, IdField
from app.core.rights import Right
from app.evaluation.blueprint import bp
from app.evaluation.files import services, store
from app.evaluation.files.kinds import ACCEPTED
from app.evaluation.files.queries import file_in_url
from app.evaluation.models import Attachment, Note
from app.evaluation.queries import note_in_url
from app.importing.forms import ChosenFile
from app.importing.large_requests import takes_file
from app.importing.limits import MEGABYTE, MOST_BYTES
from app.workstreams.queries import Place

_FILE = "/notes/<uuid:note_id>/files/<uuid:file_id>"


class FileForm(Form):
    """One file; `id` names what will be kept of it, so that sending it twice keeps it once."""

    id = IdField()
    file = ChosenFile(
        "File",
        description="PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, CSV or plain text, "
        f"{MOST_BYTES // MEGABYTE} MB at most",
        render_kw={"accept": ",".join(ACCEPTED)},
    )

    def validate_file(self, field: Any) -> None:
        if not field.data:
            raise ValidationError("Choose a file")


def _page(place: Place, note: Note, form: FileForm, status: int) -> ResponseReturnValue:
    return htmx.render("evaluation/add_file.html", status=status, place=place, note=note, form=form)


def _too_large(place: Place, note: Note) -> ResponseReturnValue:
    form = FileForm(formdata=None)
    form.file.errors = [services.too_large()]
    return _page(place, note, form, 413)


@bp.route("/notes/<uuid:note_id>/files/add", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, note_in_url)
@takes_file(_too_large)
def add_file(place: Place, note: Note) -> ResponseReturnValue:
    """Add a file to a note."""
    form = FileForm()
    if form.validate_on_submit():
        with form.saving():
            services.add_file(
                id=form.id.data,
                note=note,
                filename=form.file.data.filename or "",
                content=form.file.data.read(),
                by=current_user,
            )
        if not form.failed:
            return htmx.done(f"{place.url}/evidence/notes/{note.id}#files", "File added")
    return _page(place, note, form, form.status)


@bp.get(_FILE)
@access.needs(Right.VIEW_WORKSTREAM, file_in_url)
def file(place: Place, note: Note, attachment: Attachment) -> ResponseReturnValue:
    """Download a file: never shown in the page, whatever it is."""
    try:
        content = store.get(attachment.key)
    except store.FileGone:
        current_app.logger.error("A file of a note is not in the store: %s", attachment.id)
        return show_error(
            503,
            "The file store did not give this file. Try again in a minute, or tell an administrator.",
        )
    answer = send_file(
        io.BytesIO(content),
        mimetype=attachment.content_type,
        as_attachment=True,
        download_name=attachment.filename,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@bp.route(f"{_FILE}/remove", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, file_in_url)
def remove_file(place: Place, note: Note, attachment: Attachment) -> ResponseReturnValue:
    """Take a file away for good, after asking."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            services.remove_file(attachment=attachment)
        if not form.failed:
            return htmx.done(f"{place.url}/evidence/notes/{note.id}#files", "File removed")
    return form.show("evaluation/remove_file.html", place=place, note=note, attachment=attachment)
