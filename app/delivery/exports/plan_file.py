"""A plan as it leaves: what every file of it says, in words and values."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.core.formatting import count, day
from app.core.urls import slugify
from app.delivery.models import DeliveryPlan
from app.workstreams.queries import Place

# What a cell can hold. Dates are days, `slippage` whole days, everything else text; None is empty.
Value = str | int | date | None


@dataclass(frozen=True)
class Row:
    """An activity: `values` by the keys of columns.py, each as text, number or date."""

    id: uuid.UUID
    version: int
    values: dict[str, Value]

    def text(self, key: str) -> str:
        """A value as people read it."""
        value = self.values[key]
        return day(value) if isinstance(value, date) else str("" if value is None else value)

    @property
    def colour(self) -> str:
        """How it stands, in a word or two: "Red", "Not rated", "Done"."""
        return "Done" if self.values["done_on"] else self.text("rag") or "Not rated"

    @property
    def standing(self) -> str:
        """The same in full: "Amber. The oven is late. Forecast 3 July 2021, 12 days later than agreed"."""
        later = later_than_agreed(self.values["slippage"])
        if self.values["done_on"]:
            return f"Done {self.text('done_on')}{later}"
        words = [self.colour, self.text("rag_reason").rstrip(".")]
        if self.values["forecast_on"] and self.values["forecast_on"] != self.values["due_on"]:
            words.append(f"Forecast {self.text('forecast_on')}{later}")
        return ". ".join(word for word in words if word)

    @property
    def latest(self) -> str:
        """The latest update and its day."""
        said, on = self.text("last_word"), self.text("last_word_on")
        return f"{said} ({on})" if said and on else said


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone of the plan, or of an activity that the file holds."""

    id: uuid.UUID
    version: int
    title: str
    activity_id: uuid.UUID | None
    activity: str
    promised: str
    promised_on: date
    forecast_on: date | None
    done_on: date | None
    slippage: int | None
    evidence: str

    @property
    def cells(self) -> list[str]:
        """What a document's table says of it: milestone, belongs to, promised, forecast, done."""
        later = later_than_agreed(self.slippage)
        done = f"{day(self.done_on)}{later}" if self.done_on else ""
        forecast = "" if done or not self.forecast_on else f"{day(self.forecast_on)}{later}"
        return [self.title, self.activity or "The whole plan", self.promised, forecast, done]


def later_than_agreed(slippage: Value) -> str:
    """ ", 12 days later than agreed"; "" where it is not later or earlier."""
    if not isinstance(slippage, int) or not slippage:
        return ""
    return f", {count(abs(slippage), 'day')} {'later' if slippage > 0 else 'earlier'} than agreed"


@dataclass(frozen=True)
class PlanFile:
    """A plan as it leaves."""

    place: Place
    plan: DeliveryPlan
    today: date
    status: str  # "Agreed 1 April 2021, version 2, with changes to 18 June 2021"
    only: str  # what the filter lets through, in words; "" for everything
    matching: int
    rows: Sequence[Row]
    milestones: Sequence[MilestoneRow]
    meanings: Sequence[tuple[str, str]]  # of the colours
    changed_at: datetime | None  # when the plan last changed, as far as is known

    @property
    def title(self) -> str:
        """ "New Parks: Delivery plan 2021/22"."""
        return f"{self.place.workstream.name}: {self.plan.title}"

    @property
    def period(self) -> str:
        return f"{day(self.plan.starts_on)} to {day(self.plan.ends_on)}"

    @property
    def shown(self) -> str:
        """How many rows there are, and whether that is all."""
        rows = count(len(self.rows), "activity", "activities")
        if len(self.rows) < self.matching:
            return f"The first {rows} of {self.matching:,}: filter the plan to see the others"
        return rows

    @property
    def lines(self) -> list[str]:
        """What stands under the title of any file."""
        filtered = [f"Only some of the plan. {self.only}"] if self.only else []
        return [self.status, f"{self.period}. {self.shown}", *filtered]

    def filename(self, ending: str) -> str:
        """ "new-parks-delivery-plan-2021-22-2021-06-18.xlsx"; plain letters, for any computer."""
        part = "-filtered" if self.only else ""
        return f"{self.place.slug}-{slugify(self.plan.title)}{part}-{self.today:%Y-%m-%d}.{ending}"
