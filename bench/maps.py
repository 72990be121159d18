"""A theory-of-change map as large as they come: 200 steps and 400 links."""

import random
import statistics
import time
from typing import Any

import sqlalchemy as sa

from bench.counts import queries
from bench.growth import REPEATS, median_ms
from bench.report import Row

STEPS, LINKS, MOST_QUERIES, MOST_MS = 200, 400, 14, 100
_WORDS = [
    "young",
    "people",
    "at",
    "risk",
    "meet",
    "a",
    "trusted",
    "adult",
    "every",
    "week",
    "and",
    "feel",
    "safe",
    "where",
    "they",
    "live",
    "because",
    "partners",
    "share",
    "what",
    "they",
    "know",
    "about",
    "harm",
    "housing",
    "health",
    "and",
    "work",
]


def rows(app: Any, plan: str, cookie: str) -> list[Row]:
    """Adds such a map to the workstream of `plan`; how long its drawing takes alone, with a lens, and
    within its page."""
    theory_id = _fill(app, plan)
    path = f"{plan.removesuffix('/plan')}/map/{theory_id}"
    words = f"{STEPS} steps, {LINKS} links"
    return [
        *(
            Row(f"Map drawn{said}: median ms", _drawn_ms(app, theory_id, lens), MOST_MS, "at most", words)
            for said, lens in (("", None), (", lens of assumptions", "assumptions"), (", lens of confidence", "confidence"))
        ),
        Row("Page of the map: median ms", median_ms(app, path, cookie), None, "", words),
        Row("Page of the map: queries", queries(app, "Map", path, cookie).value, MOST_QUERIES, "at most"),
    ]  # fmt: skip


def _drawn_ms(app: Any, theory_id: Any, lens: str | None) -> float:
    from app.core import clock
    from app.extensions import db
    from app.theory_of_change.drawing.picture import draw
    from app.theory_of_change.lenses import Asked, lens_called
    from app.theory_of_change.models import Theory
    from app.theory_of_change.reading import read_map

    took = []
    with app.app_context():
        theory = db.session.get(Theory, theory_id)
        assert theory is not None
        the_map = read_map(theory)
        found = lens_called(lens)
        for _ in range(REPEATS):
            began = time.perf_counter()
            view = found.provide(the_map, Asked(clock.today())) if found else None
            draw(the_map, view=view, base_url="/map")
            took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _fill(app: Any, plan: str) -> Any:
    """Steps of all columns, links mostly to the next one or two, two loops."""
    from app.core.database import new_id
    from app.extensions import db
    from app.theory_of_change.models import (
        Assumption,
        AssumptionState,
        EvidenceStrength,
        Link,
        Node,
        NodeKind,
        Theory,
    )
    from app.workstreams.models import Workstream

    some, kinds = random.Random(1), list(NodeKind)
    with app.app_context():
        slug = plan.split("/")[2]
        place = db.session.scalars(sa.select(Workstream.id).where(Workstream.slug == slug)).one()
        theory = Theory(workstream_id=place, title="A large map")
        db.session.add(theory)
        db.session.flush()
        there = {"theory_id": theory.id, "workstream_id": place}
        steps = [
            {"id": new_id(), **there, "kind": kinds[n % len(kinds)], "position": n,
             "text": " ".join(some.choices(_WORDS, k=some.randint(3, 16)))}
            for n in range(STEPS)
        ]  # fmt: skip
        links: dict[tuple[int, int], dict[str, Any]] = {}
        while len(links) < LINKS:
            a, b = some.sample(range(STEPS), 2)
            ahead = b % len(kinds) - a % len(kinds)
            if ahead in (1, 2) or (ahead < 0 and len(links) < 2):
                links[a, b] = {"id": new_id(), **there, "from_id": steps[a]["id"],
                               "to_id": steps[b]["id"], "because": "they say so",
                               "evidence": some.choice(list(EvidenceStrength))}  # fmt: skip
        assumptions = [
            {"id": new_id(), **there, "link_id": link["id"], "text": "They come", "why": "Seen",
             "state": some.choice(list(AssumptionState))}
            for link in links.values()
        ]  # fmt: skip
        for model, values in ((Node, steps), (Link, [*links.values()]), (Assumption, assumptions)):
            db.session.execute(sa.insert(model), values)
        db.session.commit()
        return theory.id
