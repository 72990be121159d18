"""How long a plan takes to leave as each kind of file, and how big the file is."""

import statistics
import time
from typing import Any

from bench.report import Row

# Seconds for a hundred activities.
GOALS = {"csv": 0.5, "xlsx": 1.0, "docx": 1.0, "pdf": 1.5, "ics": 0.5}


def exports(app: Any, plan: str, cookie: str) -> list[Row]:
    """The median of five requests for each format."""
    client = app.test_client(use_cookies=False)
    rows = []
    for ending, goal in GOALS.items():
        took = []
        for _ in range(5):
            began = time.perf_counter()
            response = client.get(f"{plan}.{ending}", headers={"Cookie": cookie})
            took.append(time.perf_counter() - began)
            if response.status_code != 200:
                raise RuntimeError(f"{plan}.{ending} answered {response.status_code}")
        size = f"{len(response.data) / 1000:.0f} KB"
        rows.append(
            Row(
                f"Plan as {ending}, 100 activities: s",
                statistics.median(took),
                goal,
                "at most",
                size,
            )
        )
    return rows
