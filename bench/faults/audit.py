"""Was a promise broken? Looks at every row that an update leaves behind."""

from collections import Counter, defaultdict
from typing import Any

import sqlalchemy as sa

from bench.faults.site import Site
from bench.faults.writers import Told


def faults(site: Site, told: Told) -> list[str]:
    """What is wrong, in words; empty when every promise was kept."""
    from app.core.history import ChangeAction, ChangeRecord
    from app.delivery.models import Activity, PlanStanding, ProgressUpdate
    from app.delivery.standing import worked_out
    from app.extensions import db

    wrong = [f"an answer that should not be: {words}" for words in told.odd]
    with site.app.app_context():
        updates = {u.id: u for u in db.session.scalars(sa.select(ProgressUpdate))}
        rows = {row.id: row for row in db.session.scalars(sa.select(Activity))}
        records = db.session.scalars(sa.select(ChangeRecord)).all()
        created = Counter(
            record.subject_id
            for record in records
            if record.subject_type == "progress_updates" and record.action is ChangeAction.CREATED
        )
        requests = {r.subject_id: r.request_id for r in records if r.subject_id in updates}
        edits = Counter(
            (record.subject_id, record.request_id)
            for record in records
            if record.subject_type == "activities" and record.action is ChangeAction.UPDATED
        )
        wrong += [f"acknowledged and lost: {i}" for i in told.acknowledged - set(updates)]
        wrong += [
            f"“nothing was saved”, but it was: {i}" for i in told.said_not_saved & set(updates)
        ]
        nobodys = set(updates) - told.acknowledged - told.unsure - told.said_not_saved
        wrong += [f"nobody sent this: {i}" for i in nobodys]
        by_row: dict[Any, list[Any]] = defaultdict(list)
        for update in updates.values():
            by_row[update.activity_id].append(update)
            if created[update.id] != 1:
                wrong.append(f"{created[update.id]} history records of update {update.id}")
            if edits[update.activity_id, requests.get(update.id)] != 1:
                wrong.append(f"update {update.id} did not change its row in the same request")
        if sum(edits.values()) != len(updates):
            wrong.append(f"{sum(edits.values())} changed rows for {len(updates)} updates")
        for row_id, row in rows.items():
            wrong += _row_faults(row, by_row[row_id])
        plans = [row.plan_id for row in rows.values()][:1]
        worked = worked_out(db.session(), plans)
        for standing in db.session.scalars(sa.select(PlanStanding)):
            kept = {name: getattr(standing, name) for name in worked[standing.plan_id]}
            if kept != worked[standing.plan_id]:
                wrong.append(f"the plan's standing is {kept}, its rows say {worked}")
        if db.engine.dialect.name == "sqlite":
            said = db.session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
            wrong += [] if said == "ok" else [f"integrity_check: {said}"]
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    return wrong


def _row_faults(row: Any, updates: list[Any]) -> list[str]:
    """The row repeats its newest update, and was changed once for each."""
    wrong = []
    if row.version != 1 + len(updates):
        wrong.append(f"row {row.id} is at version {row.version} after {len(updates)} updates")
    if updates:
        newest = max(updates, key=lambda update: update.posted_at)
        names = ("rag", "rag_reason", "forecast_on")
        if any(getattr(row, name) != getattr(newest, name) for name in names):
            wrong.append(f"row {row.id} does not repeat its newest update")
    return wrong
