"""Who does it: whom each step and link belongs to."""

from collections import Counter

from app.core.formatting import count
from app.theory_of_change.lenses import Asked, Lens, Sign, View
from app.theory_of_change.reading import TheMap

_NOBODY = Sign("nobody", "Nobody yet")
# In the legend; the others are on the drawing and in the table.
_MOST_NAMED = 12


def provide(the_map: TheMap, asked: Asked) -> View:
    """The owner of every step; of links, where there is one."""
    steps = Counter(node.owner for node in the_map.nodes if node.owner)
    without = sum(1 for node in the_map.nodes if not node.owner)
    named = tuple(
        Sign("owner", f"{name}: {count(number, 'step')}")
        for name, number in steps.most_common(_MOST_NAMED)
    )
    return View(
        nodes={n.id: Sign("owner", n.owner) if n.owner else _NOBODY for n in the_map.nodes},
        links={link.id: Sign("owner", link.owner) for link in the_map.links if link.owner},
        node_legend=(*named, _NOBODY),
        sentence=f"{count(len(steps), 'person owns', 'people own')} steps; "
        f"{count(without, 'step belongs', 'steps belong')} to nobody yet.",
    )


LENS = Lens(
    "owners",
    "Who does it",
    provide,
    order=50,
    about="Who owns each step, and which belong to nobody?",
    names_people=True,
)
