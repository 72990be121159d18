"""What the tests of evaluation share: a workstream, and somebody in each role on it."""

from datetime import date
from typing import Any

from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

URL = "/workstreams/new-parks/evidence"


def new_parks(**more: Any) -> Any:
    """The workstream that URL names."""
    return WorkstreamFactory(slug="new-parks", name="New Parks", **more)


def somebody(workstream: Any, role: MemberRole = MemberRole.EVALUATOR, **more: Any) -> Any:
    """Somebody with this role on it."""
    return MembershipFactory(workstream_id=workstream.id, role=role, **more).user


def everybody(workstream: Any) -> dict[str, Any]:
    """Somebody in each role, and two who hold a role over everything."""
    return {
        **{role.value: somebody(workstream, role) for role in MemberRole},
        "administrator": UserFactory(administrator=True),
        "opcc_reader": UserFactory(opcc_reader=True),
        "nobody": UserFactory(),
    }


def note_data(**more: Any) -> dict[str, Any]:
    """A filled-in form of a note."""
    return {
        "id": new_id(),
        "title": "Young people feel safer",
        "on": "1 June 2021",
        "kind": "interview",
        "text": "They **said** so.",
        "method": "Talks",
        "sample": "12 young people",
        "shows": "Ten of twelve feel safer",
        "so_what": "Keep the hub open",
        "strength": "2",
        "direction": "supports",
        "audience": "everyone",
        **more,
    }


LAST_DAY = date(2021, 6, 18)
