"""Change history grows for ever: what it costs at 1,000 and at 1,000,000 records."""

import statistics
import time
from typing import Any

import sqlalchemy as sa

from bench.report import Row

REPEATS = 15


def rows(app: Any, plan: str, cookie: str, steps: tuple[int, ...]) -> list[Row]:
    """Median milliseconds of a workstream's history page and of its plan, at each size."""
    from app.core.history import ChangeRecord
    from app.extensions import db

    found: list[Row] = []
    first: dict[str, float] = {}
    for step in steps:
        with app.app_context():
            have = db.session.scalar(sa.select(sa.func.count()).select_from(ChangeRecord)) or 0
        if step > have:
            result = app.test_cli_runner().invoke(
                args=["demo", "scale", "--workstreams", "0", "--activities", "0",
                      "--changes", str(step - have)]
            )  # fmt: skip
            if result.exit_code:
                raise RuntimeError(result.output)
        for name, path in (
            ("History page", plan.replace("/plan", "/history")),
            ("Plan page", plan),
        ):
            took = median_ms(app, path, cookie)
            first.setdefault(name, took)
            words = f"{took / first[name]:.2f} times the time at {steps[0]:,}"
            found.append(
                Row(f"{name} at {max(step, have):,} change records, ms", took, None, "", words)
            )
    return found


def median_ms(app: Any, path: str, cookie: str) -> float:
    """Of one page, asked for in this process."""
    client = app.test_client(use_cookies=False)
    took = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        response = client.get(path, headers={"Cookie": cookie})
        took.append((time.perf_counter() - began) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
    return statistics.median(took)
