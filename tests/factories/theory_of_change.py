"""Theories of change: their nodes, links and assumptions."""

import factory

from app.theory_of_change.models import Assumption, Link, Node, NodeKind, Theory, TheoryShare
from tests.factories.base import Factory
from tests.factories.workstreams import WorkstreamFactory


class TheoryFactory(Factory):
    class Meta:
        model = Theory

    workstream_id = factory.LazyAttribute(lambda _: WorkstreamFactory().id)
    title = factory.Sequence(lambda n: f"Theory {n}")


class NodeFactory(Factory):
    """Needs `theory`."""

    class Meta:
        model = Node

    class Params:
        theory = None

    theory_id = factory.LazyAttribute(lambda o: o.theory.id)
    workstream_id = factory.LazyAttribute(lambda o: o.theory.workstream_id)
    kind = NodeKind.ACTIVITY
    text = factory.Sequence(lambda n: f"Step {n}")
    position = factory.Sequence(lambda n: n)


class LinkFactory(Factory):
    """Needs `a` and `b`, two nodes of one theory: from the one to the other."""

    class Meta:
        model = Link

    class Params:
        a = None
        b = None

    theory_id = factory.LazyAttribute(lambda o: o.a.theory_id)
    workstream_id = factory.LazyAttribute(lambda o: o.a.workstream_id)
    from_id = factory.LazyAttribute(lambda o: o.a.id)
    to_id = factory.LazyAttribute(lambda o: o.b.id)


class AssumptionFactory(Factory):
    """Needs `link`."""

    class Meta:
        model = Assumption

    class Params:
        link = None

    theory_id = factory.LazyAttribute(lambda o: o.link.theory_id)
    workstream_id = factory.LazyAttribute(lambda o: o.link.workstream_id)
    link_id = factory.LazyAttribute(lambda o: o.link.id)
    text = factory.Sequence(lambda n: f"Assumption {n}")


class TheoryShareFactory(Factory):
    """Needs `theory`."""

    class Meta:
        model = TheoryShare

    class Params:
        theory = None

    theory_id = factory.LazyAttribute(lambda o: o.theory.id)
    workstream_id = factory.LazyAttribute(lambda o: o.theory.workstream_id)
    for_whom = factory.Sequence(lambda n: f"University {n}")
    token_hash = factory.Sequence(lambda n: f"{n:064}")
