"""Choosing a file."""

from functools import partial
from typing import Any

from flask_wtf.file import FileField
from govuk_frontend_wtf import wtforms_widgets as gov
from wtforms import ValidationError

from app.core.forms import Form, IdField
from app.importing.limits import MEGABYTE, MOST_BYTES
from app.importing.reading import ACCEPTED

ChosenFile = partial(FileField, widget=gov.GovFileInput())


class FileForm(Form):
    """One file. `id` names what will be kept of it, so that sending it twice keeps it once."""

    id = IdField()
    file = ChosenFile(
        "Word, Excel or CSV file",
        description=f"A .docx, .xlsx or .csv file, {MOST_BYTES // MEGABYTE} MB at most",
        render_kw={"accept": ",".join(ACCEPTED)},
    )

    def validate_file(self, field: Any) -> None:
        if not field.data:
            raise ValidationError("Choose a file")
