"""What leads to a chosen step, and what follows from it."""

import igraph

from app.core.formatting import count
from app.theory_of_change.lenses import Asked, Lens, Sign, View
from app.theory_of_change.reading import TheMap

CHOSEN, LEADS, FOLLOWS = (
    Sign("chosen", "The chosen step"),
    Sign("leads", "Leads here"),
    Sign("follows", "Follows from it"),
)
_BOTH = Sign("chosen", "Leads here and follows from it: a loop")


def provide(the_map: TheMap, asked: Asked) -> View:
    """Every step and link on a way to or from the chosen one; the rest fades."""
    if asked.chosen is None:
        return View(sentence="Choose a step to see what leads to it and what follows from it.")
    ids = [node.id for node in the_map.nodes]
    number = {node_id: n for n, node_id in enumerate(ids)}
    graph = igraph.Graph(
        len(ids),
        [(number[link.from_id], number[link.to_id]) for link in the_map.links],
        directed=True,
    )
    at = number[asked.chosen]
    before = {ids[n] for n in graph.subcomponent(at, mode="in")}
    after = {ids[n] for n in graph.subcomponent(at, mode="out")}

    def sign(leads: bool, follows: bool) -> Sign | None:
        if leads and follows:
            return _BOTH
        return LEADS if leads else FOLLOWS if follows else None

    nodes = {
        node_id: CHOSEN if node_id == asked.chosen else found
        for node_id in ids
        if (found := sign(node_id in before, node_id in after))
    }
    # A link leads here when its end does, and follows when its start does.
    links = {
        link.id: found
        for link in the_map.links
        if (found := sign(link.to_id in before, link.from_id in after))
    }
    others = [before - {asked.chosen}, after - {asked.chosen}]
    return View(
        nodes=nodes,
        links=links,
        node_legend=(CHOSEN, LEADS, FOLLOWS),
        link_legend=(LEADS, FOLLOWS),
        sentence=f"{count(len(others[0]), 'step leads', 'steps lead')} to “{the_map.by_id[asked.chosen].text}”, "
        f"and {count(len(others[1]), 'step follows', 'steps follow')} from it.",
        faded=frozenset({*ids, *(link.id for link in the_map.links)} - nodes.keys() - links.keys()),
    )


LENS = Lens(
    "ways",
    "What leads here",
    provide,
    order=40,
    about="What leads to a step, and what follows from it?",
    chooses=True,
)
