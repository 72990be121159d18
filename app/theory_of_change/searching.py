"""What search finds of maps: theories and their steps."""

from app.core.searching import Above, Source, add_source
from app.theory_of_change.models import Node, Theory


def register_sources() -> None:
    """Called once by the feature's `register`."""
    add_source(
        Source(
            "theory",
            "Theory of change",
            "Theories of change",
            31,
            Theory,
            title=Theory.title,
            body=(Theory.aim, Theory.situation, Theory.who_for),
            on=Theory.agreed_on,
            path=lambda row: f"/map/{row.id}",
            live=(Theory.archived_at.is_(None),),
        )
    )
    add_source(
        Source(
            "step",
            "Step of a map",
            "Steps of maps",
            33,
            Node,
            title=Node.text,
            body=(Node.detail,),
            path=lambda row: f"/map/{row.above_id}/nodes/{row.id}",
            live=(Node.removed_at.is_(None),),
            above=Above(
                Theory,
                Node.theory_id,
                live=(Theory.archived_at.is_(None),),
                watches=("archived_at",),
            ),
        )
    )
