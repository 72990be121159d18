"""A page asks the database as often for 60 rows as for 10; the main pages at most six times."""

from dataclasses import dataclass, field

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.accounts.models import User
from app.core import access
from app.extensions import db
from tests.cohorts.growing import grow_cohort
from tests.evaluation.growing import grow_evaluation
from tests.factories.accounts import UserFactory
from tests.factories.delivery import (
    ActivityFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
)
from tests.factories.workstreams import (
    AimFactory,
    KeyIssueFactory,
    MembershipFactory,
    WorkstreamFactory,
)
from tests.indicators.examples import grow_indicators
from tests.statements import statements
from tests.theory_of_change.growing import grow_maps

# More than a page of a list shows.
FEW, MANY = 10, 60
# The front page asks once for each kind of thing that can need somebody; these two work on a cohort. The
# overview asks once for everything that is known of a workstream beside its plan.
MAIN_PAGES = {
    "/": 14,
    "/workstreams": 6,
    "/workstreams/<slug:slug>": 7,
    "/workstreams/<slug:slug>/plan": 6,
    "/workstreams/<slug:slug>/people": 6,
    "/workstreams/<slug:slug>/history": 6,
}


@dataclass
class Grown:
    """Who looks, and what the URLs' variables stand for."""

    users: dict[str, User]
    values: dict[str, object] = field(default_factory=dict)


def grow(rows: int) -> Grown:
    """A lead's workstream with `rows` of everything, and `rows` more workstreams beside it."""
    lead = UserFactory()
    workstream = WorkstreamFactory()
    MembershipFactory(workstream_id=workstream.id, user=lead)
    plan = DeliveryPlanFactory(workstream_id=workstream.id)
    activities = []
    for number in range(rows):
        activity = ActivityFactory(plan=plan, position=number, lead_person_id=lead.id)
        activities.append(activity)
        MilestoneFactory(plan=plan, activity_id=activity.id)
        MilestoneFactory(plan=plan, activity_id=activities[0].id)
        ProgressUpdateFactory(activity=activity, author_id=UserFactory().id)
        ProgressUpdateFactory(activity=activities[0], author_id=UserFactory().id)
        AimFactory(workstream_id=workstream.id)
        KeyIssueFactory(workstream_id=workstream.id)
        MembershipFactory(workstream_id=workstream.id)
        other = WorkstreamFactory(lead_person_id=lead.id, parent_id=workstream.id)
        MembershipFactory(workstream_id=other.id, user=lead)
    values = {"slug": workstream.slug, "activity_id": activities[0].id}
    return Grown(
        users={"lead": lead, "administrator": UserFactory(administrator=True)},
        values=values
        | grow_cohort(workstream, rows)
        | grow_indicators(workstream, rows)
        | grow_evaluation(workstream, rows)
        | grow_maps(workstream, rows),
    )


def pages(app: Flask, values: dict[str, object]) -> list[Rule]:
    """The pages behind a sign-in whose URLs can be filled in."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and rule.arguments <= set(values)
        and not access.rule_of(rule.endpoint).anyone
    ]


def measure(app: Flask, rows: int) -> dict[tuple[str, str], list[str]]:
    """(who, page) -> the statements of one request, for each page that answers 200."""
    grown = grow(rows)
    db.session.flush()
    users = {who: user.id for who, user in grown.users.items()}
    db.session.commit()
    adapter = app.url_map.bind("localhost")
    found = {}
    for who, user_id in users.items():
        client = app.test_client().sign_in(db.session.get(User, user_id))
        for rule in pages(app, grown.values):
            values = {name: grown.values[name] for name in rule.arguments}
            url = adapter.build(rule.endpoint, values, method="GET")
            client.get(url)  # what is read once in a process's life is not this page's doing
            with statements() as sent:
                status = client.get(url).status_code
            if status == 200:
                found[who, rule.rule] = list(sent)
    return found


@pytest.fixture
def measured(app: Flask) -> tuple[dict, dict]:
    few = measure(app, FEW)
    return few, measure(app, MANY)


def test_queries_do_not_grow_with_rows(measured):
    few, many = measured
    assert {page for _, page in few} >= set(MAIN_PAGES), "a main page does not answer"
    grew = [
        f"{page} as {who}: {len(few[who, page])} queries for {FEW} rows, {_told(sent)}"
        for (who, page), sent in many.items()
        if (who, page) in few and len(sent) > len(few[who, page])
    ]
    assert not grew, "\n\n".join(grew)
    many_queries = [
        f"{page} as {who}: {_told(sent)}"
        for (who, page), sent in many.items()
        if len(sent) > MAIN_PAGES.get(page, len(sent))
    ]
    assert not many_queries, "\n\n".join(many_queries)


def _told(sent: list[str]) -> str:
    return f"{len(sent)} queries:\n" + "\n".join(" ".join(s.split())[:160] for s in sent)
