"""Examples of what the URLs of cohorts name: see `tests/rules/examples.py`.

A scene's workstream is a People Zone; anything that has a call is a cohort to the pages of one.
"""

from collections.abc import Callable
from typing import Any

from app.accounts.models import User
from app.cohorts.applications.stages import Stage
from app.extensions import db
from tests.cohorts.running_examples import RUNNING_EXAMPLES
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory, ParticipantFactory, QuestionFactory, call_on
from tests.factories.cohorts_applicants import (
    ApplicantImportFactory,
    ApplicantUploadFactory,
    BatchFactory,
)
from tests.factories.cohorts_decisions import DecisionFactory, LetterFactory, ReleaseFactory
from tests.factories.cohorts_interviews import InterviewSlotFactory
from tests.factories.cohorts_inviting import NominationFactory
from tests.factories.cohorts_network import GraduateFactory, MentoringFactory, NetworkMemberFactory
from tests.factories.cohorts_reviewing import AssignmentFactory, HandoutFactory


def _nomination(scene: Any) -> dict[str, Any]:
    """Made by whoever asks: to another nominator it is not there."""
    call_on(scene.id)
    by = db.session.get(User, scene.asker_id) if scene.asker_id else UserFactory()
    return {"nomination_id": NominationFactory(workstream_id=scene.id, nominated_by=by).id}


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


def _mentee(scene: Any) -> dict[str, Any]:
    call_on(scene.id)
    return {"participant_id": ParticipantFactory(application__workstream_id=scene.id).id}


def _leader(scene: Any) -> dict[str, Any]:
    """A member of the Leaders Network."""
    call_on(scene.id)
    graduate = GraduateFactory(application__workstream_id=scene.id)
    return {"leader_id": NetworkMemberFactory(participant=graduate).id}


def _mentoring(scene: Any) -> dict[str, Any]:
    call_on(scene.id)
    participant = ParticipantFactory(application__workstream_id=scene.id)
    return {"mentoring_id": MentoringFactory(participant=participant).id}


def _applicants_upload(scene: Any) -> dict[str, Any]:
    """A file that is its sender's alone."""
    sender = {"user_id": scene.asker_id} if scene.asker_id else {}
    upload = ApplicantUploadFactory(call=call_on(scene.id), **sender)
    return {**_call(scene), "import_id": upload.id}


def _applicants_import(scene: Any) -> dict[str, Any]:
    return {**_call(scene), "run_id": ApplicantImportFactory(workstream_id=scene.id).id}


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
    "applying_reopening.reopen": lambda scene: {
        **_call(scene),
        "application_id": ApplicationFactory(workstream_id=scene.id).id,
    },
    #
    # Applicants
    "application_id": lambda scene: {
        **_call(scene),
        "application_id": ApplicationFactory(workstream_id=scene.id).id,
    },
    "batch_id": lambda scene: {
        **_call(scene),
        "batch_id": BatchFactory(workstream_id=scene.id).batch_id,
    },
    **dict.fromkeys(
        (
            "applications.applicants",
            "applications.board",
            "applications.move_together",
            "applications.enter",
            "applications.import_file",
            "applications.import_template",
        ),
        _call,
    ),
    "applications.applicants_file": lambda scene: {**_call(scene), "file_format": "csv"},
    **dict.fromkeys(
        (
            "applications.import_table",
            "applications.import_columns",
            "applications.import_preview",
            "applications.import_abandon",
        ),
        _applicants_upload,
    ),
    **dict.fromkeys(("applications.import_run", "applications.undo_import"), _applicants_import),
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
        _call,
    ),
    "reviewing.ranking_file": lambda scene: {**_call(scene), "file_format": "csv"},
    "reviewing.application_reviews": lambda scene: {
        **_call(scene),
        "application_id": ApplicationFactory(workstream_id=scene.id).id,
    },
    "assignment_id": _assignment,
    "handout_id": _handout,
    "reader_id": _reader,
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
    **RUNNING_EXAMPLES,
    # Leaders Network and invitations
    "nomination_id": _nomination,
    "inviting.nominate": _call,
    "inviting.invitations": _call,
    "network.network": _call,
    "network.invitations": _call,
    "network.mentors": _call,
    "network.mailing_list_page": _call,
    "network.find_mentor": lambda scene: {**_call(scene), **_mentee(scene)},
    "network.note_interests": lambda scene: {**_call(scene), **_mentee(scene)},
    "network.match": lambda scene: {**_call(scene), **_mentee(scene), **_leader(scene)},
    "leader_id": _leader,
    "mentoring_id": _mentoring,
    # Figures and personal data
    "figures.numbers": _call,
    "figures.numbers_file": lambda scene: {**_call(scene), "file_format": "csv"},
    "records": lambda scene: {"records": "applications"},
    "record_id": lambda scene: {"record_id": ApplicationFactory(workstream_id=scene.id).id},
    "category": lambda scene: {"category": "unsuccessful"},
}
