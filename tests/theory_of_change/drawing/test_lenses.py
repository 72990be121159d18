"""What each lens says, in words; shapes and colours only repeat it."""

from datetime import date

from app.delivery.models import Rag
from app.theory_of_change.drawing.picture import draw
from app.theory_of_change.lenses import Asked, View, lens_called, lenses
from app.theory_of_change.models import AssumptionState, EvidenceStrength
from app.theory_of_change.reading import Tied
from tests.theory_of_change.maps import IMPACT, OUT, SHORT, A, a_map, link, node, step

TODAY = date(2021, 6, 18)
WEAK, MODERATE, STRONG = list(EvidenceStrength)[1:]


def seen(key: str, the_map, chosen: int | None = None) -> View:
    asked = Asked(TODAY, chosen=step(chosen) if chosen else None)
    return lens_called(key).provide(the_map, asked)


def tied(rag: Rag | None = None, done: bool = False) -> Tied:
    return Tied(step(99), "Activity", rag, TODAY if done else None)


def test_the_six_lenses_are_offered_in_order(app):
    keys = [lens.key for lens in lenses()]
    assert keys == ["progress", "evidence", "assumptions", "ways", "owners", "confidence"]
    assert "owners" not in [lens.key for lens in lenses(public=True)]
    assert lens_called("owners", public=True) is None
    assert lens_called("made-up") is None


def test_progress_is_the_worst_of_what_is_not_done(app):
    the_map = a_map(
        [
            node(1, A, activities=(tied(Rag.GREEN), tied(Rag.AMBER), tied(Rag.RED, done=True))),
            node(2, A, activities=(tied(done=True),)),
            node(3, A, activities=(tied(),)),
            node(4, A),
            node(5, IMPACT),
        ],
        [],
    )
    view = seen("progress", the_map)
    assert {one.int: sign for one, sign in view.nodes.items()} == {
        1: ("amber", "Amber, 1 of 3 done", ""),
        2: ("done", "Done", ""),
        3: ("unrated", "Not rated yet", ""),
        4: ("untied", "Not linked to the plan", ""),
    }


def test_evidence_is_told_for_every_link(app):
    the_map = a_map([node(1, A), node(2, OUT), node(3, OUT)], [link(1, 2, STRONG), link(1, 3)])
    view = seen("evidence", the_map)
    assert [sign.words for sign in view.links.values()] == ["Strong evidence", "No evidence yet"]
    assert view.sentence == "Of 2 links: evidence is 1 strong; 1 have none yet."


def test_assumptions_are_told_by_the_worst(app):
    states = (AssumptionState.HOLDS, AssumptionState.DOUBTFUL, AssumptionState.UNTESTED)
    the_map = a_map(
        [node(1, A), node(2, OUT), node(3, OUT)], [link(1, 2, states=states), link(1, 3)]
    )
    view = seen("assumptions", the_map)
    assert [sign.words for sign in view.links.values()] == [
        "3 assumptions, 1 doubtful",
        "No assumptions written down",
    ]


def a_way():
    """1 → 2 → 4, 3 → 4, and 5 apart."""
    return a_map(
        [node(1, A), node(3, A), node(5, A), node(2, OUT), node(4, IMPACT)],
        [link(1, 2), link(2, 4), link(3, 4)],
    )


def test_what_leads_to_a_step_and_follows_from_it_and_the_rest_fades(app):
    view = seen("ways", a_way(), chosen=2)
    assert {one.int: sign.level for one, sign in view.nodes.items()} == {
        1: "leads",
        2: "chosen",
        4: "follows",
    }
    assert {one.int: sign.level for one, sign in view.links.items()} == {
        1002: "leads",
        2004: "follows",
    }
    assert {one.int for one in view.faded} == {3, 5, 3004}
    assert view.sentence == "1 step leads to “Step 2”, and 1 step follows from it."


def test_a_loop_both_leads_and_follows(app):
    the_map = a_map([node(1, A), node(2, OUT)], [link(1, 2), link(2, 1)])
    view = seen("ways", the_map, chosen=1)
    assert view.nodes[step(2)].words == "Leads here and follows from it: a loop"


def test_ways_asks_for_a_step(app):
    assert seen("ways", a_way()).sentence.startswith("Choose a step")


def test_owners_are_named_and_steps_without_one(app):
    the_map = a_map([node(1, A, owner="Asha Lead"), node(2, OUT)], [link(1, 2)])
    view = seen("owners", the_map)
    assert [sign.words for sign in view.nodes.values()] == ["Asha Lead", "Nobody yet"]


def test_a_way_is_as_strong_as_its_weakest_link(app):
    """By step 2 it is weak, by step 3 moderate: so moderate."""
    the_map = a_map(
        [node(1, A), node(2, OUT), node(3, OUT), node(4, IMPACT), node(5, SHORT)],
        [
            link(1, 2, STRONG),
            link(2, 4, WEAK),
            link(1, 3, STRONG),
            link(3, 4, MODERATE),
            link(1, 5, STRONG),
        ],
    )
    view = seen("confidence", the_map, chosen=1)
    assert view.nodes[step(1)].words == "Medium confidence"
    assert view.nodes[step(2)].words == "Low confidence"
    assert view.nodes[step(5)].words == "No way to an impact"
    assert "→ “Step 3” → “Step 4”" in view.sentence
    assert view.sentence.endswith("from “Step 3” to “Step 4”: medium confidence.")
    assert step(2) in view.faded
    assert step(3) not in view.faded


def test_confidence_falls_with_assumptions(app):
    the_map = a_map(
        [node(1, A), node(2, A), node(4, IMPACT)],
        [
            link(1, 4, STRONG, (AssumptionState.FAILED,)),
            link(2, 4, STRONG, (AssumptionState.DOUBTFUL, AssumptionState.HOLDS)),
        ],
    )
    view = seen("confidence", the_map)
    assert view.nodes[step(1)].words == "No confidence"
    assert view.nodes[step(2)].words == "Low confidence"


def test_confidence_without_an_impact_says_so(app):
    view = seen("confidence", a_map([node(1, A), node(2, OUT)], [link(1, 2)]))
    assert "no impact on the map" in view.sentence


def test_every_lens_draws_its_words_and_its_legend(app):
    """Also where nothing is on the map, or everything loops."""
    maps = [
        a_way(),
        a_map([], []),
        a_map([node(1, IMPACT), node(2, IMPACT)], [link(1, 2), link(2, 1)]),
    ]
    for the_map in maps:
        for lens in lenses():
            chosen = the_map.nodes[0].id if the_map.nodes else None
            view = lens.provide(the_map, Asked(TODAY, chosen=chosen))
            svg = draw(the_map, view=view, base_url="/map")
            for sign in [*view.nodes.values(), *view.links.values()]:
                assert sign.words in svg
