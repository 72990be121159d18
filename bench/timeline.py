"""The timeline of a full page of a plan: 100 activities, 200 milestones, 100 dependencies."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bench.counts import queries
from bench.growth import median_ms
from bench.report import Row

MOST_QUERIES, MOST_MS = 8, 100


def rows(app: Any, plan: str, cookie: str) -> list[Row]:
    """Adds a second milestone to each activity of the plan at `plan`, waiting for the first; then asks
    for its timeline."""
    _fill(app, plan)
    path = f"{plan}/timeline"
    took = median_ms(app, path, cookie)
    words = "100 activities, 200 milestones, 100 links"
    asked = queries(app, "Timeline", path, cookie)
    return [
        Row("Timeline: median ms", took, MOST_MS, "at most", words),
        Row(asked.name, asked.value, MOST_QUERIES, "at most"),
    ]


def _fill(app: Any, plan: str) -> None:
    from app.core.database import new_id
    from app.delivery.models import Milestone, milestone_dependencies
    from app.extensions import db
    from app.workstreams.models import Workstream

    slug = plan.split("/")[2]
    with app.app_context():
        there = db.session.execute(
            sa.select(Milestone.__table__)
            .join(Workstream, Workstream.id == Milestone.workstream_id)
            .where(Workstream.slug == slug)
        ).all()
        added, links = [], []
        for row in there:
            new = {
                **row._mapping,
                "id": new_id(),
                "title": f"{row.title}, and what follows from it",
                "promised_on": row.promised_on + timedelta(days=30),
                "forecast_on": row.promised_on + timedelta(days=45),
                "done_on": None,
            }
            added.append(new)
            links.append(
                {"predecessor_id": row.id, "successor_id": new["id"], "plan_id": row.plan_id}
            )
        db.session.execute(sa.insert(Milestone.__table__), added)
        db.session.execute(sa.insert(milestone_dependencies), links)
        db.session.commit()
