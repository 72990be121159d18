"""Examples of what the URLs of evaluation name: see `tests/rules/examples.py`."""

from collections.abc import Callable
from typing import Any

from app.evaluation.files import store
from tests.factories.evaluation import (
    AmbitionFactory,
    AttachmentFactory,
    NoteFactory,
    RecommendationFactory,
)


def _recommendation(scene: Any) -> dict[str, Any]:
    """Seen to by whoever it is assigned to."""
    one = RecommendationFactory(workstream_id=scene.id, owner_id=scene.assignee_id)
    return {"recommendation_id": one.id}


def _file(scene: Any) -> dict[str, Any]:
    """A file that is in the store."""
    note = NoteFactory(workstream_id=scene.id)
    attachment = AttachmentFactory(note_id=note.id)
    store.put(attachment.key, b"a,b\n1,2\n")
    return {"note_id": note.id, "file_id": attachment.id}


EVALUATION_EXAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "note_id": lambda scene: {"note_id": NoteFactory(workstream_id=scene.id).id},
    "evaluation.findings_file": lambda scene: {"slug": scene.slug, "file_format": "xlsx"},
    "file_id": _file,
    "recommendation_id": _recommendation,
    "aim_id": lambda scene: {"aim_id": AmbitionFactory(workstream_id=scene.id).id},
}
