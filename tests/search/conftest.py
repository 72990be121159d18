"""A workstream with one of everything that is found, and how the tests ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.accounts.models import User
from app.delivery.models import Activity, DeliveryPlan
from app.extensions import db
from app.search.filters import Wanted
from app.search.finding import Found, search
from app.workstreams.models import MemberRole, Workstream
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


@dataclass
class Scene:
    """A workstream whose every text has the word "heron", and its lead."""

    workstream: Workstream
    plan: DeliveryPlan
    activity: Activity
    milestone: Any
    update: Any
    aim: Any
    issue: Any
    lead: User


@pytest.fixture
def scene(app) -> Scene:
    workstream = WorkstreamFactory(name="Heron Quay", slug="heron-quay", purpose="A place to meet")
    plan = DeliveryPlanFactory(workstream_id=workstream.id, title="Heron plan")
    activity = ActivityFactory(
        plan=plan, what="Count the herons", how="With binoculars", last_word_on=date(2021, 6, 1)
    )
    return Scene(
        workstream,
        plan,
        activity,
        MilestoneFactory(plan=plan, activity_id=activity.id, title="First heron counted"),
        ProgressUpdateFactory(activity=activity, text="Twelve herons were at the canal."),
        AimFactory(workstream_id=workstream.id, text="More herons"),
        KeyIssueFactory(workstream_id=workstream.id, text="Nobody knows the herons"),
        MembershipFactory(workstream_id=workstream.id).user,
    )


def found(user: User, q: str, number: int = 1, **filters: str) -> Found:
    """What a search finds, as the page shows it."""
    db.session.flush()
    return search(user, Wanted.read(MultiDict({"q": q, **filters})), number)


def titles(user: User, q: str, **filters: str) -> list[str]:
    """The titles of the first page, without their marks."""
    return [str(hit.title.striptags()) for hit in found(user, q, **filters).page.rows]


def kinds(user: User, q: str, **filters: str) -> list[str]:
    """The kinds of the first page's hits, in order."""
    return [hit.source.kind for hit in found(user, q, **filters).page.rows]


def reader_of(workstream: Workstream) -> User:
    """Somebody who may see a workstream and what is below it."""
    return MembershipFactory(workstream_id=workstream.id, role=MemberRole.READER).user
