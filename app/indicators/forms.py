"""Forms that define indicators, their targets and their breakdowns."""

from decimal import Decimal
from typing import Any

from wtforms import ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.dates_field import DayField
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    VersionField,
    names_query_values,
    optional_uuid,
)
from app.indicators.models import Better, Breakdown, Frequency, Indicator, Target, Unit
from app.indicators.number_fields import CountField, FigureField
from app.indicators.rules import completed, parts_asked, value_problems
from app.indicators.values import Measure, Value, small
from app.workstreams.choices import people_choices

MOST_GROUPS = 30


def _opened_at() -> Any:
    return VersionField(validators=[InputRequired("Reload the page and try again")])


def _at_most(number: int) -> Length:
    return Length(max=number, message=f"Use {number:,} characters or fewer")


class _IndicatorFields(Form):
    name = TextField(
        "Name",
        description="For example, People who feel safe in New Parks after dark",
        validators=[DataRequired("Enter a name"), _at_most(200)],
    )
    definition = LongTextField(
        "What exactly is measured (optional)",
        description="Who or what counts and what does not, so that two people would count the same.",
        validators=[_at_most(5_000)],
        render_kw={"rows": 3},
    )
    unit = RadiosField(
        "What a value is",
        choices=[(unit.value, unit.label) for unit in Unit],
        coerce=Unit,
        default=Unit.NUMBER,
        validators=[InputRequired("Choose what a value is")],
    )
    counted = TextField(
        "What or who is counted (optional)",
        description="A word that can follow the number: “graduates”, “of those asked”",
        validators=[_at_most(100)],
    )
    lowest = FigureField("Lowest score", validators=[Optional()])
    highest = FigureField("Highest score", validators=[Optional()])
    better = RadiosField(
        "Which way is better",
        choices=[(better.value, better.label) for better in Better],
        coerce=Better,
        default=Better.UP,
        validators=[InputRequired("Choose which way is better")],
    )
    baseline_numerator = CountField("How many, at the start (optional)", validators=[Optional()])
    baseline_denominator = CountField("Out of how many (optional)", validators=[Optional()])
    baseline = FigureField(
        "Baseline (optional)",
        description="The value at the start; of a percentage, only where its counts are not known",
        validators=[Optional()],
    )
    baseline_on = DayField("Date of the baseline", validators=[Optional()])
    baseline_text = TextField(
        "When that was, in words (optional)",
        description="For example, 2012/13",
        validators=[_at_most(200)],
    )
    frequency = ChoiceField(
        "How often a value is due",
        choices=[(often.value, often.label) for often in Frequency],
        coerce=Frequency,
        default=Frequency.QUARTERLY,
    )
    first_due_on = DayField(
        "Last day of the first period (optional)",
        description="For example, 30 June 2021 for April to June. Without it nothing is due.",
        validators=[Optional()],
    )
    source = LongTextField(
        "Where the values come from (optional)",
        description="A survey, a system, a person: so that they can be checked.",
        validators=[_at_most(2_000)],
        render_kw={"rows": 2},
    )
    owner_id = ChoiceField(
        "Who sees to it (optional)",
        description="They enter the values, and are told when one is late.",
        coerce=optional_uuid,
    )
    sensitive = TickField(
        "Hide counts under 5",
        description="Tick this where a small number could tell who somebody is.",
    )

    def __init__(self, *args: Any, obj: Indicator | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.owner_id.choices = names_query_values(
            people_choices(obj.owner_id if obj else None), "Nobody yet"
        )
        if obj is not None and obj.baseline_numerator is not None and not self.is_submitted():
            self.baseline.data = None  # it follows from the counts

    def validate(self, extra_validators: Any = None) -> bool:
        """What depends on the unit."""
        valid = super().validate(extra_validators)
        if not valid:
            return False
        if self.unit.data is Unit.SCORE:
            for field in (self.lowest, self.highest):
                if field.data is None:
                    field.errors = ["A score needs the ends of its scale"]
            if not self.errors and self.highest.data <= self.lowest.data:
                self.highest.errors = ["The highest score must be above the lowest"]
        if not self.errors and self._start != Value():
            self._check_baseline()
        return not self.errors

    def _check_baseline(self) -> None:
        if not self.unit.data.is_counted:
            self.baseline.errors = ["Only a number, a percentage or a score has a baseline"]
            return
        if self.unit.data is not Unit.PERCENTAGE and self._start.denominator is not None:
            self.baseline_denominator.errors = ["Only a percentage is out of something"]
            return
        for name, words in value_problems(self._measure, self._start):
            field = self.baseline if name == "value" else self._fields[f"baseline_{name}"]
            field.errors = [words]
        if not self.errors and small(self._measure, completed(self._measure, self._start)):
            # It would stand in the history, which everybody on the workstream reads.
            self.sensitive.errors = [
                "The baseline is a count under 5: leave it out, or untick this"
            ]
        if not (self.baseline_on.data or self.baseline_text.data):
            self.baseline_on.errors = ["Say when the baseline was measured"]

    @property
    def _measure(self) -> Measure:
        return Measure(
            unit=self.unit.data,
            lowest=self.lowest.data,
            highest=self.highest.data,
            sensitive=bool(self.sensitive.data),
        )

    @property
    def _start(self) -> Value:
        return Value(
            self.baseline.data, self.baseline_numerator.data, self.baseline_denominator.data
        )

    @property
    def words(self) -> dict[str, Any]:
        """What was filled in, as the services take it. Only after the form has validated."""
        is_score = self.unit.data is Unit.SCORE
        start = completed(self._measure, self._start)
        return {
            "name": self.name.data,
            "definition": self.definition.data or "",
            "unit": self.unit.data,
            "counted": self.counted.data or "",
            "lowest": self.lowest.data if is_score else None,
            "highest": self.highest.data if is_score else None,
            "better": self.better.data,
            "baseline": start.value,
            "baseline_numerator": start.numerator,
            "baseline_denominator": start.denominator,
            "baseline_on": self.baseline_on.data,
            "baseline_text": self.baseline_text.data or "",
            "frequency": self.frequency.data,
            "first_due_on": self.first_due_on.data,
            "source": self.source.data or "",
            "owner_id": self.owner_id.data,
            "sensitive": bool(self.sensitive.data),
        }


class NewIndicatorForm(_IndicatorFields):
    id = IdField()


class EditIndicatorForm(_IndicatorFields):
    version = _opened_at()


class _TargetFields(Form):
    value = FigureField("Target", validators=[InputRequired("Enter the target")])
    on = DayField("To be reached by", validators=[DataRequired("Enter a date")])

    def __init__(
        self, *args: Any, measure: Measure, obj: Target | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self._measure = measure
        if measure.unit is Unit.PERCENTAGE:
            self.value.label.text = "Target, in per cent"

    def validate_value(self, field: Any) -> None:
        if field.data is None:
            return
        low, high = self._measure.lowest, self._measure.highest
        if self._measure.unit is Unit.PERCENTAGE:
            low, high = Decimal(0), Decimal(100)
        if low is not None and high is not None and not low <= field.data <= high:
            raise ValidationError(
                f"Enter a target from {low.normalize():f} to {high.normalize():f}"
            )


class NewTargetForm(_TargetFields):
    id = IdField()


class EditTargetForm(_TargetFields):
    version = _opened_at()


class _BreakdownFields(Form):
    name = TextField(
        "Divided by",
        description="For example, Age band",
        validators=[DataRequired("Enter what it is divided by"), _at_most(100)],
    )
    parts = LongTextField(
        "Groups, one on each line",
        description="For example, 11 to 15, then 16 to 18, then 19 to 24. Add “Not known” where "
        "somebody may not say.",
        validators=[DataRequired("Enter the groups, one on each line")],
        render_kw={"rows": 6},
    )
    overlapping = RadiosField(
        "Can somebody be in two groups?",
        choices=[
            ("no", "No: the groups add up to the whole"),
            ("yes", "Yes: the groups overlap, and are never added up"),
        ],
        default="no",
        validators=[InputRequired("Choose one")],
    )

    def __init__(self, *args: Any, obj: Breakdown | None = None, **kwargs: Any) -> None:
        if obj is not None:
            kwargs |= {
                "name": obj.name,
                "version": obj.version,
                "parts": "\n".join(part.name for part in parts_asked(obj)),
                "overlapping": "yes" if obj.overlapping else "no",
            }
        super().__init__(*args, **kwargs)

    @property
    def groups(self) -> list[str]:
        """The names of the groups, in order."""
        lines = (" ".join(line.split()) for line in (self.parts.data or "").split("\n"))
        return [line for line in lines if line]

    def validate_parts(self, field: Any) -> None:
        names = [name.casefold() for name in self.groups]
        if len(names) < 2:
            raise ValidationError("Enter at least two groups, each on a line of its own")
        if len(names) > MOST_GROUPS:
            raise ValidationError(f"Enter {MOST_GROUPS} groups or fewer")
        if len(set(names)) < len(names):
            raise ValidationError("Two groups have the same name. Change one of them")
        if any(len(name) > 100 for name in names):
            raise ValidationError("Use 100 characters or fewer for each group")


class NewBreakdownForm(_BreakdownFields):
    id = IdField()


class EditBreakdownForm(_BreakdownFields):
    version = _opened_at()
