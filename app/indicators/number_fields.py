"""Numbers as people type them: "1,204.5", "85.5%", "20"."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as gov
from wtforms import StringField
from wtforms.validators import StopValidation

MOST = Decimal(1_000_000_000)
_FIGURE = re.compile(r"^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,4})?$")
_COUNT = re.compile(r"^(?:\d+|\d{1,3}(?:,\d{3})+)$")


def read_figure(text: str) -> Decimal:
    """The number that `text` says, a per cent sign apart. Raises ValueError, in words."""
    plain = text.strip().removesuffix("%").strip().replace("−", "-")
    if not plain.isascii() or not _FIGURE.match(plain):
        raise ValueError("Enter a number, like 85.5 or 1,200")
    value = Decimal(plain.replace(",", ""))
    if abs(value) > MOST:
        raise ValueError("Enter a number of 1,000,000,000 or less")
    return value


def read_count(text: str) -> int:
    """The whole number from 0 up that `text` says. Raises ValueError, in words."""
    plain = text.strip()
    if not plain.isascii() or not _COUNT.match(plain):
        raise ValueError("Enter a whole number, like 14")
    value = int(plain.replace(",", ""))
    if value > MOST:
        raise ValueError("Enter a number of 1,000,000,000 or less")
    return value


class _NumberField(StringField):
    """A field whose data is a number or None. What cannot be read stays as it was typed."""

    widget = gov.GovTextInput()
    read: Callable[[str], Any]

    def process_data(self, value: Any) -> None:
        self.data: Any = value
        self.problem: str | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data, self.problem = None, None
        text = valuelist[0].strip()
        try:
            self.data = type(self).read(text) if text else None
        except ValueError as error:
            self.problem = str(error)

    def pre_validate(self, form: Any) -> None:
        if self.problem:
            raise StopValidation(self.problem)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else as_typed(self.data)


class FigureField(_NumberField):
    """Any number, as a Decimal."""

    read = staticmethod(read_figure)


class CountField(_NumberField):
    """A whole number from 0 up."""

    read = staticmethod(read_count)


def as_typed(value: Decimal | int) -> str:
    """As one would type it."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
