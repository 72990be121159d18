"""Judging how far an ambition statement is realised. A judgement is never changed: a later one is added."""

import uuid
from datetime import date
from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.accounts.models import User
from app.core import clock
from app.core.dates_field import DayField
from app.core.editing import create_once
from app.core.forms import Form, IdField, LongTextField, RadiosField
from app.evaluation.models import Judgement, Realised
from app.workstreams.models import Aim

_MEANINGS = {
    Realised.NOT_YET: "Little or nothing of it can be seen",
    Realised.PARTLY: "Some of it can be seen, or for some people",
    Realised.LARGELY: "Most of it can be seen, for most people",
    Realised.REALISED: "It has come true, and the evidence says so",
}


class JudgementForm(Form):
    """How far, why, and when that was judged."""

    id = IdField()
    level = RadiosField(
        "How far is it realised?",
        choices=[(one.value, one.label) for one in Realised],
        coerce=Realised,
        validators=[InputRequired("Choose how far it is realised")],
    )
    reason = LongTextField(
        "Why",
        description="Name the evidence for and against. Everybody who sees this workstream reads it, so "
        "take care with what is only for some.",
        validators=[
            DataRequired("Say why"),
            Length(max=4000, message="Use 4,000 characters or fewer"),
        ],
    )
    on = DayField(
        "Judged on",
        description="For example, 18 June 2021",
        default=clock.today,
        validators=[DataRequired("Enter a date")],
    )

    level_hints = [{"hint": {"text": _MEANINGS[one]}} for one in Realised]

    def validate_on(self, field: Any) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("The date must be today or in the past")


def judge(
    *, id: uuid.UUID, aim: Aim, level: Realised, reason: str, on: date, by: User
) -> Judgement:
    """Add a judgement; the same form sent twice adds it once."""
    there = {"workstream_id": aim.workstream_id, "aim_id": aim.id}
    return create_once(
        Judgement,
        id,
        lambda: Judgement(id=id, level=level, reason=reason, on=on, by_id=by.id, **there),
        **there,
    )[0]
