"""Many people on one row at the same moment: one is saved, every other is shown both texts."""

import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

import sqlalchemy as sa

from bench.faults.site import PLAN, Person, Site, fields_of

MOST_TRIES = 400


@dataclass
class Seen:
    """What the crowd met, under one lock."""

    wrong: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    first: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def run(site: Site) -> tuple[list[str], str]:
    """Everybody edits one row, then everybody posts an update on it. Returns what went wrong, and the
    figures in words."""
    site.start()
    try:
        began = time.monotonic()
        edits, updates = _together(site, _edit), _together(site, _update)
        took = time.monotonic() - began
    finally:
        site.stop()
    wrong = [*edits.wrong, *updates.wrong, *_lost(site)]
    for name, seen in (("edits", edits), ("updates", updates)):
        if seen.first != {303: 1, 409: len(site.people) - 1}:
            wrong.append(f"{name}: the first answers were {dict(seen.first)}")
    words = (
        f"{len(site.people)} people on one row, twice, in {took:.0f} s: of the first edits "
        f"{edits.first[303]} saved and {edits.first[409]} shown both texts, of the first updates "
        f"{updates.first[303]} and {updates.first[409]}; in all {edits.statuses[409]} and "
        f"{updates.statuses[409]} conflicts until everybody had saved"
    )
    return wrong, words


def _together(site: Site, one: object) -> Seen:
    seen, start = Seen(), threading.Barrier(len(site.people))

    def run_one(person: Person) -> None:
        try:
            one(person, site.rows[0], seen, start)  # type: ignore[operator]
        except Exception as error:
            with seen.lock:
                seen.wrong.append(f"{person.name}: {error!r}")

    threads = [threading.Thread(target=run_one, args=(person,)) for person in site.people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return seen


def _note(seen: Seen, person: Person, status: int, body: str, mine: str, *, first: bool) -> None:
    with seen.lock:
        seen.statuses[status] += 1
        if first:
            seen.first[status] += 1
        if status not in (303, 409):
            seen.wrong.append(f"{person.name} was answered {status}: {body[:200]}")
        if status == 409 and mine not in body:
            seen.wrong.append(f"{person.name} was not shown their own words")


def _edit(person: Person, row: uuid.UUID, seen: Seen, start: threading.Barrier) -> None:
    """Add a line to what is there, again and again until it is saved."""
    path, mine = f"{PLAN}/activities/{row}/edit", f"[{person.name} was here]"
    for attempt in range(MOST_TRIES):
        opened = person.opened(path)
        if opened is None:
            continue
        if attempt == 0:
            start.wait(120)
        answer = person.post(
            path,
            version=opened["version"],
            what=opened["what"],
            how=f"{opened['how']}\n{mine}".strip(),
            lead_person="",
            lead_organisation="",
            reports_to="",
        )
        _note(seen, person, answer.status, answer.body, mine, first=attempt == 0)
        if answer.status != 409:
            return
    raise RuntimeError("never saved")


def _update(person: Person, row: uuid.UUID, seen: Seen, start: threading.Barrier) -> None:
    """Post what happened; having seen both texts, save again from the page that showed them."""
    path, mine = f"{PLAN}/activities/{row}/update", f"{person.name} says it is open"
    opened = person.opened(path)
    assert opened is not None
    start.wait(120)
    for attempt in range(MOST_TRIES):
        hidden = {name: opened[name] for name in ("id", "version")}
        answer = person.post(path, **hidden, text=mine, rag="green", rag_reason="", forecast_on="")
        _note(seen, person, answer.status, answer.body, mine, first=attempt == 0)
        if answer.status != 409:
            return
        opened = fields_of(answer.body)
    raise RuntimeError("never saved")


def _lost(site: Site) -> list[str]:
    """Everybody's line and everybody's update are there, once."""
    from app.delivery.models import Activity, ProgressUpdate
    from app.extensions import db

    with site.app.app_context():
        row = db.session.get(Activity, site.rows[0])
        texts = Counter(db.session.scalars(sa.select(ProgressUpdate.text)))
        how, version = row.how, row.version
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    names = [person.name for person in site.people]
    wrong = [f"the edit of {n} is lost" for n in names if how.count(f"[{n} was here]") != 1]
    wrong += [f"the update of {n} is lost" for n in names if texts[f"{n} says it is open"] != 1]
    if version != 1 + 2 * len(names):
        wrong.append(f"the row is at version {version} after {2 * len(names)} saves")
    return wrong
