"""Forms of the delivery plan."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from wtforms import Field, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.dates_field import DayField, read_day
from app.core.formatting import day
from app.core.forms import (
    ChoiceField,
    Form,
    IdField,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    TicksField,
    VersionField,
    optional_uuid,
)
from app.delivery.models import Activity, Milestone, ProgressUpdate, Rag, RagDefinition
from app.delivery.services import ActivityWords
from app.delivery.worded_dates import Edge, read
from app.workstreams.models import Aim, ResilienceDomain

Choices = Sequence[tuple[Any, str]]
LONGEST = 5000


class PlanForm(Form):
    """A plan's title and period."""

    id = IdField()
    version = VersionField(default=0)
    title = TextField(
        "Title",
        description="For example, Delivery plan 2021/22",
        validators=[DataRequired("Enter a title"), Length(max=200)],
    )
    starts_on = DayField("First day", validators=[DataRequired("Enter the first day")])
    ends_on = DayField("Last day", validators=[DataRequired("Enter the last day")])

    def keep_period(self) -> None:
        """Of an agreed plan only the title is asked for: its period is part of what was promised."""
        del self.starts_on, self.ends_on

    def validate_ends_on(self, field: Field) -> None:
        if self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("The last day must be the same as or after the first day")


def worded_date(words: Field, day: Field, edge: Edge, example: str) -> tuple[str, date | None]:
    """The pair (words as written, day they count as) from two fields; an error where there is none."""
    if not words.data:
        if day.data:
            # An exact day alone is also how it is written.
            return day._value(), day.data
        return "", None
    found = day.data or read(words.data, edge)
    if found is None and not day.errors:
        day.errors = [
            *day.errors,
            f"We cannot tell which day “{words.data}” means. Enter the date that it means, like {example}",
        ]
    return words.data, found


class ActivityForm(Form):
    """What a row of the plan says; its progress is in `UpdateForm`."""

    id = IdField()
    version = VersionField(default=0)
    what = LongTextField(
        "Activity",
        description="What will be done",
        validators=[DataRequired("Enter what will be done"), Length(max=LONGEST)],
        render_kw={"rows": 2},
    )
    how = LongTextField("How it is taken forward", validators=[Length(max=LONGEST)])
    lead_person = ChoiceField("Lead person", coerce=str)
    lead_organisation = ChoiceField("Lead organisation", coerce=str)
    contributors = TicksField(
        "Contributors", description="They can post updates on this activity", coerce=str
    )
    start_words = TextField(
        "Start",
        description="As you would say it: 7 June 2021, June 2021, Q2 2021/22",
        validators=[Length(max=500)],
    )
    start_on = DayField(
        "Start date, if your words do not name one",
        description="Leave empty if they name one day, month or quarter",
        validators=[Optional()],
    )
    due_words = LongTextField(
        "Due",
        description="As you would say it: 30 June 2021, by early February 2021, Q2 2021/22",
        validators=[Length(max=LONGEST)],
        render_kw={"rows": 2},
    )
    due_on = DayField(
        "Due date, if your words do not name one",
        description="Leave empty if they name one day, month or quarter",
        validators=[Optional()],
    )
    reports_to = ChoiceField("Reports to", coerce=str)
    reporting = TextField(
        "More about reporting",
        description="For example, asked to report in at 12 months",
        validators=[Length(max=500)],
    )
    aims = TicksField("Priorities and ambition statements it serves", coerce=str)
    domains = TicksField(
        "Resilience it builds",
        coerce=str,
        choices=[(domain.value, domain.label) for domain in ResilienceDomain],
    )

    def __init__(
        self,
        *,
        people: Choices,
        organisations: Choices,
        groups: Choices,
        aims: Sequence[Aim],
        activity: Activity | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data=_activity_data(activity) if activity else None, **kwargs)
        named = [(str(value), label) for value, label in people]
        self.lead_person.choices = [("", "Nobody yet"), *named]
        self.contributors.choices = named
        self.lead_organisation.choices = [
            ("", "None"),
            *((str(value), label) for value, label in organisations),
        ]
        self.reports_to.choices = [("", "None"), *((str(value), label) for value, label in groups)]
        self.aims.choices = [(str(aim.id), aim.text) for aim in aims]
        if activity:
            self._keep_choices_that_have_gone(activity)
        self.agreed_due = _agreed(activity, "due") if activity else None
        if self.agreed_due:
            del self.due_words, self.due_on
        if not self.aims.choices:
            del self.aims

    def _keep_choices_that_have_gone(self, activity: Activity) -> None:
        """Somebody who has lost their role stays chosen until the lead says otherwise."""
        known = {value for value, _ in self.contributors.choices}
        gone = [p for p in [activity.lead_person, *activity.contributors] if p]
        extra = [
            (str(p.id), f"{p.name} (no role here now)") for p in gone if str(p.id) not in known
        ]
        self.lead_person.choices += extra
        self.contributors.choices += extra

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators) and not moved_promise(
            self, self.agreed_due, "due_words", "due_on"
        )
        self.start = worded_date(self.start_words, self.start_on, Edge.START, "1 September 2021")
        self.due = self.agreed_due or worded_date(
            self.due_words, self.due_on, Edge.END, "30 September 2021"
        )
        if self.start[1] and self.due[1] and self.start[1] > self.due[1]:
            late = self.start_words if self.agreed_due else self.due_words
            late.errors = [*late.errors, "It is due before it starts"]
        return bool(valid and not self.errors)

    @property
    def words(self) -> ActivityWords:
        """What the service takes. Only after the form has validated."""
        return ActivityWords(
            what=self.what.data or "",
            how=self.how.data or "",
            lead_person_id=optional_uuid(self.lead_person.data),
            lead_organisation_id=optional_uuid(self.lead_organisation.data),
            contributor_ids=[uuid.UUID(value) for value in self.contributors.data or ()],
            aim_ids=[uuid.UUID(v) for v in self.aims.data or ()] if "aims" in self else (),
            domains=[ResilienceDomain(value) for value in self.domains.data or ()],
            reports_to_id=optional_uuid(self.reports_to.data),
            reporting=self.reporting.data or "",
            start=self.start,
            due=self.due,
        )


def _agreed(thing: Activity | Milestone, name: str) -> tuple[str, date] | None:
    """The words and day of a date that was agreed, and so is no longer asked for."""
    text, on = getattr(thing, f"{name}_text"), getattr(thing, f"{name}_on")
    return (text, on) if thing.agreed_on and on else None


def _says(text: str) -> date | str | None:
    try:
        return read_day(text) if text else None
    except ValueError:
        return text


def moved_promise(form: Form, agreed: tuple[str, date] | None, words: str, on: str) -> bool:
    """Whether a form that was opened before its date was agreed asks to move it; says so if it does,
    because leaving it out in silence would lose what somebody typed."""
    if agreed is None or words not in request.form:
        return False
    said, counted = request.form[words].strip(), request.form.get(on, "").strip()
    if said in ("", agreed[0]) and _says(counted) in (None, agreed[1]):
        return False
    form.form_errors.append(
        f"The date was agreed while you were editing: {day(agreed[1])}. It stays as promised, so "
        f"“{said or counted}” was not saved. Save again to keep your other changes, "
        "and say a later date in an update"
    )
    return True


def _activity_data(activity: Activity) -> dict[str, Any]:
    """The row as the form's fields hold it. A date that its own words already say is left out."""
    said_start = read(activity.start_text, Edge.START)
    said_due = read(activity.due_text, Edge.END)
    return {
        "id": activity.id,
        "version": activity.version,
        "what": activity.what,
        "how": activity.how,
        "lead_person": str(activity.lead_person_id or ""),
        "lead_organisation": str(activity.lead_organisation_id or ""),
        "contributors": [str(person.id) for person in activity.contributors],
        "start_words": activity.start_text,
        "start_on": activity.start_on if activity.start_on != said_start else None,
        "due_words": activity.due_text,
        "due_on": activity.due_on if activity.due_on != said_due else None,
        "reports_to": str(activity.reports_to_id or ""),
        "reporting": activity.reporting,
        "aims": [str(aim.id) for aim in activity.aims],
        "domains": [domain.value for domain in activity.domains],
    }


class UpdateForm(Form):
    """A progress update: quick to fill, on a phone in a meeting."""

    id = IdField()
    version = VersionField(default=0)
    text = LongTextField(
        "What has happened",
        validators=[DataRequired("Say what has happened"), Length(max=LONGEST)],
        render_kw={"rows": 4},
    )
    rag = RadiosField("RAG", validators=[InputRequired("Choose red, amber or green")])
    rag_reason = LongTextField(
        "Why it is red or amber",
        description="Needed for red and amber. The board reads this",
        validators=[Length(max=1000)],
        render_kw={"rows": 2},
    )
    forecast_on = DayField(
        "New forecast date",
        description="If it will not be done on the date due",
        validators=[Optional()],
    )
    ticked = TicksField("Milestones reached", coerce=str)
    done = TickField("This activity is done")

    def __init__(
        self,
        *,
        definitions: dict[str, RagDefinition],
        milestones: Sequence[Any],
        activity: Activity,
        last: ProgressUpdate | None = None,
        **kwargs: Any,
    ) -> None:
        data = {
            "version": activity.version,
            "text": last.text if last else "",
            "rag": activity.rag.value if activity.rag else None,
            "rag_reason": activity.rag_reason,
            "forecast_on": activity.forecast_on,
            "done": activity.done_on is not None,
        }
        super().__init__(data=data, **kwargs)
        self.rag.choices = [(level.value, level.label) for level in Rag]
        self.definitions = definitions
        self.ticked.choices = [
            (str(m.id), m.title) for m in milestones if m.done_on is None or self._sent(m.id)
        ]
        if not self.ticked.choices:
            del self.ticked

    def _sent(self, milestone_id: uuid.UUID) -> bool:
        """Somebody else may have ticked it while this form was open; that is no error."""
        return str(milestone_id) in (self.ticked.data or ())

    @property
    def ticked_ids(self) -> list[uuid.UUID]:
        """The milestones ticked in this form."""
        return [uuid.UUID(value) for value in self.ticked.data or ()] if "ticked" in self else []

    def validate_rag_reason(self, field: Field) -> None:
        if self.rag.data in (Rag.RED, Rag.AMBER) and not field.data:
            raise ValidationError(f"Say why it is {self.rag.data}")

    @property
    def rag_params(self) -> dict[str, Any]:
        """The definition of each colour, shown at the choice."""
        return {
            "fieldset": {
                "legend": {"text": "How it is going (RAG)", "classes": "govuk-fieldset__legend--s"}
            },
            "items": [
                {"hint": {"text": self.definitions[level].definition}}
                if level in self.definitions
                else {}
                for level in Rag
            ],
        }


class MilestoneForm(Form):
    """A dated point: when it was promised, is forecast, was done; what shows it."""

    id = IdField()
    version = VersionField(default=0)
    title = TextField(
        "Milestone", validators=[DataRequired("Enter what will be reached"), Length(max=300)]
    )
    promised_words = TextField(
        "Promised",
        description="As first agreed: 30 June 2021, June 2021, Q2 2021/22",
        validators=[DataRequired("Enter when it was promised"), Length(max=500)],
    )
    promised_on = DayField(
        "Promised date, if your words do not name one",
        description="Leave empty if they name one day, month or quarter",
        validators=[Optional()],
    )
    forecast_on = DayField(
        "Forecast", description="When you now expect it", validators=[Optional()]
    )
    done_on = DayField("Done", description="Leave empty until it is done", validators=[Optional()])
    evidence = LongTextField(
        "Evidence",
        description="What shows that it was reached",
        validators=[Length(max=LONGEST)],
        render_kw={"rows": 3},
    )

    def __init__(self, *, milestone: Milestone | None = None, **kwargs: Any) -> None:
        super().__init__(data=_milestone_data(milestone) if milestone else None, **kwargs)
        self.agreed_promise = _agreed(milestone, "promised") if milestone else None
        if self.agreed_promise:
            del self.promised_words, self.promised_on

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators) and not moved_promise(
            self, self.agreed_promise, "promised_words", "promised_on"
        )
        # Words and day, both there once this has found no error.
        self.promised: Any = self.agreed_promise or worded_date(
            self.promised_words, self.promised_on, Edge.END, "30 September 2021"
        )
        return bool(valid and not self.errors)


def _milestone_data(milestone: Milestone) -> dict[str, Any]:
    said = read(milestone.promised_text)
    return {
        "id": milestone.id,
        "version": milestone.version,
        "title": milestone.title,
        "promised_words": milestone.promised_text,
        "promised_on": milestone.promised_on if milestone.promised_on != said else None,
        "forecast_on": milestone.forecast_on,
        "done_on": milestone.done_on,
        "evidence": milestone.evidence,
    }


class RagDefinitionForm(Form):
    """What one colour means here."""

    version = VersionField(default=0)
    definition = TextField(
        "Definition", validators=[DataRequired("Say what the colour means"), Length(max=300)]
    )
