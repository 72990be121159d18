"""What each request was and what it cost, told to the log and, where they are on, to the metrics.

By its route, never by its address: a path holds ids, and a query what somebody looked for.
"""

import time
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import Engine, event

# A client may send any word as a method.
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
# Machines ask for these every few seconds; only a refusal is worth a line.
_ASKED_BY_MACHINES = frozenset({"health.alive", "health.ready", "operations.metrics"})


@dataclass
class Cost:
    """What a request has cost so far: `began` on the monotonic clock, the rest in seconds."""

    began: float
    queries: int = 0
    database_seconds: float = 0.0


@dataclass(frozen=True)
class Answered:
    """A request that has been answered."""

    method: str
    route: str  # the pattern, "/workstreams/<slug:slug>"; "unmatched" for an address without one
    endpoint: str
    status: int
    seconds: float
    queries: int
    database_seconds: float


class Observer(Protocol):
    """Told of every request: when it begins, how it was answered, and that it is over."""

    def began(self) -> None: ...
    def answered(self, seen: Answered) -> None: ...
    def over(self) -> None: ...


def add_observer(app: Flask, observer: Observer) -> None:
    """Tell `observer` of every request."""
    app.extensions["waymark_observers"].append(observer)


def register_observing(app: Flask) -> None:
    """Comes first: before everything else that happens to a request, and after all of it."""
    observers: list[Observer] = app.extensions.setdefault("waymark_observers", [])

    @app.before_request
    def begin() -> None:
        g.cost = Cost(time.perf_counter())
        for observer in observers:
            observer.began()

    @app.after_request
    def end(response: Response) -> Response:
        cost: Cost | None = g.get("cost")
        if cost is not None:
            seen = _answered(response, cost)
            _log(app, seen)
            for observer in observers:
                observer.answered(seen)
        return response

    @app.teardown_request
    def over(_error: BaseException | None) -> None:
        if g.pop("cost", None) is not None:
            for observer in observers:
                observer.over()


def _answered(response: Response, cost: Cost) -> Answered:
    return Answered(
        method=request.method if request.method in _METHODS else "other",
        route=request.url_rule.rule if request.url_rule else "unmatched",
        endpoint=request.endpoint or "-",
        status=response.status_code,
        seconds=time.perf_counter() - cost.began,
        queries=cost.queries,
        database_seconds=cost.database_seconds,
    )


def _log(app: Flask, seen: Answered) -> None:
    if seen.status < 400 and seen.endpoint in _ASKED_BY_MACHINES:
        return
    fields = asdict(seen)
    fields["duration_ms"] = round(fields.pop("seconds") * 1000, 1)
    fields["database_ms"] = round(fields.pop("database_seconds") * 1000, 1)
    words = "%s %s %d in %.1f ms"
    say = app.logger.warning if seen.status >= 500 else app.logger.info
    say(
        words, seen.method, seen.route, seen.status, fields["duration_ms"], extra={"fields": fields}
    )


@event.listens_for(Engine, "before_cursor_execute")
def _statement_begins(_connection: Any, _cursor: Any, _words: str, *rest: Any) -> None:
    context = rest[1]
    if context is not None and has_request_context():
        context._waymark_began = time.perf_counter()


@event.listens_for(Engine, "after_cursor_execute")
def _statement_ends(_connection: Any, _cursor: Any, words: str, *rest: Any) -> None:
    began = getattr(rest[1], "_waymark_began", None)
    if began is not None and (cost := g.get("cost")) is not None:
        cost.queries += not words.startswith(("BEGIN", "SET TRANSACTION"))
        cost.database_seconds += time.perf_counter() - began
