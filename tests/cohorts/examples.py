"""Examples of what the URLs of cohorts name: see `tests/rules/examples.py`.

A scene's workstream is a People Zone; anything that has a call is a cohort to the pages of one.
"""

from collections.abc import Callable
from typing import Any

from tests.factories.cohorts import ApplicationFactory, QuestionFactory, call_on


def _call(scene: Any) -> dict[str, Any]:
    """A cohort that has a call."""
    call_on(scene.id)
    return {"slug": scene.slug}


COHORT_EXAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    # The call
    "call.call": _call,
    "call.set_up_call": _call,
    "call.edit_call": _call,
    "call.change_closing_time": _call,
    "call.copy_call": _call,
    "call.preview_form": _call,
    "key": lambda scene: {**_call(scene), "key": "questions"},
    "part_id": lambda scene: {"part_id": QuestionFactory(call=call_on(scene.id)).id},
    "reopening.reopen": lambda scene: {
        **_call(scene),
        "application_id": ApplicationFactory(workstream_id=scene.id).id,
    },
    #
    # Applicants
    #
    # Applying
    #
    # Reviewing
    #
    # Interviews and decisions
    #
    # Sessions and participants
    #
    # Leaders Network and invitations
    #
    # Figures and personal data
    #
}
