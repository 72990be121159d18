"""Progress: how the plan's activities stand that a step is tied to."""

from app.core.formatting import count
from app.delivery.models import Rag
from app.theory_of_change.lenses import Asked, Lens, Sign, View
from app.theory_of_change.models import NodeKind
from app.theory_of_change.reading import NodeRow, TheMap

_WORST_FIRST = (Rag.RED, Rag.AMBER, Rag.GREEN)
_UNTIED = Sign("untied", "Not linked to the plan")
_LEGEND = (
    Sign("red", "Red"),
    Sign("amber", "Amber"),
    Sign("green", "Green"),
    Sign("done", "Done"),
    Sign("unrated", "Not rated yet"),
    _UNTIED,
)


def provide(the_map: TheMap, asked: Asked) -> View:
    """The worst of each step's activities that are not done. Steps that no activity is tied to stay
    plain, but for activities, which ought to be in the plan."""
    signs = {node.id: sign for node in the_map.nodes if (sign := sign_of(node))}
    tied = sum(1 for node in the_map.nodes if node.activities)
    return View(
        nodes=signs,
        node_legend=_LEGEND,
        sentence=f"{count(tied, 'step is', 'steps are')} linked to activities in the plan."
        if tied
        else "No step is linked to an activity in the plan yet.",
    )


def sign_of(node: NodeRow) -> Sign | None:
    """How one step stands."""
    if not node.activities:
        return _UNTIED if node.kind is NodeKind.ACTIVITY else None
    number = len(node.activities)
    done = sum(1 for activity in node.activities if activity.done_on)
    if done == number:
        return Sign("done", "Done" if number == 1 else f"All {number} done")
    open_ = {activity.rag for activity in node.activities if not activity.done_on}
    worst = next((rag for rag in _WORST_FIRST if rag in open_), None)
    words = worst.label if worst else "Not rated yet"
    if number > 1:
        words += f", {done} of {number} done"
    return Sign(worst.value if worst else "unrated", words)


LENS = Lens(
    "progress",
    "Progress",
    provide,
    order=10,
    about="How do the activities in the plan stand that the steps are linked to?",
)
