"""Forms that make a whole map at once: a pasted list, a file, and the press that makes it."""

from typing import Any

from wtforms import HiddenField, ValidationError
from wtforms.validators import DataRequired, Length

from app.core.forms import Form, IdField, LongTextField, RadiosField, TextField, TickField
from app.importing.forms import ChosenFile
from app.importing.limits import MEGABYTE, MOST_BYTES
from app.importing.reading import ACCEPTED
from app.theory_of_change.interchange import LONGEST_TITLE

FORWARDS, BACKWARDS = "forwards", "backwards"
_LONGEST_LIST = 200_000


class PasteForm(Form):
    """An indented list."""

    id = IdField()
    title = TextField(
        "Title of the theory",
        validators=[DataRequired("Enter a title"), Length(max=LONGEST_TITLE)],
    )
    text = LongTextField(
        "The list",
        description="One step on each line. Indent what a step leads to beneath it, with spaces or tabs",
        render_kw={"rows": 14, "spellcheck": "false"},
        filters=[],
        validators=[Length(max=_LONGEST_LIST)],
    )
    way = RadiosField(
        "What the list begins with",
        choices=[
            (FORWARDS, "Activities: what is indented beneath a line follows from it"),
            (BACKWARDS, "The impact: what is indented beneath a line leads to it"),
        ],
        default=FORWARDS,
    )

    def validate_text(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError("Paste or type the list")


class MapFileForm(Form):
    """A table, or a map that was exported."""

    id = IdField()
    title = TextField(
        "Title of the theory",
        description="Not needed for a map exported as JSON, which has its own",
        validators=[Length(max=LONGEST_TITLE)],
    )
    file = ChosenFile(
        "Word, Excel, CSV or JSON file",
        description=f"A .docx, .xlsx, .csv or .json file, {MOST_BYTES // MEGABYTE} MB at most",
        render_kw={"accept": ",".join([*ACCEPTED, ".json"])},
    )
    linked = TickField("What stands in one row of the table leads from left to right", default=True)

    def validate_file(self, field: Any) -> None:
        if not field.data:
            raise ValidationError("Choose a file")


class MakeForm(Form):
    """The press that makes the map as it was shown."""

    seen = HiddenField()
