"""The findings of a workstream with 1,000 notes: the page, filtered, found, and taken away."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from bench.counts import queries
from bench.growth import median_ms
from bench.report import Row

NOTES, MOST_QUERIES, MOST_MS, MOST_FILE_MS = 1_000, 8, 100, 3_000
_WORDS = (
    "Residents said that the hub helps them, that evenings are hard, and why that matters. " * 6
)


def rows(app: Any, plan: str, cookie: str) -> list[Row]:
    """Adds the notes to the workstream of the plan at `plan`, each on three of its activities."""
    page = f"/workstreams/{plan.split('/')[2]}/evidence"
    _fill(app, plan.split("/")[2])
    words = f"{NOTES:,} notes, each on 3 activities"
    found = [
        Row(f"{name}: median ms", median_ms(app, page + path, cookie), MOST_MS, "at most", words)
        for name, path in (
            ("Findings", ""),
            ("Findings, filtered", "?direction=supports&strength=2&q=evenings"),
            ("Findings, last page", "?page=20"),
        )
    ]
    took = median_ms(app, f"{page}/findings.xlsx", cookie)
    asked = queries(app, "Findings", page, cookie)
    return [
        *found,
        Row("Findings as Excel: median ms", took, MOST_FILE_MS, "at most", words),
        Row(asked.name, asked.value, MOST_QUERIES, "at most"),
    ]


def _fill(app: Any, slug: str) -> None:
    from app.core.database import new_id
    from app.delivery.models import Activity
    from app.evaluation.models import Audience, Bearing, Direction, Note, NoteKind, Scale
    from app.extensions import db
    from app.workstreams.models import Workstream

    with app.app_context():
        workstream_id = db.session.scalars(
            sa.select(Workstream.id).where(Workstream.slug == slug)
        ).one()
        activities = db.session.scalars(
            sa.select(Activity.id).where(Activity.workstream_id == workstream_id)
        ).all()
        kinds, directions, audiences = list(NoteKind), list(Direction), list(Audience)
        notes, bearings = [], []
        for number in range(NOTES):
            note_id = new_id()
            notes.append(
                {
                    "id": note_id,
                    "workstream_id": workstream_id,
                    "title": f"Finding {number}",
                    "on": date(2020, 1, 1) + timedelta(days=number % 500),
                    "kind": kinds[number % len(kinds)],
                    "text": _WORDS,
                    "shows": _WORDS[:200],
                    "direction": directions[number % len(directions)],
                    # Most are for everybody; some for few, so that the condition has work to do.
                    "audience": audiences[0] if number % 5 else audiences[number % len(audiences)],
                    "strength": number % 5 + 1,
                    "scale": Scale.MARYLAND,
                }
            )
            bearings += [
                {
                    "id": new_id(),
                    "note_id": note_id,
                    "activity_id": activities[(number + step) % len(activities)],
                }
                for step in range(3)
            ]
        db.session.execute(sa.insert(Note), notes)
        db.session.execute(sa.insert(Bearing), bearings)
        db.session.commit()
