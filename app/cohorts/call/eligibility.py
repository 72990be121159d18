"""Who can apply, in plain words: for the public page, for whoever fills the form in, for an import.

Pure: nothing here asks the database or the clock.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from app.cohorts.areas import Area
from app.cohorts.call.models import Call, EligibilityCondition
from app.core.formatting import day

_LLR = "live, work or study in Leicester, Leicestershire or Rutland"


def age_on(born_on: date, when: date) -> int:
    """Years old on a day. Who was born on 29 February is a year older on 1 March of other years, as the
    law has it."""
    had_birthday = (when.month, when.day) >= (born_on.month, born_on.day)
    return when.year - born_on.year - (0 if had_birthday else 1)


def who_can_apply(call: Call, starts_on: date | None) -> list[str]:
    """A sentence for each rule about who somebody is; none: everybody can apply. The conditions of the
    call are questions, and are shown as they are asked."""
    rules = []
    if (ages := _ages(call)) is not None:
        rules.append(f"You must be {ages} on {_start(starts_on)}.")
    if call.llr_only:
        rules.append(f"You must {_LLR}.")
    return rules


def why_not(
    call: Call,
    starts_on: date | None,
    conditions: Iterable[EligibilityCondition],
    born_on: date | None,
    area: Area | None,
    answers: Mapping[str, bool],
) -> list[str]:
    """Why somebody cannot apply, a kind sentence for each reason; [] when they can.

    What they have not said yet is no reason: `born_on` or `area` None, a condition that `answers`
    (`Application.eligibility`: by the condition's id) does not have. Nor is an age while the cohort has
    no start date.
    """
    reasons = []
    ages = _ages(call)
    if born_on is not None and starts_on is not None and ages is not None:
        age = age_on(born_on, starts_on)
        if not _within(call, age):
            reasons.append(
                f"You will be {age} on {_start(starts_on)}. This cohort is for people who are {ages} "
                "that day."
            )
    if call.llr_only and area is not None and not area.in_llr:
        reasons.append(f"This cohort is for people who {_LLR}.")
    for condition in conditions:
        answer = answers.get(str(condition.id))
        if answer is not None and answer is not condition.wanted:
            reasons.append(condition.reason or _default_reason(condition))
    return reasons


def _default_reason(condition: EligibilityCondition) -> str:
    return f"To apply, your answer to “{condition.text}” needs to be {'yes' if condition.wanted else 'no'}."


def _within(call: Call, age: int) -> bool:
    return (call.min_age is None or age >= call.min_age) and (
        call.max_age is None or age <= call.max_age
    )


def _ages(call: Call) -> str | None:
    """ "18 to 30 years old"; None where any age will do."""
    youngest, oldest = call.min_age, call.max_age
    if youngest is None and oldest is None:
        return None
    if oldest is None:
        return f"{youngest} or older"
    if youngest is None:
        return f"{oldest} or younger"
    return f"{youngest} to {oldest} years old" if youngest < oldest else f"{youngest} years old"


def _start(starts_on: date | None) -> str:
    if starts_on is None:
        return "the day that the cohort starts"
    return f"{day(starts_on)}, when the cohort starts"
