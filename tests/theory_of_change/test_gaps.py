"""Each kind of gap: where it is, and where there is none."""

import itertools
import uuid
from datetime import date

import pytest

from app.extensions import db
from app.theory_of_change.gaps import GapKind, gaps_of
from app.theory_of_change.models import EvidenceStrength, Link, NodeKind, TheoryStatus
from app.theory_of_change.reading import AssumptionRow, LinkRow, NodeRow, TheMap, Tied
from tests.factories.delivery import ActivityFactory
from tests.factories.theory_of_change import AssumptionFactory

TODAY = date(2021, 6, 18)


def node(kind, text="", **ties):
    return NodeRow(uuid.uuid4(), kind, text or kind.label, **ties)


def link(a, b, evidence=EvidenceStrength.WEAK, review_on=None):
    link_id = uuid.uuid4()
    assumed = (AssumptionRow(uuid.uuid4(), link_id, "They come", review_on=review_on),)
    return LinkRow(link_id, a.id, b.id, "", evidence, assumptions=assumed)


def gaps(nodes, links, plan=(), on_a_map=()):
    the_map = TheMap(
        uuid.uuid4(),
        "A map",
        status=TheoryStatus.DRAFT,
        nodes=tuple(nodes),
        links=tuple(links),
        by_id={one.id: one for one in nodes},
    )
    return gaps_of(the_map, plan, on_a_map=set(on_a_map), today=TODAY, base="/workstreams/w/map/t")


@pytest.fixture
def whole():
    """A map without a gap: its three steps."""
    row = Tied(uuid.uuid4(), "Hold drop-ins")
    return (
        node(NodeKind.ACTIVITY, activities=(row,)),
        node(NodeKind.SHORT_OUTCOME, indicators=(Tied(uuid.uuid4(), "How many"),)),
        node(NodeKind.IMPACT),
    )


def kinds(found):
    return [gap.kind for gap in found]


def test_a_whole_map_has_none(whole):
    a, b, c = whole
    row = a.activities[0]
    assert gaps(whole, [link(a, b), link(b, c)], [row], [row.id]) == []
    assert gaps([], [], [row]) == [], "an empty map has its own words"


def test_outcomes_that_nothing_leads_to(whole):
    a, b, c = whole
    alone = node(NodeKind.LONG_OUTCOME, "Alone", indicators=b.indicators)
    [gap] = gaps([a, b, alone, c], [link(a, b), link(b, c), link(alone, c)])
    assert (gap.kind, gap.words) == (GapKind.UNREACHED, "Alone")
    assert gap.mend_url.endswith(f"/links/add?to={alone.id}")


def test_activities_that_lead_to_no_outcome(whole):
    a, b, c = whole
    busy = node(NodeKind.ACTIVITY, "Busy", activities=a.activities)
    output = node(NodeKind.OUTPUT, "Paper")
    found = gaps([a, busy, output, b, c], [link(a, b), link(b, c), link(busy, output)])
    assert [(gap.kind, gap.words) for gap in found] == [
        (GapKind.NO_OUTCOME, "Busy"),
        (GapKind.NO_IMPACT, "Paper"),
    ]


def test_outcomes_without_an_indicator(whole):
    a, _, c = whole
    bare = node(NodeKind.MEDIUM_OUTCOME)
    [gap] = gaps([a, bare, c], [link(a, bare), link(bare, c)])
    assert gap.kind is GapKind.NO_INDICATOR
    assert gap.mend_url.endswith(f"/nodes/{bare.id}/edit")


def test_links_without_evidence_and_assumptions_past_review(whole):
    a, b, c = whole
    first = link(a, b, EvidenceStrength.NONE, review_on=TODAY)
    second = link(b, c, review_on=date(2021, 6, 17))
    found = gaps(whole, [first, second])
    assert kinds(found) == [GapKind.NO_EVIDENCE, GapKind.REVIEW]
    assert "17 June 2021" in found[1].words
    assert found[1].mend_url.endswith(f"/assumptions/{second.assumptions[0].id}/edit")


def test_the_plan_and_the_map_that_do_not_know_each_other(whole):
    a, b, c = whole
    loose = node(NodeKind.ACTIVITY, "Not promised")
    row = Tied(uuid.uuid4(), "Not explained")
    links = [link(a, b), link(b, c), link(loose, b)]
    found = gaps([a, loose, b, c], links, [row])
    assert [(gap.kind, gap.words) for gap in found] == [
        (GapKind.NOT_ON_MAP, "Not explained"),
        (GapKind.NOT_IN_PLAN, "Not promised"),
    ]
    assert found[0].look_url == f"/workstreams/w/plan/activities/{row.id}"


def test_every_loop_is_named_once(whole):
    a, b, c = whole
    inside = node(NodeKind.OUTPUT, "Inside")
    links = [link(a, inside), link(inside, b), link(b, inside), link(b, c)]
    [gap] = gaps([a, inside, b, c], links)
    assert gap.kind is GapKind.LOOP
    assert gap.words == "“Inside” → “Short-term outcome” → “Inside”"
    assert gap.mend_url.endswith(f"/links/{links[2].id}")


def test_a_big_map_is_looked_through_quickly():
    nodes = [node(kind) for kind in NodeKind for _ in range(28)]
    links = [link(a, b) for a, b in itertools.pairwise([*nodes, nodes[0]])]
    assert GapKind.LOOP in kinds(gaps(nodes, links))


def test_the_page_says_and_leads_to_the_mend(drawn, client):
    activity = ActivityFactory(plan_id=drawn.plan_id, workstream_id=drawn.id, what="Tea")
    activity_id = activity.id
    db.session.commit()
    client.sign_in(drawn.lead)
    page = client.get(f"{drawn.url}/gaps").text
    assert "Activities of the plan that are on no map" in page
    mend = f"{drawn.url}/nodes/add?activity={activity_id}"
    assert mend in page
    form = client.get(mend).text
    assert "Tea" in form
    assert "checked" in form
    client.sign_in(drawn.reader)
    assert mend not in client.get(f"{drawn.url}/gaps").text


def test_an_overdue_review_needs_its_owner_or_whoever_draws_the_map(drawn, client):
    due = AssumptionFactory(
        link=db.session.get(Link, drawn.first), text="They come", review_on=date(2021, 1, 1)
    )
    due_id = due.id
    db.session.commit()
    url = f"{drawn.url}/assumptions/{due_id}/edit"
    for role, told in (("lead", True), ("evaluator", True), ("contributor", False)):
        assert (url in client.sign_in(getattr(drawn, role)).get("/").text) is told
    due = db.session.get(type(due), due_id)
    due.owner_id = drawn.evaluator.id
    db.session.commit()
    assert url not in client.sign_in(drawn.lead).get("/").text
    assert url in client.sign_in(drawn.evaluator).get("/").text
