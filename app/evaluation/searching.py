"""What search finds of evaluation: notes and recommendations.

A note for named people alone is not in the index: its marks are rights on workstreams, not people. The
search on the Evidence page finds it for those whom it names.
"""

from app.core.rights import Right
from app.core.searching import Source, add_source
from app.evaluation.models import Audience, Note, Recommendation


def register_sources() -> None:
    """Called once by the feature's `register`."""
    add_source(
        Source(
            "note",
            "Evaluation note",
            "Evaluation notes",
            34,
            Note,
            title=Note.title,
            body=(Note.shows, Note.so_what, Note.text, Note.method, Note.sample),
            on=Note.on,
            path=lambda row: f"/evidence/notes/{row.id}",
            live=(Note.archived_at.is_(None), Note.audience != Audience.NAMED),
            restricted=(
                Note.audience == Audience.EVALUATORS_AND_LEADS,
                Right.READ_RESTRICTED_NOTES,
            ),
        )
    )
    add_source(
        Source(
            "recommendation",
            "Recommendation",
            "Recommendations",
            36,
            Recommendation,
            title=Recommendation.text,
            body=(Recommendation.reason, Recommendation.report),
            on=Recommendation.made_on,
            done=Recommendation.done_on.is_not(None),
            path=lambda row: f"/evidence/recommendations/{row.id}",
            live=(Recommendation.archived_at.is_(None),),
        )
    )
