"""Evidence: how strong it is that each step leads to the next, as those who drew the map hold it."""

from collections import Counter

from app.core.formatting import count
from app.theory_of_change.lenses import Asked, Lens, Sign, View
from app.theory_of_change.models import EvidenceStrength
from app.theory_of_change.reading import TheMap


def sign_of(strength: EvidenceStrength) -> Sign:
    """The line and the words of a strength."""
    short = "" if strength is EvidenceStrength.NONE else strength.value.capitalize()
    return Sign(strength.value, strength.label, short)


def provide(the_map: TheMap, asked: Asked) -> View:
    """Every link by its strength."""
    found = Counter(link.evidence for link in the_map.links)
    told = [
        f"{number} {strength.value}"
        for strength in reversed(EvidenceStrength)
        if strength is not EvidenceStrength.NONE and (number := found[strength])
    ]
    without = found[EvidenceStrength.NONE]
    parts = [f"evidence is {', '.join(told)}" if told else "", f"{without} have none yet"]
    words = "; ".join(part for part in (parts if without else parts[:1]) if part)
    return View(
        links={link.id: sign_of(link.evidence) for link in the_map.links},
        link_legend=tuple(sign_of(strength) for strength in reversed(EvidenceStrength)),
        sentence=f"Of {count(len(the_map.links), 'link')}: {words}."
        if the_map.links
        else "There are no links yet.",
    )


LENS = Lens(
    "evidence",
    "Evidence",
    provide,
    order=20,
    about="How strong is the evidence that each step leads to the next?",
)
