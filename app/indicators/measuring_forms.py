"""Forms that take values. Their fields depend on the unit and the breakdowns of the indicator."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self, cast

from wtforms import Field
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core import clock
from app.core.dates_field import DayField
from app.core.forms import Form, IdField, LongTextField, RadiosField, VersionField
from app.indicators.models import Breakdown, Indicator, Unit
from app.indicators.number_fields import CountField, FigureField, as_typed
from app.indicators.rules import (
    day_problems,
    group_of,
    group_problems,
    parts_asked,
    value_problems,
)
from app.indicators.values import Measure, Value, measure_of

_NAMES = {
    Unit.NUMBER: ("value",),
    Unit.SCORE: ("value",),
    Unit.PERCENTAGE: ("numerator", "denominator", "value"),
    Unit.YES_NO: ("yes",),
    Unit.NARRATIVE: ("words",),
}
_LONGEST = Length(max=10_000, message="Use 10,000 characters or fewer")


class Divided(NamedTuple):
    """A breakdown in a form: for each group its name and its fields."""

    breakdown: Breakdown
    groups: list[tuple[str, list[Field]]]


class ValueForm(Form):
    """What every form that takes a value has; `make` adds the fields of one indicator."""

    indicator: Indicator
    measure: Measure

    @classmethod
    def make(cls, indicator: Indicator, **kwargs: Any) -> Self:
        """The form for one indicator. `value`, `parts` and `commentary` fill it; the rest is WTForms'
        own (`formdata`, `prefix`, `meta`)."""
        measure = measure_of(indicator, ())
        value: Value = kwargs.pop("given", Value())
        parts: dict[Any, Value] = kwargs.pop("parts", {})
        fields = _fields_of(measure)
        data = _typed(measure, value)
        for breakdown in indicator.breakdowns if _has_groups(measure) else ():
            for part in parts_asked(breakdown):
                fields |= _part_fields(measure, part.id.hex, f"{breakdown.name}, {part.name}")
                for name, typed in _typed(measure, parts.get(part.id, Value())).items():
                    data[f"part_{part.id.hex}_{name}"] = typed
        fields["commentary"] = LongTextField(
            "Commentary (optional)", validators=[_LONGEST], render_kw={"rows": 2}
        )
        made = cast(Any, type(cls.__name__, (cls,), fields))
        form: Self = made(data=kwargs.pop("data", {}) | data, **kwargs)
        form.indicator, form.measure = indicator, measure
        return form

    @property
    def value_fields(self) -> list[Field]:
        """The fields of the value itself, in order."""
        return [self._fields[name] for name in _NAMES[self.measure.unit]]

    @property
    def divided(self) -> list[Divided]:
        """The breakdowns and the fields of their groups."""
        if not _has_groups(self.measure):
            return []
        return [
            Divided(
                breakdown,
                [
                    (part.name, [self._fields[name] for name in self._names(part.id.hex)])
                    for part in parts_asked(breakdown)
                ],
            )
            for breakdown in self.indicator.breakdowns
        ]

    @property
    def given(self) -> Value:
        """The value that was typed."""
        return _value_from(self.value_fields, _NAMES[self.measure.unit])

    @property
    def given_parts(self) -> dict[object, Value]:
        """What was typed for groups; those left empty are not in it."""
        found: dict[object, Value] = {}
        for breakdown in self.indicator.breakdowns if _has_groups(self.measure) else ():
            for part in parts_asked(breakdown):
                fields = [self._fields[name] for name in self._names(part.id.hex)]
                value = _value_from(fields, _part_names(self.measure))
                if value != Value():
                    found[part.id] = value
        return found

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed."""
        kept = {"id", "version", "csrf_token", "on"}
        return any(
            any(str(text).strip() for text in field.raw_data or [])
            for name, field in self._fields.items()
            if name not in kept
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """By the rules that every value keeps to (`app.indicators.rules`)."""
        if not super().validate(extra_validators):
            return False
        for name, words in value_problems(self.measure, self.given):
            self._fields[name].errors = [words]
        if "on" in self._fields:
            for name, words in day_problems(self._fields["on"].data, clock.today()):
                self._fields[name].errors = [words]
        if not self.errors and _has_groups(self.measure):
            for breakdown in self.indicator.breakdowns:
                self._check_groups(breakdown)
        return not self.errors

    def _check_groups(self, breakdown: Breakdown) -> None:
        group = group_of(breakdown)
        ids = {part.name: part.id for part in parts_asked(breakdown)}
        mine = {key: value for key, value in self.given_parts.items() if key in group.parts}
        for name, words in group_problems(self.measure, self.given, group, mine):
            self._fields[self._names(ids[name].hex)[0]].errors = [words]

    def _names(self, part: str) -> list[str]:
        return [f"part_{part}_{name}" for name in _part_names(self.measure)]


class EnterForm(ValueForm):
    """A value for any day."""

    id = IdField()
    on = DayField(
        "Last day that it is for",
        description="For example, 30 June 2021 for April to June",
        validators=[DataRequired("Enter a date")],
    )


class DueForm(ValueForm):
    """One row of what is due. The page has one token for all of them."""

    class Meta(ValueForm.Meta):
        csrf = False

    id = IdField()


class EditDraftForm(ValueForm):
    """A value that nobody has approved yet."""

    version = VersionField(validators=[InputRequired("Reload the page and try again")])
    on = DayField("Last day that it is for", validators=[DataRequired("Enter a date")])


class CorrectForm(ValueForm):
    """What a value should have been."""

    id = IdField()
    version = VersionField(validators=[InputRequired("Reload the page and try again")])
    reason = LongTextField(
        "Why it is corrected",
        description="Kept with the old value, which stays to be read.",
        validators=[DataRequired("Say why it is corrected"), _LONGEST],
        render_kw={"rows": 2},
    )


def _has_groups(measure: Measure) -> bool:
    return measure.unit.is_counted


def _part_names(measure: Measure) -> tuple[str, ...]:
    return ("numerator", "denominator") if measure.unit is Unit.PERCENTAGE else ("value",)


def _fields_of(measure: Measure) -> dict[str, Any]:
    if measure.unit is Unit.PERCENTAGE:
        return {
            "numerator": CountField("How many", validators=[Optional()]),
            "denominator": CountField("Out of how many", validators=[Optional()]),
            "value": FigureField(
                "Or the percentage alone",
                description="Only where the counts are not known",
                validators=[Optional()],
            ),
        }
    if measure.unit is Unit.YES_NO:
        choices = [("yes", "Yes"), ("no", "No")]
        return {"yes": RadiosField("Is it so?", choices=choices, validators=[Optional()])}
    if measure.unit is Unit.NARRATIVE:
        return {
            "words": LongTextField("How it stands", validators=[_LONGEST], render_kw={"rows": 3})
        }
    label = measure.counted.capitalize() or "Value"
    if measure.unit is Unit.SCORE and measure.lowest is not None and measure.highest is not None:
        label = f"Score, from {as_typed(measure.lowest)} to {as_typed(measure.highest)}"
    return {"value": FigureField(label, validators=[Optional()])}


def _part_fields(measure: Measure, part: str, called: str) -> dict[str, Any]:
    if measure.unit is Unit.PERCENTAGE:
        return {
            f"part_{part}_numerator": CountField(f"{called}: how many", validators=[Optional()]),
            f"part_{part}_denominator": CountField(
                f"{called}: out of how many", validators=[Optional()]
            ),
        }
    return {f"part_{part}_value": FigureField(called, validators=[Optional()])}


def _typed(measure: Measure, value: Value) -> dict[str, Any]:
    """A value as the form's fields hold it; a percentage that follows from counts is not typed."""
    typed: dict[str, Any] = {name: getattr(value, name) for name in _NAMES[measure.unit]}
    if "yes" in typed and value.yes is not None:
        typed["yes"] = "yes" if value.yes else "no"
    if value.denominator is not None:
        typed["value"] = None
    return typed


def _value_from(fields: Sequence[Field], names: Sequence[str]) -> Value:
    read = {name: field.data for name, field in zip(names, fields, strict=True)}
    if "yes" in read:
        read["yes"] = None if read["yes"] in (None, "", "None") else read["yes"] == "yes"
    if "words" in read:
        read["words"] = read["words"] or ""
    return Value(**read)
