"""Examples of what the URLs of cohorts name: see `tests/rules/examples.py`.

A scene's workstream is a People Zone; anything that has a call is a cohort to the pages of one.
"""

from collections.abc import Callable
from typing import Any

from app.accounts.models import User
from app.extensions import db
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory, QuestionFactory, call_on
from tests.factories.cohorts_inviting import NominationFactory


def _call(scene: Any) -> dict[str, Any]:
    """A cohort that has a call."""
    call_on(scene.id)
    return {"slug": scene.slug}


def _nomination(scene: Any) -> dict[str, Any]:
    """Made by whoever asks: to another nominator it is not there."""
    by = db.session.get(User, scene.asker_id) if scene.asker_id else UserFactory()
    return {"nomination_id": NominationFactory(workstream_id=scene.id, nominated_by=by).id}


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
    "nomination_id": _nomination,
    "inviting.nominate": _call,
    "inviting.invitations": _call,
    # Figures and personal data
    #
}
