"""Examples of what the URLs of cohorts name: see `tests/rules/examples.py`.

A scene's workstream is a People Zone; anything that has a call is a cohort to the pages of one.
"""

from collections.abc import Callable
from typing import Any

from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory, call_on
from tests.factories.cohorts_reviewing import AssignmentFactory, HandoutFactory


def _with_call(scene: Any) -> dict[str, Any]:
    call_on(scene.id)
    return {"slug": scene.slug}


def _assignment(scene: Any) -> dict[str, Any]:
    """An application to read: theirs to whom it is assigned, or somebody's."""
    call_on(scene.id)
    application = ApplicationFactory(workstream_id=scene.id)
    reader_id = scene.assignee_id or UserFactory().id
    assignment = AssignmentFactory(application=application, reviewer_id=reader_id)
    return {"assignment_id": assignment.id}


def _handout(scene: Any) -> dict[str, Any]:
    call_on(scene.id)
    return {"handout_id": HandoutFactory(workstream_id=scene.id).id}


def _reader(scene: Any) -> dict[str, Any]:
    """Somebody who has been given an application."""
    call_on(scene.id)
    application = ApplicationFactory(workstream_id=scene.id)
    return {"reader_id": AssignmentFactory(application=application).reviewer_id}


COHORT_EXAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    # The call
    #
    # Applicants
    #
    # Applying
    #
    # Reviewing
    **dict.fromkeys(
        (
            "reviewing.my_reviews",
            "reviewing.reviews",
            "reviewing.share",
            "reviewing.names",
            "reviewing.ranking",
        ),
        _with_call,
    ),
    "reviewing.ranking_file": lambda scene: {**_with_call(scene), "file_format": "csv"},
    "reviewing.application_reviews": lambda scene: {
        **_with_call(scene),
        "application_id": ApplicationFactory(workstream_id=scene.id).id,
    },
    "assignment_id": _assignment,
    "handout_id": _handout,
    "reader_id": _reader,
    # Interviews and decisions
    #
    # Sessions and participants
    #
    # Leaders Network and invitations
    #
    # Figures and personal data
    #
}
