"""What search finds of a workstream itself: its name and purpose, what it aims at, its key issues."""

from app.core.searching import Source, add_source
from app.workstreams.models import Aim, KeyIssue, Workstream


def register_sources() -> None:
    """Called once by the feature's `register`."""
    add_source(
        Source(
            "workstream",
            "Workstream",
            "Workstreams",
            10,
            Workstream,
            workstream_id=Workstream.id,
            title=Workstream.name,
            body=(Workstream.purpose,),
            on=Workstream.starts_on,
            path=lambda row: "",
        )
    )
    add_source(
        Source(
            "aim",
            "Priority or ambition statement",
            "Priorities and ambition statements",
            30,
            Aim,
            title=Aim.text,
            path=lambda row: f"#statement-{row.id}",
            live=(Aim.archived_at.is_(None),),
        )
    )
    add_source(
        Source(
            "issue",
            "Key issue",
            "Key issues",
            35,
            KeyIssue,
            title=KeyIssue.text,
            body=(KeyIssue.raised_at,),
            path=lambda row: f"#statement-{row.id}",
            live=(KeyIssue.archived_at.is_(None),),
        )
    )
