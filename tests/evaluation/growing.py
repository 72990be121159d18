"""Rows of everything that evaluation has, for `tests/rules/test_growth.py`."""

from app.evaluation.models import NoteReader
from app.extensions import db
from app.workstreams.models import Workstream
from tests.factories.accounts import UserFactory
from tests.factories.evaluation import (
    AmbitionFactory,
    AttachmentFactory,
    BearingFactory,
    JudgementFactory,
    NoteFactory,
    RecommendationFactory,
    RecommendationUpdateFactory,
)


def grow_evaluation(workstream: Workstream, rows: int) -> dict[str, object]:
    """Give a workstream `rows` of notes and what hangs from them; gives what URLs name of it."""
    first = NoteFactory(workstream_id=workstream.id)
    ambition = AmbitionFactory(workstream_id=workstream.id)
    asked = RecommendationFactory(workstream_id=workstream.id)
    for _ in range(rows):
        note = NoteFactory(workstream_id=workstream.id)
        aim = AmbitionFactory(workstream_id=workstream.id)
        for about in (note, first):
            BearingFactory(note_id=about.id, aim_id=aim.id)
            AttachmentFactory(note_id=about.id)
            db.session.add(NoteReader(note_id=about.id, user_id=UserFactory().id))
            RecommendationFactory(
                workstream_id=workstream.id, note_id=about.id, owner_id=UserFactory().id
            )
        JudgementFactory(aim=aim, by_id=UserFactory().id)
        JudgementFactory(aim=ambition, by_id=UserFactory().id)
        RecommendationUpdateFactory(recommendation=asked, by_id=UserFactory().id)
    db.session.flush()
    return {"note_id": first.id, "recommendation_id": asked.id, "aim_id": ambition.id}
