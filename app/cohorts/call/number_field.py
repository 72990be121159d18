"""A whole number as people type it, in one box: "20", "1,000"."""

from functools import partial
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as gov
from wtforms import IntegerField
from wtforms.validators import StopValidation


class NumberInput(IntegerField):
    """Gives an `int`, or None when left empty; what was typed stays in the box when it cannot be read.
    Use it as `NumberField(label, validators=[InputRequired("Enter how many")])`."""

    data: Any  # an int, or None when left empty

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip().replace(",", "") if valuelist else ""
        self.data = None
        if not typed:
            return
        # `int` reads more than people mean: "1_000", "٣". Nine digits fit every column.
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
            raise ValueError("Enter a whole number")
        self.data = int(typed)

    def pre_validate(self, form: Any) -> None:
        # What could not be read must not also be called missing.
        if self.process_errors:
            raise StopValidation


NumberField = partial(NumberInput, widget=gov.GovTextInput())
