"""What the metrics cost: the plan page of a server that counts, beside one that does not."""

import http.client
import statistics
import time

from bench import stage
from bench.load import Target, throughput
from bench.report import Row

ROUNDS, SECONDS = 7, 2.0
TOKEN = "only-for-this-measurement"
SCRAPES = 30


def rows(port: int, plan: str, cookie: str) -> list[Row]:
    """Medians of interleaved rounds on two servers of one process each."""
    other = port + 1
    with (
        stage.served(port, WAYMARK_LOGS="json", WAYMARK_METRICS_TOKEN=TOKEN),
        stage.served(other, WAYMARK_LOGS="json", WAYMARK_METRICS_TOKEN=""),
    ):
        watched, plain = Target(port, plan, cookie), Target(other, plan, cookie)
        throughput(watched, 1.0)
        throughput(plain, 1.0)
        with_metrics, without = [], []
        for _ in range(ROUNDS):
            with_metrics.append(throughput(watched, SECONDS))
            without.append(throughput(plain, SECONDS))
        fast, base = statistics.median(with_metrics), statistics.median(without)
        words = f"{fast:.0f} of {base:.0f} requests/s"
        return [
            Row("Plan with metrics: ratio to without", fast / base, 0.95, "at least", words),
            Row("A scrape: median ms", _scrape_ms(port), 50, "at most"),
        ]


def _scrape_ms(port: int) -> float:
    took = []
    for _ in range(SCRAPES):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        began = time.perf_counter()
        connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - began) * 1000)
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"/metrics answered {answer.status}")
    return statistics.median(took)
