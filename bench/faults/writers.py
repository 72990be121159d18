"""People who post progress while things break, and remember what they were told."""

import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.faults.site import PLAN, Person, Site

FIRST_DAY = date(2021, 7, 1)


@dataclass
class Told:
    """What all writers were told, under one lock."""

    acknowledged: set[uuid.UUID] = field(default_factory=set)
    # No answer, or a failure, and not sent again: saved or not, but whole.
    unsure: set[uuid.UUID] = field(default_factory=set)
    # "Nothing was saved", and not sent again.
    said_not_saved: set[uuid.UUID] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Writers:
    """`count` people, each with rows of their own, all in one plan. Started and stopped by `with`."""

    def __init__(self, site: Site, count: int) -> None:
        self.site, self.told = site, Told()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(site.people[n], site.rows[n::count], n))
            for n in range(count)
        ]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    @property
    def saved(self) -> int:
        return len(self.told.acknowledged)

    def wait_for(self, more: int, seconds: float) -> bool:
        """Until `more` updates more are acknowledged; False when it takes too long."""
        wanted, until = self.saved + more, time.monotonic() + seconds
        while self.saved < wanted:
            if time.monotonic() > until:
                return False
            time.sleep(0.002)
        return True

    def _write(self, person: Person, rows: list[uuid.UUID], seed: int) -> None:
        chance = random.Random(seed)
        number = 0
        while not self._stop.is_set():
            number += 1
            row = rows[number % len(rows)]
            path = f"{PLAN}/activities/{row}/update"
            opened = person.opened(path)
            if opened is None:
                time.sleep(0.02)
                continue
            # Every update changes a column of its row, so that each leaves two records in the history.
            words = {
                "id": str(uuid.uuid4()),
                "version": opened["version"],
                "text": f"Writer {seed}, update {number}",
                "rag": "amber" if number % 2 else "green",
                "rag_reason": f"Reason {number}" if number % 2 else "",
                "forecast_on": (FIRST_DAY + timedelta(days=number)).strftime("%d/%m/%Y"),
            }
            self._send(person, path, words, again=chance.random() < 0.5)

    def _send(self, person: Person, path: str, words: dict[str, str], *, again: bool) -> None:
        """Post; after a failure, half of the people press the button again until it is saved."""
        told, update_id = self.told, uuid.UUID(words["id"])
        while True:
            answer = person.post(path, **words)
            with told.lock:
                told.statuses[answer.status] += 1
                if answer.status == 303:
                    told.acknowledged.add(update_id)
                    return
                if answer.status not in (0, 502, 503):
                    told.odd.append(f"{answer.status}: {answer.body[:300]}")
                    return
                if not again or self._stop.is_set():
                    claimed = answer.status == 503 and "Nothing was saved" in answer.body
                    (told.said_not_saved if claimed else told.unsure).add(update_id)
                    return
            time.sleep(0.02)
