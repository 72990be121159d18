"""How a call stands, in words: whether it is open, and what it lacks before it can be. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.cohorts.call.models import Call
from app.core.clock import LONDON
from app.core.formatting import count, day, moment


class Phase(StrEnum):
    """Where a call is in its window. The values are those that components/status.html colours."""

    NO_WINDOW = "draft"
    NEVER = "complete"
    BEFORE = "planned"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {
            "draft": "Window not set",
            "complete": "Took no applications here",
            "planned": "Not open yet",
        }.get(self.value, self.value.capitalize())


def phase_of(call: Call, at: datetime, starts_on: date | None) -> Phase:
    """Where the call is at an instant (`clock.moment()`). A cohort that has started without a window
    was chosen elsewhere."""
    if call.opens_at is None or call.closes_at is None:
        return Phase.NEVER if _started(starts_on, at) else Phase.NO_WINDOW
    if at < call.opens_at:
        return Phase.BEFORE
    return Phase.OPEN if at < call.closes_at else Phase.CLOSED


def _started(starts_on: date | None, at: datetime) -> bool:
    return starts_on is not None and starts_on <= at.astimezone(LONDON).date()


def in_words(call: Call, at: datetime, starts_on: date | None) -> str:
    """A sentence that says whether it takes applications, and until when or from when."""
    phase = phase_of(call, at, starts_on)
    if phase is Phase.NEVER:
        return f"The cohort started on {day(starts_on)}; people did not apply for it here."
    if phase is Phase.NO_WINDOW:
        return "Nobody can apply yet: it has no opening and closing time."
    if phase is Phase.BEFORE:
        return f"Opens on {moment(call.opens_at)}{_away(call.opens_at, at)}."
    if phase is Phase.OPEN:
        return f"Open until {moment(call.closes_at)}{_away(call.closes_at, at)}."
    return f"Closed on {moment(call.closes_at)}."


def _away(then: datetime | None, at: datetime) -> str:
    days = (then.astimezone(LONDON).date() - at.astimezone(LONDON).date()).days if then else 0
    return f", in {count(days, 'day')}" if days > 1 else ", tomorrow" if days == 1 else ", today"


@dataclass(frozen=True)
class Lacking:
    """Something to see to before people apply; `path` below the workstream's URL is where."""

    what: str
    path: str
    link: str


def lacking(
    call: Call, at: datetime, *, starts_on: date | None, questions: int, criteria: int
) -> list[Lacking]:
    """What the call lacks before it can open, in the order in which one sees to it. Nothing is asked of
    a call that is over."""
    found: list[Lacking] = []
    if phase_of(call, at, starts_on) in (Phase.NEVER, Phase.CLOSED):
        return found
    if call.opens_at is None or call.closes_at is None:
        found.append(
            Lacking("There is no opening and closing time.", "/call/edit", "Set the window")
        )
    if starts_on is None:
        found.append(
            Lacking(
                "The cohort has no start date, so nobody’s age can be judged.",
                "/edit",
                "Set the start date",
            )
        )
    elif call.closes_at is not None and starts_on < call.closes_at.astimezone(LONDON).date():
        found.append(
            Lacking(
                f"The cohort starts on {day(starts_on)}, before the call closes.",
                "/edit",
                "Change the start date",
            )
        )
    if not questions:
        found.append(
            Lacking("There are no questions to answer.", "/call/questions", "Add a question")
        )
    if not criteria:
        found.append(
            Lacking("Reviewers have no criteria to score by.", "/call/criteria", "Add a criterion")
        )
    return found
