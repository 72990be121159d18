"""A moment of a plan as a URL names it: `now`, a version's number, or a day as it ended.

Of another plan of the same workstream: its id and a dot before that.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from werkzeug.exceptions import NotFound

from app.core import clock
from app.core.dates_field import read_day
from app.core.formatting import day
from app.delivery.content import PlanContent
from app.delivery.models import DeliveryPlan, PlanVersion
from app.versions import reading
from app.workstreams.queries import Place

NOW = "now"
NOT_A_POINT = "Choose a version, or enter a date like 30 July 2021"
NOT_YET = "That day has not come yet. Enter today’s date or an earlier one"
_OF_ANOTHER = re.compile(r"^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(.+)$")
_HIGHEST = 2**31 - 1


@dataclass(frozen=True)
class Asked:
    """What a URL asks for. `what` is NOW, a version's number or a day."""

    plan_id: uuid.UUID
    what: str | int | date

    @property
    def value(self) -> str:
        """As the URL of this plan's own pages says it."""
        return self.what.isoformat() if isinstance(self.what, date) else str(self.what)

    @property
    def day_in_words(self) -> str:
        """1 May 2021; "" for what is no day."""
        return day(self.what) if isinstance(self.what, date) else ""


def read_point(text: str, plan_id: uuid.UUID) -> Asked:
    """Raises ValueError with words for the person."""
    of_another = _OF_ANOTHER.match(text.strip())
    if of_another:
        plan_id, text = uuid.UUID(of_another[1]), of_another[2]
    plain = text.strip().lower()
    if plain == NOW:
        return Asked(plan_id, NOW)
    if re.fullmatch(r"[0-9]+", plain):
        return Asked(plan_id, int(plain) if len(plain) < 10 else _HIGHEST)
    if not plain:
        raise ValueError(NOT_A_POINT)
    return Asked(plan_id, read_past_day(plain))


def read_past_day(text: str) -> date:
    """A day that has come. Raises ValueError with words for the person."""
    found = read_day(text)
    if found > clock.today():
        raise ValueError(NOT_YET)
    return found


@dataclass(frozen=True)
class Point:
    """A plan at a moment. `name` completes "Compared with …"."""

    asked: Asked
    plan: DeliveryPlan
    name: str
    content: PlanContent
    version: PlanVersion | None = None  # the one that it is
    too_early: bool = False  # the day is before there was a plan

    @property
    def title(self) -> str:
        """The name on its own."""
        return self.name[0].upper() + self.name[1:]

    @property
    def is_now(self) -> bool:
        return self.asked.what == NOW

    @property
    def at(self) -> datetime:
        """The instant; of a version, one query."""
        if isinstance(self.asked.what, date):
            return reading.end_of(self.asked.what)
        return reading.taken_at(self.version) if self.version else clock.now()


def points(place: Place, of: Sequence[DeliveryPlan], *asked: Asked) -> list[Point]:
    """What each of these was; `of` is the workstream's plans. Raises NotFound for a plan or a version
    that is not there."""
    plans = {plan.id: plan for plan in of}
    if any(one.plan_id not in plans for one in asked):
        raise NotFound
    live = {one.plan_id for one in asked if not isinstance(one.what, int)}
    rows = reading.rows_of(live) if live else {}
    days = [one.what for one in asked if isinstance(one.what, date)]
    records = reading.recorded_since([place.id], min(days)) if len(set(days)) == 1 else None
    several = len({one.plan_id for one in asked}) > 1
    found = []
    for one in asked:
        plan = plans[one.plan_id]
        start = f"{plan.title}, " if several else "the plan "
        if isinstance(one.what, int):
            found.append(_version(one, plan, start if several else ""))
            continue
        if isinstance(one.what, str):
            content = rows[plan.id].content()
            found.append(Point(one, plan, f"{start}as it stands now", content))
            continue
        recorded = records or reading.recorded_since([place.id], one.what)
        then = rows[plan.id].as_it_stood(recorded[place.id])
        found.append(
            Point(
                one,
                plan,
                f"{start}as it stood at the end of {day(one.what)}",
                then.content(),
                too_early=then.plan is None,
            )
        )
    return found


def _version(asked: Asked, plan: DeliveryPlan, start: str) -> Point:
    assert isinstance(asked.what, int)
    version = reading.version_of(plan.id, asked.what)
    if version is None:
        raise NotFound
    called = f"{version.name[0].lower()}{version.name[1:]}, {day(version.taken_on)}"
    content = reading.content_of(version)
    return Point(asked, plan, f"{start}{called}", content, version)


def choices(
    plans: Sequence[DeliveryPlan], versions: Sequence[PlanVersion], current: DeliveryPlan
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be compared with what: (plan title, [(URL value, words)]) for this plan and then the
    workstream's others; versions newest first."""
    found = []
    for plan in sorted(plans, key=lambda plan: plan.id != current.id):
        start = "" if plan.id == current.id else f"{plan.id}."
        found.append(
            (
                plan.title,
                [
                    (f"{start}{NOW}", "As it stands now"),
                    *(
                        (f"{start}{version.number}", f"{version.name}, {day(version.taken_on)}")
                        for version in versions
                        if version.plan_id == plan.id
                    ),
                ],
            )
        )
    return found
