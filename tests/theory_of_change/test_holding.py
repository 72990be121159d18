"""How far a theory holds: what the three bars of its page are made of."""

import uuid
from datetime import date

from app.delivery.models import Rag
from app.theory_of_change.holding import how_far
from app.theory_of_change.models import AssumptionState, EvidenceStrength
from app.theory_of_change.reading import Tied
from tests.theory_of_change.maps import IMPACT, OUT, A, a_map, link, node


def told(the_map):
    return {
        held.lens: [(part.start, part.number, part.words) for part in held.parts]
        for held in how_far(the_map)
    }


def test_each_bar_counts_what_is_on_the_map():
    first = Tied(uuid.uuid4(), "Visits", rag=Rag.RED)
    second = Tied(uuid.uuid4(), "Talks", rag=Rag.GREEN, done_on=date(2021, 5, 1))
    the_map = a_map(
        [
            node(1, A, activities=(first, second)),
            node(2, OUT, activities=(first,)),  # the same activity counts once
            node(3, IMPACT),
        ],
        [
            link(1, 2, EvidenceStrength.STRONG, (AssumptionState.HOLDS, AssumptionState.FAILED)),
            link(2, 3),
        ],
    )
    assert told(the_map) == {
        "evidence": [(0, 1, "strong"), (1, 1, "none yet")],
        "assumptions": [(0, 1, "failed"), (1, 1, "holds")],
        "progress": [(0, 1, "red"), (1, 1, "done")],
    }


def test_an_empty_map_has_no_bars():
    assert told(a_map([], [])) == {"evidence": [], "assumptions": [], "progress": []}
