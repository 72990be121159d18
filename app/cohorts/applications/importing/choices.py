"""What the person who imports has chosen, and the fields of an application that a column may fill."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.cohorts.call.models import EligibilityCondition, Question
from app.importing import choosing
from app.importing.grids import Grid
from app.importing.headings import Known

QUESTION, CONDITION = "question_", "condition_"
STOP, LEAVE = "stop", "leave"

# Key -> its heading, and what else it is called.
_FACTS = {
    "name": ("Name", "full name", "applicant", "applicant name"),
    "email": ("E-mail address", "email address", "e-mail", "email"),
    "phone": ("Telephone", "telephone number", "phone", "phone number", "mobile", "mobile number"),
    "born_on": ("Date of birth", "dob", "d.o.b", "birth date", "born"),
    "area": ("Area", "district", "local authority", "council area"),
    "source": ("Heard of it from", "source", "where they heard of it", "how did you hear about us"),
    "adjustments": ("Adjustments", "access needs", "support needs", "reasonable adjustments"),
}
_HINTS = {
    "name": "Needed: a row without one cannot be imported",
    "born_on": "A date, the day before the month",
    "area": "A district of Leicester, Leicestershire or Rutland, or “Elsewhere”",
    "source": "Any words: what Waymark does not know counts as “Somewhere else”, and the words are kept",
}


@dataclass(frozen=True)
class Choices(choosing.Choices):
    """`submit`: whether the rows enter as submitted or are kept to be finished. `why`: the reason, once
    the form is closed. `known`: what to do with those who applied already."""

    submit: bool = False
    why: str = ""
    known: str = STOP


def fields_of(
    questions: Sequence[Question], conditions: Sequence[EligibilityCondition]
) -> choosing.Fields:
    """What columns may fill: who somebody is, the conditions, and each question by its own words."""
    facts = [Known(key, names) for key, names in _FACTS.items()]
    asked = [Known(f"{CONDITION}{c.id}", (c.text,)) for c in conditions]
    asked += [Known(f"{QUESTION}{q.id}", (q.text,)) for q in questions]
    known = [*facts, *asked]
    return choosing.Fields(
        known=known,
        targets={one.key: one.names[0] for one in known},
        hints={
            **_HINTS,
            **{f"{CONDITION}{condition.id}": "Yes or no" for condition in conditions},
            **{f"{QUESTION}{q.id}": _hint(q) for q in questions},
        },
        needed={"name": "Choose the column that says who they are"},
    )


def _hint(question: Question) -> str:
    if question.options:
        between = "Several: put ; between them. " if question.kind == "several_choices" else ""
        return f"{between}One of: {'; '.join(question.options)}"
    return {"yes_no": "Yes or no", "date": "A date"}.get(question.kind.value, "")


def guess(fields: choosing.Fields, grids: Sequence[Grid], chosen: int | None = None) -> Choices:
    """The table that reads most like a list of applicants (or the one chosen), its headings and columns."""
    return Choices(*fields.guess(grids, chosen))
