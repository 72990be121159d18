"""The demo's maps hang together with its indicators and notes."""

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.evaluation.models import Bearing
from app.evaluation.reading import evidence_on
from app.extensions import db
from app.theory_of_change.gaps import GapKind, gaps_of
from app.theory_of_change.models import Theory
from app.theory_of_change.queries import activities_on_maps, plan_activities
from app.theory_of_change.reading import read_map
from app.workstreams.models import Workstream

WITHOUT_INDICATOR = {
    "female-offender-strategy": ["Better conditions in custody"],
    "domestic-abuse": [
        "Survivors are safer sooner",
        "People who abuse stop or are stopped",
        "Children are heard and supported",
        "Money goes where provision is missing",
        "DA is everyone's business",
    ],
    "new-parks": [
        "We know what we have, we share it, and we decide together.",
        "Anyone in New Parks who wants to learn something new can do it here.",
        "Nobody in New Parks is lonely for want of somewhere to go.",
    ],
}


def theory_of(slug: str) -> Theory:
    return db.session.scalars(
        sa.select(Theory)
        .join(Workstream, Workstream.id == Theory.workstream_id)
        .where(Workstream.slug == slug)
    ).one()


@pytest.mark.parametrize("slug", WITHOUT_INDICATOR)
def test_an_outcome_lacks_an_indicator_only_where_the_demo_has_none_for_it(demo, slug):
    theory = theory_of(slug)
    gaps = gaps_of(
        read_map(theory),
        plan_activities(theory.workstream_id),
        on_a_map=activities_on_maps(theory.workstream_id),
        today=clock.today(),
        base="/map/",
    )
    missing = [gap.words for gap in gaps if gap.kind is GapKind.NO_INDICATOR]
    assert missing == WITHOUT_INDICATOR[slug]


def test_notes_bear_on_each_kind_of_thing(demo):
    columns = ("aim_id", "node_id", "link_id", "assumption_id", "indicator_id", "activity_id")
    for name in columns:
        there = sa.select(sa.func.count(getattr(Bearing, name)))
        assert db.session.scalar(there), name


def test_a_restricted_note_on_the_map_is_counted_for_the_evaluator_alone(demo):
    theory = theory_of("new-parks")
    seen = {}
    for account in ("evaluator", "contributor"):
        email = f"{account}@waymark.example"
        reader = db.session.scalars(sa.select(User).where(User.email == email)).one()
        found = evidence_on(theory.id, reader)
        by_text = {node.text: found[node.id] for node in read_map(theory).nodes if node.id in found}
        seen[account] = {text: evidence.in_words for text, evidence in by_text.items()}
    alone = "Nobody in New Parks is lonely for want of somewhere to go."
    assert seen["evaluator"][alone] == "1 against; strongest 1 of 5"
    assert alone not in seen["contributor"]
    safe = "Our parks and shops feel safe at any time of day."
    assert seen["contributor"][safe] == "1 mixed; strongest 1 of 5"
