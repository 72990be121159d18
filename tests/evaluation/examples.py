"""Examples of what the URLs of evaluation name: see `tests/rules/examples.py`."""

from collections.abc import Callable
from typing import Any

from tests.factories.evaluation import AmbitionFactory, NoteFactory, RecommendationFactory


def _recommendation(scene: Any) -> dict[str, Any]:
    """Seen to by whoever it is assigned to."""
    one = RecommendationFactory(workstream_id=scene.id, owner_id=scene.assignee_id)
    return {"recommendation_id": one.id}


EVALUATION_EXAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "note_id": lambda scene: {"note_id": NoteFactory(workstream_id=scene.id).id},
    "recommendation_id": _recommendation,
    "aim_id": lambda scene: {"aim_id": AmbitionFactory(workstream_id=scene.id).id},
}
