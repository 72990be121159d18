"""The two scales of how strong evidence is, each level in our own words.

Maryland: L. W. Sherman and others, "Preventing Crime: What Works, What Doesn't, What's Promising", report
to the United States Congress, 1997. Nesta: R. Puttick and J. Ludlow, "Standards of Evidence: an approach
that balances the need for evidence with innovation", Nesta, 2013.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.evaluation.models import Scale

LEVELS = range(1, 6)


@dataclass(frozen=True)
class Described:
    """A scale as it is shown where somebody chooses a level. `about` says when it suits."""

    source: str
    about: str
    levels: Mapping[int, str]


DESCRIBED: Mapping[Scale, Described] = {
    Scale.MARYLAND: Described(
        "Sherman and others, Preventing Crime, 1997",
        "Asks how well a study can tell that the programme made the difference. Suits studies and data.",
        {
            1: "One look: the outcome was measured once, or those in it were compared with others once",
            2: "Before and after, with nobody to compare with",
            3: "Before and after, compared with a similar group or area that had no programme",
            4: "As 3, over many people or areas, allowing for other things that could explain it",
            5: "Chance decided who took part, and both groups were measured",
        },
    ),
    Scale.NESTA: Described(
        "Puttick and Ludlow, Standards of Evidence, Nesta, 2013",
        "Asks how far a programme has proved itself. Suits new work that is finding its feet.",
        {
            1: "A clear account of what is done, and why it should help",
            2: "Data show a change for the better, but not that the programme caused it",
            3: "A comparison shows that the programme caused the change",
            4: "Somebody independent has found the same, in more than one place",
            5: "It is written down so well that others do it and get the same results",
        },
    ),
}


def in_words(scale: Scale | None, level: int | None) -> str:
    """ "3 of 5, Maryland" or "Not rated"."""
    if scale is None or level is None:
        return "Not rated"
    return f"{level} of 5, {scale.value.capitalize()}"
