"""The base of every form: GOV.UK widgets, errors beside fields, and what happens when saving fails."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar, Self

from flask import Response
from flask_wtf import FlaskForm
from govuk_frontend_wtf import wtforms_widgets as gov
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    widgets,
)
from wtforms.fields.choices import SelectChoice, SelectFieldBase

from app.core import htmx
from app.core.database import new_id
from app.core.editing import Conflict, ConflictField, last_change
from app.core.errors import EditConflict, Refused, refusal
from app.extensions import db

# What no keyboard means to type, and PostgreSQL will not keep; tabs and line ends stay.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0x200B, 0xFEFF])


def _strip(value: str | None) -> str | None:
    return value.translate(_CONTROLS).strip() if isinstance(value, str) else value


def _lines(value: str | None) -> str | None:
    """Browsers send CRLF; one kind of line end is kept, or every save would look like an edit."""
    plain = _strip(value)
    return plain.replace("\r\n", "\n").replace("\r", "\n") if plain else plain


class _TextArea(gov.GovTextArea):
    """`render_kw={"rows": 2}` as the macro wants it; else the attribute would stand there twice."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)
        if rows := params["attributes"].pop("rows", None):
            params["rows"] = rows
        return params


class _Pairs:
    """Choices given as (value, label) pairs, which WTForms wants spelt out."""

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, choices=_spelt_out(choices), **kwargs)  # type: ignore[call-arg]

    def _choices_from_input(self, choices: Any) -> Any:
        return super()._choices_from_input(_spelt_out(choices))  # type: ignore[misc]


def _spelt_out(choices: Any) -> Any:
    if not isinstance(choices, list | tuple):
        return choices
    return [SelectChoice(value=c[0], label=c[1]) if isinstance(c, tuple) else c for c in choices]


class _Select(_Pairs, SelectField):
    pass


class _Radios(_Pairs, RadioField):
    pass


class _Ticks(_Pairs, SelectMultipleField):
    pass


TextField = partial(StringField, widget=gov.GovTextInput(), filters=[_strip])
LongTextField = partial(TextAreaField, widget=_TextArea(), filters=[_lines])
ChoiceField = partial(_Select, widget=gov.GovSelect())
RadiosField = partial(_Radios, widget=gov.GovRadioInput())
TickField = partial(BooleanField, widget=gov.GovCheckboxInput())
TicksField = partial(_Ticks, widget=gov.GovCheckboxesInput(), option_widget=widgets.CheckboxInput())
SecretField = partial(PasswordField, widget=gov.GovPasswordInput())


class IdField(HiddenField):
    """The id that a create form will create, carried so that sending it twice creates once."""

    def process_data(self, value: uuid.UUID | None) -> None:
        self.data = value or new_id()

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            try:
                self.data = uuid.UUID(valuelist[0])
            except ValueError as error:
                raise ValidationError("Reload the page and try again.") from error

    def _value(self) -> str:
        return str(self.data)


class _Version(IntegerField):
    """The version that a form was opened at. A form sent without one is opened at none, so that it
    can never save over somebody else's words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = -1
        if valuelist:
            super().process_formdata(valuelist)


VersionField = partial(_Version, widget=widgets.HiddenInput())


class _Words:
    """The library's own messages, in words that say what to do."""

    PLAIN: ClassVar[dict[str, str]] = {
        "Not a valid choice.": "Choose one from the list",
        "Invalid Choice: could not coerce.": "Choose one from the list",
        "Invalid choice(s): one or more data inputs could not be coerced.": "Choose from the list",
        "Not a valid integer value.": "Enter a whole number",
        "This field is required.": "Fill this in",
    }

    def gettext(self, message: str) -> str:
        return self.PLAIN.get(message, message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        if "cannot be longer than" in plural:
            return "Use %(max)d characters or fewer"
        if "is not a valid choice" in plural or "are not valid choices" in plural:
            return "Choose from the list"
        return singular if number == 1 else plural


_BOOKKEEPING = frozenset({"csrf_token", "version", "id"})


class Form(FlaskForm):
    """A form that shows why it could not be saved, and keeps every word typed into it."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> _Words:
            return _Words()

    conflict: Conflict | None = None
    # Told apart where several forms are open in one page.
    error_summary_id: str | None = None

    def mark_ids(self, mark: str) -> None:
        """End every field's id with `mark`, because the page may hold this form more than once."""
        self.error_summary_id = f"error-summary-{mark}"
        for field in self:
            field.id = f"{field.name}-{mark}"

    @contextmanager
    def saving(self, thing: Any = None, fresh: Callable[[], Self] | None = None) -> Iterator[None]:
        """Around the one service call. Turns what the service or the database refuses into errors
        beside fields (422) and an edit conflict into both texts side by side (409).

        `thing` is the row edited; `fresh()` makes this form from the row as it is now.
        """
        thing_id = getattr(thing, "id", None)
        try:
            yield
        except Refused as error:
            db.session.rollback()
            self._refuse(error)
        except IntegrityError as error:
            db.session.rollback()
            words = refusal(error)
            if words is None:
                raise
            self._refuse(words)
        except (EditConflict, StaleDataError):
            db.session.rollback()
            if fresh is None or thing_id is None:
                raise
            self._show_conflict(thing, thing_id, fresh())

    def _refuse(self, error: Refused) -> None:
        field = self._fields.get(error.field) if error.field else None
        if field is None:
            self.form_errors.append(error.message)
        else:
            field.errors = [*field.errors, error.message]

    def _show_conflict(self, thing: Any, thing_id: uuid.UUID, fresh: Self) -> None:
        change = last_change(thing_id)
        self.conflict = Conflict(
            who=change.actor.name if change and change.actor else "Someone",
            when=change.at if change else None,
            fields=[
                ConflictField(str(mine.label.text), in_words(theirs), in_words(mine), mine.id)
                for mine, theirs in ((mine, fresh._fields[mine.name]) for mine in self)
                if mine.name not in _BOOKKEEPING and in_words(mine) != in_words(theirs)
            ],
        )
        # Saving again is then a decision made with both texts in view; and where it makes a new
        # record, it is another than the one that is there.
        if "id" in self._fields:
            self._fields["id"].data = new_id()
        self._fields["version"].data = thing.version
        self._fields["version"].raw_data = None

    @property
    def failed(self) -> bool:
        """Whether saving was refused, after validation had passed."""
        return bool(self.errors or self.conflict)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form again."""
        return 409 if self.conflict else 422 if self.errors else 200

    def show(self, page: str, fragment: str | None = None, **context: Any) -> Response:
        """Render the form with the status that says how it fared."""
        return htmx.render(page, fragment, status=self.status, form=self, **context)


class ButtonForm(Form):
    """The press of a button: nothing to fill in, but the version that the page showed where pressing
    it on something changed meanwhile, or twice, matters. (No row has version 0.)"""

    version = VersionField(default=0)


def in_words(field: Field) -> str:
    """A field's value as a person reads it: choices by label, lists joined."""
    if isinstance(field, SelectFieldBase):
        labels = {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return ", ".join(labels.get(str(value), "") for value in chosen if value not in (None, ""))
    if isinstance(field.data, bool):
        return "Yes" if field.data else "No"
    return "" if field.data is None else str(field._value())


def names_query_values(values: list[tuple[uuid.UUID, str]], empty: str) -> list[tuple[str, str]]:
    """Choices for an optional select: an empty one first, ids as text."""
    return [("", empty), *((str(value), label) for value, label in values)]


def optional_uuid(value: str | None) -> uuid.UUID | None:
    """Coerce a select's value; empty is None. Raises ValueError for anything else."""
    return uuid.UUID(str(value)) if value else None
