"""How fast the plan and the portfolio are served, beside as many bytes from memory."""

import statistics

from bench.load import Target, latencies, p95, throughput
from bench.report import Row

ROUNDS, SECONDS = 5, 3.0


def ratio(name: str, page: Target) -> tuple[Row, float]:
    """Medians of interleaved rounds of one run, so that the machine's moods touch both alike."""
    connection = page.connect()
    size = len(page.ask(connection).body)  # type: ignore[attr-defined]
    memory = Target(page.port, f"/bench/bytes/{size}", page.cookie)
    throughput(page, 1.0)
    throughput(memory, 1.0)
    of_page, of_memory = [], []
    for _ in range(ROUNDS):
        of_page.append(throughput(page, SECONDS))
        of_memory.append(throughput(memory, SECONDS))
    fast, base = statistics.median(of_page), statistics.median(of_memory)
    words = f"{fast:.0f} of {base:.0f} requests/s, {size / 1000:.0f} KB"
    return Row(f"{name}: ratio to bytes from memory", fast / base, 0.45, "at least", words), fast


def at_half_load(name: str, page: Target, rate: float, goal: float) -> Row:
    """Server p95 at half of what it can take, in milliseconds."""
    took = latencies(page, rate / 2, 8.0)
    words = f"at {rate / 2:.0f} requests/s; median {statistics.median(took) * 1000:.1f} ms"
    return Row(f"{name}: p95 at half load, ms", p95(took) * 1000, goal, "at most", words)
