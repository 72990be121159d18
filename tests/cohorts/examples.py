"""Examples of what the URLs of cohorts name: see `tests/rules/examples.py`.

A scene's workstream is a People Zone; anything that has a call is a cohort to the pages of one.
"""

from collections.abc import Callable
from typing import Any

from app.accounts.models import User
from app.extensions import db
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory, QuestionFactory, call_on
from tests.factories.cohorts_applicants import (
    ApplicantImportFactory,
    ApplicantUploadFactory,
    BatchFactory,
)
from tests.factories.cohorts_inviting import NominationFactory
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
    "reopening.reopen": lambda scene: {
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
    #
    # Sessions and participants
    #
    # Leaders Network and invitations
    "nomination_id": _nomination,
    "inviting.nominate": _call,
    "inviting.invitations": _call,
    # Figures and personal data
    "figures.numbers": _call,
    "figures.numbers_file": lambda scene: {**_call(scene), "file_format": "csv"},
    "records": lambda scene: {"records": "applications"},
    "record_id": lambda scene: {"record_id": ApplicationFactory(workstream_id=scene.id).id},
    "category": lambda scene: {"category": "unsuccessful"},
}
