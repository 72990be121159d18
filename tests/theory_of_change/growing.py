"""Rows of everything that a map has, for `tests/rules/test_growth.py`."""

from app.extensions import db
from app.theory_of_change import interchange
from app.theory_of_change.models import (
    NodeKind,
    TheoryVersion,
    node_activities,
    node_aims,
    node_indicators,
    node_milestones,
)
from app.theory_of_change.reading import read_map
from app.workstreams.models import Workstream
from tests.factories.accounts import UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.evaluation import AmbitionFactory, BearingFactory, NoteFactory
from tests.factories.indicators import IndicatorFactory, MeasurementFactory
from tests.factories.theory_of_change import (
    AssumptionFactory,
    LinkFactory,
    NodeFactory,
    TheoryFactory,
    TheoryShareFactory,
)


def grow_maps(workstream: Workstream, rows: int) -> dict[str, object]:
    """Give a workstream `rows` of theories, and one of them `rows` of steps, links, assumptions, versions
    and what they are tied to; gives what URLs name of it."""
    theory = TheoryFactory(workstream_id=workstream.id)
    impact = NodeFactory(theory=theory, kind=NodeKind.IMPACT)
    first = NodeFactory(theory=theory, kind=NodeKind.LONG_OUTCOME)
    link = LinkFactory(a=first, b=impact)
    plan = DeliveryPlanFactory(workstream_id=workstream.id)
    assumption = AssumptionFactory(link=link)
    tied = []
    for _ in range(rows):
        other = TheoryFactory(workstream_id=workstream.id)
        NodeFactory(theory=other)
        node = NodeFactory(theory=theory, owner_id=UserFactory().id)
        onward = LinkFactory(a=node, b=first, owner_id=UserFactory().id)
        LinkFactory(a=node, b=impact)
        TheoryShareFactory(theory=theory, made_by_id=UserFactory().id)
        for about in (onward, link):
            AssumptionFactory(link=about, owner_id=UserFactory().id)
            note = NoteFactory(workstream_id=workstream.id)
            BearingFactory(note_id=note.id, link_id=about.id)
        for about in (node, first):
            activity = ActivityFactory(plan=plan)
            indicator = IndicatorFactory(workstream_id=workstream.id)
            MeasurementFactory(indicator=indicator, in_force=True)
            milestone = MilestoneFactory(plan=plan, activity_id=activity.id)
            aim = AmbitionFactory(workstream_id=workstream.id)
            tied += [
                node_activities.insert().values(node_id=about.id, activity_id=activity.id),
                node_milestones.insert().values(node_id=about.id, milestone_id=milestone.id),
                node_indicators.insert().values(node_id=about.id, indicator_id=indicator.id),
                node_aims.insert().values(node_id=about.id, aim_id=aim.id),
            ]
            note = NoteFactory(workstream_id=workstream.id)
            BearingFactory(note_id=note.id, node_id=about.id)
    db.session.flush()
    for insert in tied:
        db.session.execute(insert)
    content = interchange.kept(read_map(other))
    for number in range(1, rows + 1):
        kept = {"number": number, "content": content, "made_by_id": UserFactory().id}
        db.session.add(TheoryVersion(theory_id=theory.id, **kept))
    return {
        "theory_id": theory.id,
        "node_id": first.id,
        "link_id": link.id,
        "assumption_id": assumption.id,
        "number": rows,
    }
