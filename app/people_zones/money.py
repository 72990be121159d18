"""Money as people type it, in pounds: "25,000", "£25000", "25000.50"; kept in pence."""

import re
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as gov
from wtforms import StringField
from wtforms.validators import StopValidation

MOST_PENCE = 1_000_000_000_00  # a thousand million pounds: more is a slip of the finger
_POUNDS = re.compile(r"^(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<pence>\d{1,2}))?$")


def read_pounds(text: str) -> int:
    """The integer pence that `text` says in pounds.

    Raises ValueError, whose words are for the person who typed it, for anything else.
    """
    plain = text.strip().removeprefix("£").strip()
    if plain.startswith("-"):
        raise ValueError("Enter an amount above £0")
    match = _POUNDS.match(plain)
    if match is None or not plain.isascii():
        raise ValueError("Enter an amount in pounds, like 25,000 or 25,000.50")
    pence = int(match["whole"].replace(",", "")) * 100 + int((match["pence"] or "0").ljust(2, "0"))
    if pence == 0:
        raise ValueError("Enter an amount above £0")
    if pence > MOST_PENCE:
        raise ValueError("Enter an amount of £1,000,000,000 or less")
    return pence


def as_typed(pence: int) -> str:
    """25,000 or 25,000.50: as one would type it, without the pound sign."""
    whole, rest = divmod(pence, 100)
    return f"{whole:,}" + (f".{rest:02d}" if rest else "")


class PoundsField(StringField):
    """A field of pounds whose data is integer pence. What cannot be read stays as it was typed."""

    widget = gov.GovTextInput()

    def process_data(self, value: int | None) -> None:
        self.data: Any = value
        self.problem: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data, self.problem = None, None
        text = valuelist[0].strip()
        try:
            self.data = read_pounds(text) if text else None
        except ValueError as error:
            self.problem = str(error)

    def pre_validate(self, form: Any) -> None:
        if self.problem:
            raise StopValidation(self.problem)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return as_typed(self.data) if self.data else ""
