"""A small load generator: bounded in connections and in time."""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass, field

CONNECTIONS = 4


@dataclass
class Target:
    """One URL, asked by somebody signed in."""

    port: int
    path: str
    cookie: str
    headers: dict[str, str] = field(default_factory=dict)

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, connection: http.client.HTTPConnection) -> http.client.HTTPResponse:
        """One request, read to its end. Raises RuntimeError for anything but 200."""
        connection.request("GET", self.path, headers={"Cookie": self.cookie, **self.headers})
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        if response.status != 200:
            raise RuntimeError(f"{self.path} answered {response.status}")
        return response


def throughput(target: Target, seconds: float) -> float:
    """Requests a second over CONNECTIONS connections, each asking again as soon as it is answered."""
    counts = [0] * CONNECTIONS
    stop = time.perf_counter() + seconds

    def run(worker: int) -> None:
        connection = target.connect()
        while time.perf_counter() < stop:
            target.ask(connection)
            counts[worker] += 1
        connection.close()

    _in_threads(run)
    return sum(counts) / seconds


def latencies(target: Target, rate: float, seconds: float) -> list[float]:
    """Seconds from when each request was due to its end, at a steady `rate` a second whatever the
    answers take: a slow answer also delays those queued behind it, as for real people."""
    total = int(rate * seconds)
    began = time.perf_counter() + 0.05
    took: list[float] = []
    lock = threading.Lock()

    def run(worker: int) -> None:
        connection = target.connect()
        for number in range(worker, total, CONNECTIONS):
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            target.ask(connection)
            with lock:
                took.append(time.perf_counter() - due)
        connection.close()

    _in_threads(run)
    return took


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def _in_threads(run: object) -> None:
    threads = [threading.Thread(target=run, args=(n,)) for n in range(CONNECTIONS)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
