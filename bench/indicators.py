"""Indicators of a workstream with 10,000 values: 100 indicators, 100 months each."""

import time
from datetime import date
from typing import Any

import sqlalchemy as sa

from bench.counts import queries
from bench.report import Row

INDICATORS, MONTHS = 100, 100
GOAL_MS, MOST_QUERIES = 50, 10
_TIMES = 60


def rows(app: Any, workstream: str, cookie: str) -> list[Row]:
    """Gives the workstream at this path 10,000 values; then asks for the pages of indicators."""
    first = _fill(app, workstream.split("/")[2])
    base = f"{workstream}/indicators"
    found = []
    for name, path in (
        ("Indicators", base),
        ("One indicator", f"{base}/{first}"),
        ("Values that are due", f"{base}/due"),
        ("Values to approve", f"{base}/approvals"),
        ("What needs you", "/"),
    ):
        took = _p95_ms(app, path, cookie)
        found.append(Row(f"{name}: p95 ms", took, GOAL_MS, "at most", "10,000 values"))
        asked = queries(app, name, path, cookie)
        if path != "/":
            found.append(Row(asked.name, asked.value, MOST_QUERIES, "at most"))
    return found


def _p95_ms(app: Any, path: str, cookie: str) -> float:
    client = app.test_client(use_cookies=False)
    took = []
    for _ in range(_TIMES):
        start = time.perf_counter()
        answer = client.get(path, headers={"Cookie": cookie})
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200, path
    return round(sorted(took[3:])[int((_TIMES - 3) * 0.95)], 1)


def _fill(app: Any, slug: str) -> Any:
    from app.core import clock
    from app.core.database import new_id
    from app.extensions import db
    from app.indicators.models import Frequency, Indicator, Measurement, MeasurementStatus, Unit
    from app.workstreams.models import Workstream

    with app.app_context():
        workstream_id = db.session.scalar(sa.select(Workstream.id).where(Workstream.slug == slug))
        definitions = [
            {
                "id": new_id(),
                "workstream_id": workstream_id,
                "name": f"Indicator {number}",
                "unit": Unit.NUMBER,
                "baseline": 10,
                "baseline_on": date(2012, 12, 31),
                "frequency": Frequency.MONTHLY,
                "first_due_on": date(2013, 1, 31),
                "position": number,
            }
            for number in range(INDICATORS)
        ]
        db.session.execute(sa.insert(Indicator), definitions)
        values = [
            {
                "id": new_id(),
                "indicator_id": one["id"],
                "workstream_id": workstream_id,
                "on": date(2013 + month // 12, month % 12 + 1, 15),
                "value": month + number % 7,
                "status": MeasurementStatus.DRAFT
                if month == MONTHS - 1
                else MeasurementStatus.APPROVED,
                "approved_at": None if month == MONTHS - 1 else clock.now(),
            }
            for number, one in enumerate(definitions)
            for month in range(MONTHS)
        ]
        db.session.execute(sa.insert(Measurement), values)
        db.session.commit()
        return definitions[0]["id"]
