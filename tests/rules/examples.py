"""An example of everything that a URL can name, so that tests can visit every route.

One line for each URL parameter, or for one endpoint where the parameter alone does not say enough:

    "activity_id": lambda scene: {"activity_id": ActivityFactory(plan=…).id},
    "delivery.tick": lambda scene: {"slug": scene.slug, "milestone_id": …},

A callable takes the `Scene` and gives values for the URL. What it makes must belong to
`scene.workstream`, and where it can be somebody's, be theirs: `lead_person_id=scene.assignee_id`.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.routing import Rule

from app.workstreams.models import Workstream
from tests.factories.workstreams import AimFactory, BodyFactory, KeyIssueFactory, MembershipFactory


@dataclass(frozen=True)
class Scene:
    """Where an example is made: on this workstream (a People Zone, which has every page), and
    assigned to this person, or to nobody."""

    workstream: Workstream
    assignee_id: uuid.UUID | None = None

    @property
    def slug(self) -> str:
        return self.workstream.slug

    @property
    def id(self) -> uuid.UUID:
        return self.workstream.id


Example = Callable[[Scene], dict[str, Any]]


def _statement(scene: Scene) -> dict[str, Any]:
    return {
        "slug": scene.slug,
        "section": "aims",
        "statement_id": AimFactory(workstream_id=scene.id).id,
    }


EXAMPLES: dict[str, Example] = {
    "slug": lambda scene: {"slug": scene.slug},
    # Workstreams
    "section": lambda scene: {"section": "key-issues"},
    "statement_id": lambda scene: {"statement_id": KeyIssueFactory(workstream_id=scene.id).id},
    "workstreams.edit_statement": _statement,
    "membership_id": lambda scene: {"membership_id": MembershipFactory(workstream_id=scene.id).id},
    "body_id": lambda scene: {"body_id": BodyFactory().id},
}


class NoExample(AssertionError):
    """A route that nobody has given an example."""


def url_values(rule: Rule, scene: Scene) -> dict[str, Any]:
    """Values for a route's URL. Raises NoExample, naming the line to add."""
    if rule.endpoint in EXAMPLES:
        return EXAMPLES[rule.endpoint](scene)
    values: dict[str, Any] = {}
    for argument in sorted(rule.arguments):
        if argument not in EXAMPLES:
            raise NoExample(
                f"{rule.rule}: add an example for {argument!r} or {rule.endpoint!r} "
                "to EXAMPLES in tests/rules/examples.py"
            )
        values.update(EXAMPLES[argument](scene))
    return values
