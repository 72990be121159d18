"""The first step of every import: a file comes, is read at once, and only what it says is kept."""

import uuid
from collections.abc import Callable

from flask_login import current_user

from app.core.errors import Refused
from app.extensions import db
from app.importing import uploads
from app.importing.choosing import Choices
from app.importing.forms import FileForm
from app.importing.grids import Grid
from app.importing.limits import TooLarge
from app.importing.models import Upload
from app.importing.reading import file_name, read_file


def receive(
    form: FileForm,
    *,
    workstream_id: uuid.UUID,
    purpose: str,
    subject_id: uuid.UUID,
    guess: Callable[[list[Grid]], Choices],
) -> tuple[Upload | None, int]:
    """(what is kept of the file, 200); or (None, the status of the refusal, whose words are beside the
    field). A file with one table alone has it chosen already, by `guess`."""
    user_id = current_user.id
    # Reading may take seconds, and a request that writes holds SQLite's one lock: let go of it.
    db.session.rollback()
    try:
        name = file_name(form.file.data.filename)
        contents = read_file(name, form.file.data.read())
        choices = guess(contents.grids) if len(contents.grids) == 1 else Choices()
        upload = uploads.keep(
            id=form.id.data,
            user_id=user_id,
            workstream_id=workstream_id,
            purpose=purpose,
            subject_id=subject_id,
            file_name=name,
            contents=contents,
            choices=choices.as_json(),
        )
    except Refused as refused:
        db.session.rollback()
        form.file.errors = [refused.message]
        return None, 413 if isinstance(refused, TooLarge) else 422
    return upload, 200


def next_step(upload: Upload) -> str:
    """ "table", where one of several must be chosen, or "columns"."""
    return "table" if upload.choices["grid"] is None else "columns"
