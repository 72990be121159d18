"""Everybody writes; then, in the last minute, everybody sends, and a little longer."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bench.applying.applicant import TRIES, Applicant, Known, Line
from bench.applying.cohort import Cohort

AT_ONCE = 50
# Of this many one is still writing when it closes; of so many one presses the button twice at once.
STILL_WRITING, TWICE = 40, 10
LAST_MINUTE = 60.0
# The last to press the button do so this much of the last minute after it has closed.
PAST_CLOSING = 0.03


@dataclass
class Rush:
    """What was done, and what it met."""

    applicants: list[Applicant]
    writing: Line
    sending: Line
    closes_at: datetime
    seconds_writing: float = 0.0
    seconds_sending: float = 0.0
    # Of those who saved a page after the closing: what they were told.
    saved_late: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def still_writing(applicant: Applicant) -> bool:
    """Whether they do not come as far as sending."""
    return applicant.number % STILL_WRITING == 3


def run(site: Cohort, many: int) -> Rush:
    """Have so many people apply. The server is running. Raises RuntimeError when somebody is kept from
    writing while it is open."""
    applicants = [Applicant(number) for number in range(1, many + 1)]
    rush = Rush(applicants, Line(site.port), Line(site.port), datetime.now().astimezone())
    began = time.monotonic()
    _write_all(site, rush)
    rush.seconds_writing = time.monotonic() - began
    if not rush.wrong:
        began = time.monotonic()
        _send_all(site, rush)
        rush.seconds_sending = time.monotonic() - began
    return rush


def _write_all(site: Cohort, rush: Rush) -> None:
    """The first of all shows the others the way."""
    line, (first, *others), known = rush.writing, rush.applicants, Known()
    first.look_at_the_way_in(line)
    for one in others:
        one.come_with(first)
    _at_once(rush, [one for one in others if one.looks], lambda one: one.look_at_the_way_in(line))
    _at_once(rush, rush.applicants, lambda one: one.ask_for_link(line))
    links = site.links_in_mail()

    def write(one: Applicant) -> None:
        one.write(line, links[one.email], known, stop_at_essay=still_writing(one))

    write(first)
    _at_once(rush, others, write)


def _send_all(site: Cohort, rush: Rush) -> None:
    """Presses come evenly through the last minute and on past its end, each of them due whatever the
    others take."""
    presses: list[Callable[[], None]] = []
    senders = [one for one in rush.applicants if not still_writing(one)]
    for one in senders:
        # Next to each other: two of the fifty press the same button at the same moment.
        presses += [lambda one=one: _press(rush, one)] * (2 if one.number % TWICE == 0 else 1)  # type: ignore[misc]
    late = [one for one in rush.applicants if still_writing(one)]
    began = time.time() + 0.5
    rush.closes_at = datetime.fromtimestamp(began + LAST_MINUTE).astimezone()
    site.close_at(rush.closes_at)
    gap = LAST_MINUTE * (1 + PAST_CLOSING) / len(presses)

    def due(numbered: tuple[int, Callable[[], None]]) -> None:
        number, press = numbered
        time.sleep(max(0.0, began + number * gap - time.time()))
        press()

    _at_once(rush, list(enumerate(presses)), due)
    time.sleep(max(0.0, (rush.closes_at + timedelta(seconds=0.2)).timestamp() - time.time()))
    _at_once(rush, late, lambda one: _save_late(rush, one))


def _press(rush: Rush, one: Applicant) -> None:
    """Send; told that it could not be saved, press again, as the page says."""
    for _ in range(TRIES):
        after = time.time() >= rush.closes_at.timestamp()
        status = one.send(rush.sending)
        if after and status == 303 and 303 not in one.told[:-1]:
            rush.wrong.append(f"{one.email} pressed after the closing and was acknowledged")
        if status in (303, 422):
            return
        time.sleep(0.5)
    rush.wrong.append(f"{one.email} was answered {one.told}")


def _save_late(rush: Rush, one: Applicant) -> None:
    """Save the page that stood open when it closed."""
    answer, _ = one.post(rush.sending, one.open_at, one.shown)
    rush.saved_late[one.number] = answer.status
    if answer.status != 422 or f"{one.number * 7919}" not in answer.body:
        rush.wrong.append(f"{one.email} saved late, was answered {answer.status}")


def _at_once(rush: Rush, those: Sequence[Any], do: Callable[[Any], None]) -> None:
    """Fifty at a time, in order; what goes wrong for one does not keep the others."""
    waiting, lock = iter(those), threading.Lock()

    def work() -> None:
        while True:
            with lock:
                one = next(waiting, None)
            if one is None:
                return
            try:
                do(one)
            except Exception as error:
                rush.wrong.append(f"{getattr(one, 'email', 'somebody')}: {error!r}"[:400])

    threads = [threading.Thread(target=work) for _ in range(min(AT_ONCE, len(those)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
