"""What is chosen of a survey's file between its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from app.importing.choosing import Choices, Fields
from app.importing.headings import Known
from app.indicators.models import Indicator, Unit


@dataclass(frozen=True)
class SurveyChoices(Choices):
    """`judged` says of each indicator what each answer (as `normalised`) does; the rest is of the round.
    Days are kept as text, because a file's choices are JSON."""

    title: str = ""
    began_on: str | None = None
    ended_on: str | None = None
    method: str = ""
    judged: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def ended(self) -> date | None:
        return date.fromisoformat(self.ended_on) if self.ended_on else None

    @property
    def began(self) -> date | None:
        return date.fromisoformat(self.began_on) if self.began_on else None

    def as_json(self) -> dict[str, Any]:
        """For keeping."""
        return asdict(self)


def asked(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Those that a survey can measure: shares of those who answered."""
    return [one for one in indicators if one.unit is Unit.PERCENTAGE]


def fields_of(indicators: Sequence[Indicator]) -> Fields:
    """Which column asks for which indicator; guessed where a question is worded as its name is."""
    names: Mapping[str, str] = {str(one.id): one.name for one in asked(indicators)}
    return Fields(known=[Known(key, (name,)) for key, name in names.items()], targets=names)
