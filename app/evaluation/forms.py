"""The forms of notes, and of the scale they are rated on."""

from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    TicksField,
    VersionField,
    optional_uuid,
)
from app.evaluation.bearing import KINDS, choices_of, keys_of
from app.evaluation.models import Audience, Direction, EvaluationSetting, Note, NoteKind, Scale
from app.evaluation.queries import reader_choices
from app.evaluation.scales import DESCRIBED
from app.evaluation.services import FIELDS, scale_of
from app.workstreams.queries import Place

_MOST = 20_000  # characters of a note's text: about eight pages
_DIRECTIONS = {
    Direction.SUPPORTS: "It speaks for what it bears on",
    Direction.MIXED: "Some of it speaks for, some against",
    Direction.CONTRADICTS: "It speaks against what it bears on",
    Direction.UNCLEAR: "It does not say either way",
}
_AUDIENCES = {
    Audience.EVERYONE: "Everybody who sees this workstream",
    Audience.EVALUATORS_AND_LEADS: "Evaluators, external evaluators, leads and administrators",
    Audience.NAMED: "You and the people ticked below. Search over all of Waymark leaves it out; the "
    "search on the Evidence page finds it",
}


def _level(value: Any) -> int | None:
    """A level of a scale as the radios send it; "" is not rated. Raises ValueError for anything else."""
    return None if value in ("", None, "None") else int(value)


def _text(label: str, hint: str, most: int = 4000) -> Any:
    return LongTextField(
        label,
        description=hint,
        validators=[Length(max=most, message=f"Use {most:,} characters or fewer")],
        render_kw={"rows": 3},
    )


class _NoteFields(Form):
    title = TextField(
        "Title",
        description="What was found, in a few words",
        validators=[
            DataRequired("Enter a title"),
            Length(max=200, message="Title must be 200 characters or fewer"),
        ],
    )
    on = DayField(
        "Date",
        description="When it was found. For example, 18 June 2021",
        default=clock.today,
        validators=[DataRequired("Enter a date")],
    )
    kind = ChoiceField(
        "Kind of note",
        choices=[(kind.value, kind.label) for kind in NoteKind],
        coerce=NoteKind,
        validators=[InputRequired("Choose a kind")],
    )
    text = LongTextField(
        "The note (optional)",
        description="You can use Markdown: **bold**, - for a list, # for a heading, [words](https://…) "
        "for a link.",
        validators=[Length(max=_MOST, message=f"Use {_MOST:,} characters or fewer")],
        render_kw={"rows": 10},
    )
    method = _text("Method (optional)", "How it was found out")
    sample = _text("Sample (optional)", "Who or what was looked at, and how many")
    shows = _text("What it shows (optional)", "The finding in a sentence or two")
    so_what = _text("So what (optional)", "What it means for the work, and what should follow")
    strength = RadiosField("Strength of the evidence", coerce=_level)
    direction = RadiosField(
        "Direction",
        choices=[(one.value, one.label) for one in Direction],
        coerce=Direction,
        default=Direction.UNCLEAR,
        validators=[InputRequired("Choose a direction")],
    )
    bears_on = TicksField("Parts of the plan and the map (optional)")
    audience = RadiosField(
        "Who may read it",
        choices=[(one.value, one.label) for one in Audience],
        coerce=Audience,
        default=Audience.EVERYONE,
        validators=[InputRequired("Choose who may read it")],
    )
    reader_ids = TicksField("People who may read it", coerce=optional_uuid)

    direction_hints = [{"hint": {"text": _DIRECTIONS[one]}} for one in Direction]
    audience_hints = [{"hint": {"text": _AUDIENCES[one]}} for one in Audience]

    def __init__(self, place: Place, *args: Any, obj: Note | None = None, **kwargs: Any) -> None:
        chosen = keys_of(obj) if obj else []
        if obj is not None:
            kwargs["bears_on"] = chosen
            kwargs["reader_ids"] = [reader.id for reader in obj.readers]
        super().__init__(*args, obj=obj, **kwargs)
        # A note that is rated keeps its scale, whatever was chosen for the workstream since.
        self.scale = (obj.scale if obj else None) or scale_of(place.id)
        levels = DESCRIBED[self.scale].levels
        self.strength.choices = [
            ("", "Not rated"),
            *((str(level), str(level)) for level in levels),
        ]
        self.strength_hints = [{}, *({"hint": {"text": words}} for words in levels.values())]
        self.borne = choices_of(place.id, chosen)
        self.bears_on.choices = [choice for some in self.borne.values() for choice in some]
        self.reader_ids.choices = [
            (str(person), name)
            for person, name in reader_choices(place, [r.id for r in obj.readers] if obj else [])
        ]
        # In the order of the page, as the browser sends them: the same ticks are no conflict.
        for ticks in (self.bears_on, self.reader_ids):
            places = {value: number for number, (value, _) in enumerate(ticks.choices)}
            ticks.data = sorted(ticks.data or (), key=lambda one: places.get(str(one), -1))

    @property
    def described(self) -> Any:
        """The scale in words."""
        return DESCRIBED[self.scale]

    @property
    def kinds(self) -> Any:
        """What the kinds of thing that it can bear on are called."""
        return KINDS

    @property
    def fields(self) -> dict[str, Any]:
        """What the services take: the value of each of FIELDS."""
        values = {name: self[name].data for name in FIELDS if name != "scale"}
        return values | {"scale": self.scale if values["strength"] is not None else None}

    def validate_on(self, field: Any) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("The date must be today or in the past")


class NewNoteForm(_NoteFields):
    id = IdField()


class EditNoteForm(_NoteFields):
    version = VersionField(validators=[InputRequired("Reload the page and try again")])


class ScaleForm(Form):
    """Which scale new notes are rated on."""

    version = VersionField(default=0)
    scale = RadiosField(
        "Scale",
        choices=[(scale.value, scale.label) for scale in Scale],
        coerce=Scale,
        default=Scale.MARYLAND,
        validators=[InputRequired("Choose a scale")],
    )
    scale_hints = [{"hint": {"text": DESCRIBED[scale].about}} for scale in Scale]

    def __init__(self, *args: Any, obj: EvaluationSetting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
