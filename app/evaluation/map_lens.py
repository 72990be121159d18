"""The lens "Evidence" of a map: what those who drew it hold, joined with what the notes say.

A line shows what was held when the map was drawn, and on it stand the notes on the link in short. A link
that notes speak against and none for has a line of its own. A step is marked by the notes on it. Only notes
that whoever looks may read are counted; a page that anybody can open shows what was drawn, and no note.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from app.core.formatting import count
from app.evaluation.models import Direction
from app.evaluation.reading import Evidence, evidence_on
from app.theory_of_change.lenses import Asked, Lens, Sign, View
from app.theory_of_change.lenses import evidence as drawn
from app.theory_of_change.reading import AssumptionRow, LinkRow, TheMap

_LEGEND = {
    Direction.SUPPORTS: Sign("supports", "Notes speak for it"),
    Direction.MIXED: Sign("mixed", "Notes are mixed"),
    Direction.CONTRADICTS: Sign("contradicts", "Notes speak against it"),
    Direction.UNCLEAR: Sign("unclear", "Notes are unclear"),
}
_LONGEST = 80  # characters of an assumption, in the words of a link

_COUNTED = (
    "On a line, +1 is a note for it, −1 against it, ±1 mixed and ?1 unclear. Notes are counted for those who "
    "may read them."
)

Found = Mapping[uuid.UUID, Evidence]


def verdict(evidence: Evidence) -> Direction:
    """What the notes say together: for or against only where none says otherwise."""
    if evidence.mixed or (evidence.supports and evidence.contradicts):
        return Direction.MIXED
    if evidence.contradicts:
        return Direction.CONTRADICTS
    return Direction.SUPPORTS if evidence.supports else Direction.UNCLEAR


def in_short(evidence: Evidence) -> str:
    """ "+2 −1": what fits on a line."""
    signs = (
        ("+", evidence.supports),
        ("±", evidence.mixed),
        ("−", evidence.contradicts),
        ("?", evidence.unclear),
    )
    return " ".join(f"{sign}{number}" for sign, number in signs if number)


def provide(the_map: TheMap, asked: Asked) -> View:
    """Every link by what is held of it and by its notes, and every step that has notes. One query; for a
    reader who is nobody none, and what was drawn alone."""
    held = drawn.provide(the_map, asked)
    found = evidence_on(the_map.theory_id, asked.reader) if asked.reader else {}
    if not found:
        return held
    nodes = {
        node.id: Sign(verdict(found[node.id]).value, f"Notes: {found[node.id].in_words}")
        for node in the_map.nodes
        if node.id in found
    }
    links = {link.id: _of_link(link, found) for link in the_map.links}
    with_notes = sum(1 for link in the_map.links if _has_notes(link, found))
    told = f"{count(len(nodes), 'step')} and {count(with_notes, 'link')} have notes on them."
    return replace(
        held,
        nodes=nodes,
        links=links,
        node_legend=tuple(_LEGEND.values()),
        link_legend=(*held.link_legend, _LEGEND[Direction.CONTRADICTS]),
        sentence=f"{held.sentence} {told} {_COUNTED}",
    )


def _has_notes(link: LinkRow, found: Found) -> bool:
    return link.id in found or any(one.id in found for one in link.assumptions)


def _of_link(link: LinkRow, found: Found) -> Sign:
    """What is held of a link, then the notes on it, then those on each thing that it assumes."""
    sign = drawn.sign_of(link.evidence)
    notes = found.get(link.id)
    said = [sign.words]
    if notes:
        said.append(f"Notes: {notes.in_words}")
    said += [
        f"Notes on “{_shortened(one)}”: {found[one.id].in_words}"
        for one in link.assumptions
        if one.id in found
    ]
    if notes is None:
        return Sign(sign.level, ". ".join(said), sign.short)
    against = verdict(notes) is Direction.CONTRADICTS
    level = Direction.CONTRADICTS.value if against else sign.level
    return Sign(level, ". ".join(said), in_short(notes))


def _shortened(one: AssumptionRow) -> str:
    text = one.text.rstrip(".")
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"


LENS = Lens(
    "evidence",
    "Evidence",
    provide,
    order=20,
    about="How strong is the evidence that each step leads to the next, and what do the notes say?",
)
