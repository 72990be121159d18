"""A whole map, read in a handful of queries."""

import itertools
from datetime import UTC, datetime

from app.delivery.models import Rag
from app.extensions import db
from app.theory_of_change.models import NodeKind
from app.theory_of_change.reading import read_map
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.theory_of_change import (
    AssumptionFactory,
    LinkFactory,
    NodeFactory,
    TheoryFactory,
)
from tests.statements import statements

GONE = datetime(2021, 6, 18, tzinfo=UTC)


def test_nodes_stand_by_column_then_position_and_links_by_their_nodes(app):
    theory = TheoryFactory()
    impact = NodeFactory(theory=theory, kind=NodeKind.IMPACT)
    second = NodeFactory(theory=theory, position=2)
    first = NodeFactory(theory=theory, position=1)
    LinkFactory(a=second, b=impact)
    link = LinkFactory(a=first, b=impact)
    AssumptionFactory(link=link, text="They come")
    db.session.commit()
    read = read_map(theory)
    assert [node.id for node in read.nodes] == [first.id, second.id, impact.id]
    assert [each.from_id for each in read.links] == [first.id, second.id]
    assert [assumption.text for assumption in read.assumptions] == ["They come"]
    assert [each.id for each in read.out_of(first.id)] == [link.id]
    assert len(read.into(impact.id)) == 2


def test_what_was_removed_is_not_on_it_nor_the_links_of_what_was(app):
    theory = TheoryFactory()
    here, gone = NodeFactory(theory=theory), NodeFactory(theory=theory, removed_at=GONE)
    LinkFactory(a=here, b=gone)
    assert [node.id for node in read_map(theory).nodes] == [here.id]
    assert read_map(theory).links == ()


def test_a_node_brings_the_standing_of_its_activities(app):
    theory = TheoryFactory()
    plan = DeliveryPlanFactory(workstream_id=theory.workstream_id)
    node = NodeFactory(theory=theory)
    node.activities = [
        ActivityFactory(plan=plan, what="Hold drop-ins", rag=Rag.AMBER, rag_reason="No room"),
        ActivityFactory(plan=plan, archived_at=GONE),
    ]
    db.session.commit()
    [tied] = read_map(theory).nodes[0].activities
    assert (tied.text, tied.rag) == ("Hold drop-ins", Rag.AMBER)


def test_its_queries_do_not_grow(app):
    theory = TheoryFactory()
    nodes = [NodeFactory(theory=theory) for _ in range(30)]
    for a, b in itertools.pairwise(nodes):
        AssumptionFactory(link=LinkFactory(a=a, b=b))
    db.session.commit()
    db.session.refresh(theory)
    with statements() as sent:
        read_map(theory)
    assert len(sent) == 7
