"""The form that asks somebody for an update."""

import uuid
from collections.abc import Mapping
from typing import Any

from wtforms.validators import InputRequired, Length

from app.core.forms import Form, IdField, LongTextField, RadiosField


class AskForm(Form):
    """Whom, and a word to them."""

    id = IdField()
    person = RadiosField(
        "Who can give it?", coerce=str, validators=[InputRequired("Choose whom to ask")]
    )
    message = LongTextField(
        "Your message (optional)",
        description="A sentence or two for the e-mail. Everybody who sees this activity can read it.",
        validators=[Length(max=500, message="Use 500 characters or fewer")],
        render_kw={"rows": 2},
    )

    def __init__(self, *, people: Mapping[uuid.UUID, str], **kwargs: Any) -> None:
        only = next(iter(people)) if len(people) == 1 else None
        super().__init__(data={"person": str(only) if only else None}, **kwargs)
        self.person.choices = [(str(person_id), label) for person_id, label in people.items()]
