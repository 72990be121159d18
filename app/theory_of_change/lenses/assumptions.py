"""Assumptions: the worst state among those that a link stands on."""

from collections import Counter

from app.core.formatting import count
from app.theory_of_change.lenses import Asked, Lens, Sign, View
from app.theory_of_change.models import AssumptionState
from app.theory_of_change.reading import LinkRow, TheMap

WORST_FIRST = (
    AssumptionState.FAILED,
    AssumptionState.DOUBTFUL,
    AssumptionState.UNTESTED,
    AssumptionState.HOLDS,
)
_NONE = Sign("plain", "No assumptions written down")


def sign_of(link: LinkRow) -> Sign:
    """The worst state of a link's assumptions, and how many are in it."""
    states = Counter(assumption.state for assumption in link.assumptions)
    worst = next((state for state in WORST_FIRST if states[state]), None)
    if worst is None:
        return _NONE
    number = len(link.assumptions)
    if number == 1:
        words = f"1 assumption: {worst.value}"
    elif states[worst] == number:
        words = f"{number} assumptions, all {worst.value}"
    else:
        words = f"{number} assumptions, {states[worst]} {worst.value}"
    return Sign(worst.value, words, worst.label)


def provide(the_map: TheMap, asked: Asked) -> View:
    """Every link by its worst assumption."""
    states = Counter(assumption.state for assumption in the_map.assumptions)
    told = [f"{states[state]} {state.value}" for state in WORST_FIRST if states[state]]
    return View(
        links={link.id: sign_of(link) for link in the_map.links},
        link_legend=(*(Sign(state.value, state.label) for state in WORST_FIRST), _NONE),
        sentence=f"{count(sum(states.values()), 'assumption')}: {', '.join(told)}."
        if told
        else "No assumptions are written down yet.",
    )


LENS = Lens(
    "assumptions",
    "Assumptions",
    provide,
    order=30,
    about="Which links stand on something that is doubtful, or that nobody has tested?",
)
