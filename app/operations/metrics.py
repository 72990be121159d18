"""What Prometheus is told: counts and times by route, and the features' own figures.

Every label has few values: routes are patterns, methods and kinds of status are known. Nothing is about
a person. Imported only where the metrics are on.
"""

import shutil
import tomllib
from collections.abc import Iterable

from flask import Flask, current_app
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy.exc import SQLAlchemyError

from app.config import ROOT
from app.core.observing import Answered, add_observer
from app.extensions import db
from app.operations import last_backup
from app.operations.readings import Reading, add_reading, readings

_HERE = CollectorRegistry()
_REQUESTS = Counter(
    "waymark_requests",
    "Requests answered",
    ["method", "route", "status"],
    registry=_HERE,
)
_SECONDS = Histogram(
    "waymark_request_duration_seconds",
    "Time from a request to its answer",
    ["method", "route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_HERE,
)
_IN_FLIGHT = Gauge(
    "waymark_requests_in_flight",
    "Requests being answered now",
    multiprocess_mode="livesum",
    registry=_HERE,
)
_QUERIES = Counter("waymark_database_queries", "Statements sent to the database", registry=_HERE)
_DATABASE_SECONDS = Counter(
    "waymark_database_seconds", "Time spent waiting for the database", registry=_HERE
)


class _Counting:
    """Counts every request."""

    def began(self) -> None:
        _IN_FLIGHT.inc()

    def answered(self, seen: Answered) -> None:
        kind = f"{seen.status // 100}xx"
        _REQUESTS.labels(seen.method, seen.route, kind).inc()
        _SECONDS.labels(seen.method, seen.route).observe(seen.seconds)
        _QUERIES.inc(seen.queries)
        _DATABASE_SECONDS.inc(seen.database_seconds)

    def over(self) -> None:
        _IN_FLIGHT.dec()


class _Figures:
    """The features' figures and Waymark's own, read when asked for."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        build = GaugeMetricFamily(
            "waymark_build_info", "The version that is running", labels=["version", "database"]
        )
        build.add_metric([_VERSION, db.engine.dialect.name], 1)
        yield build
        answered = True
        for reading in readings():
            try:
                found = reading.read()
            except SQLAlchemyError:
                # Once: each would wait as long as the first to learn the same.
                db.session.rollback()
                answered = False
                break
            labels = [reading.label] if reading.label else []
            family = GaugeMetricFamily(reading.name, reading.words, labels=labels)
            for value, number in sorted(found.items()):
                family.add_metric([value] if reading.label else [], number)
            yield family
        yield GaugeMetricFamily(
            "waymark_database_up", "Whether the database answered", value=float(answered)
        )


_VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
_FIGURES = CollectorRegistry()
_FIGURES.register(_Figures())  # type: ignore[arg-type]


def exposition(*, of_all_processes: str | None) -> bytes:
    """The metrics as text; `of_all_processes` is the folder of the processes' counts, if there are
    several."""
    counts = _HERE
    if of_all_processes:
        counts = CollectorRegistry()
        MultiProcessCollector(counts, of_all_processes)  # type: ignore[no-untyped-call]
    return generate_latest(counts) + generate_latest(_FIGURES)


def _free_bytes() -> dict[str, float]:
    return {"": float(shutil.disk_usage(current_app.config["INSTANCE"]).free)}


def _last_backup() -> dict[str, float]:
    made = last_backup.when(current_app.config["INSTANCE"])
    return {"": made.timestamp()} if made else {}


def register_metrics(app: Flask) -> None:
    """Count every request from here on."""
    add_observer(app, _Counting())
    add_reading(
        Reading("waymark_disk_free_bytes", "Free on the disk of the instance folder", _free_bytes)
    )
    add_reading(
        Reading(
            "waymark_last_backup_timestamp_seconds",
            "When `flask backup` last succeeded on this server",
            _last_backup,
        )
    )
