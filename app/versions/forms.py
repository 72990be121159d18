"""What versions and changes are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wtforms.validators import Length

from app.core.forms import Form, IdField, TextField


class KeepForm(Form):
    """A version kept by hand."""

    id = IdField()
    label = TextField(
        "What it is for (optional)",
        description="For example, for the board of 30 June 2021",
        validators=[Length(max=200)],
    )


@dataclass(frozen=True)
class Typed:
    """A form that only asks, so its answer has a URL: what was typed, and what was wrong with it."""

    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows it."""
        return 422 if self.errors else 200
