"""Examples of what the URLs of cohorts name: see `tests/rules/examples.py`.

A scene's workstream is a People Zone; anything that has a call is a cohort to the pages of one.
"""

from collections.abc import Callable
from typing import Any

from app.cohorts.applications.stages import Stage
from tests.factories.cohorts import ApplicationFactory, QuestionFactory, call_on
from tests.factories.cohorts_decisions import DecisionFactory, LetterFactory, ReleaseFactory
from tests.factories.cohorts_interviews import InterviewSlotFactory


def _call(scene: Any) -> dict[str, Any]:
    """A cohort that has a call."""
    call_on(scene.id)
    return {"slug": scene.slug}


def _asked_to_interview(scene: Any) -> dict[str, Any]:
    """Somebody at stage Interview."""
    person = ApplicationFactory(workstream_id=scene.id, stage=Stage.INTERVIEW)
    return {**_call(scene), "application_id": person.id}


def _letter(scene: Any) -> dict[str, Any]:
    """A letter that no e-mail has taken."""
    release = ReleaseFactory(workstream_id=scene.id)
    decision = DecisionFactory(workstream_id=scene.id, release_id=release.id)
    letter = LetterFactory(decision=decision, by_email=False)
    return {**_call(scene), "release_id": release.id, "letter_id": letter.id}


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
    **dict.fromkeys(
        (
            "interviews.interviews",
            "interviews.offer_slots",
            "interviews.invite",
            "decisions.decisions",
            "decisions.prepare",
            "decisions.prepared",
            "decisions.release",
            "decisions.releases",
            "decisions.offers",
            "decisions.enrol_all",
            "decisions.waiting_list",
            "decisions.move_in_list",
            "decisions.offer_next",
            "decisions.letter_templates",
        ),
        _call,
    ),
    **dict.fromkeys(
        (
            "interviews.pick_for",
            "interviews.give_up_for",
            "interviews.note_outcome",
            "decisions.enrol",
        ),
        _asked_to_interview,
    ),
    "slot_id": lambda scene: {
        **_call(scene),
        "slot_id": InterviewSlotFactory(workstream_id=scene.id).id,
    },
    "decision_id": lambda scene: {
        **_call(scene),
        "decision_id": DecisionFactory(workstream_id=scene.id).id,
    },
    "release_id": lambda scene: {
        **_call(scene),
        "release_id": ReleaseFactory(workstream_id=scene.id).id,
    },
    "decisions.mark_told": _letter,
    "letter_kind": lambda scene: {**_call(scene), "letter_kind": "offer"},
    #
    # Sessions and participants
    #
    # Leaders Network and invitations
    #
    # Figures and personal data
    #
}
