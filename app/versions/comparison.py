"""Two contents of a plan side by side: which rows were added, dropped, moved or changed, and how.

Pure. What the plan says (`changes`) is told apart from how it is going (`progress`).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.delivery.content import PlanContent, Values, as_date
from app.workstreams.models import ResilienceDomain

# The fields of each kind of row, as they are told. A date goes with the words it was written in.
ACTIVITY_WORDS = ("what", "how", "reporting")
ACTIVITY_DATES = (("start_on", "start_text"), ("due_on", "due_text"))
ACTIVITY_WHO = ("lead_person_id", "lead_organisation_id", "contributors", "reports_to_id", "aims")
ACTIVITY_PROGRESS = ("rag", "rag_reason", "forecast_on", "done_on")
MILESTONE_WORDS = ("title",)
MILESTONE_DATES = (("promised_on", "promised_text"),)
MILESTONE_PROGRESS = ("forecast_on", "done_on", "evidence")
WORDS = frozenset({*ACTIVITY_WORDS, "title", "start_text", "due_text", "promised_text"})
DATES = frozenset({"start_on", "due_on", "promised_on"})
# Not a column: the resilience domains, which are a column each.
BUILDS = "builds"
_BUILDS = tuple((domain.value, f"builds_{domain.value}") for domain in ResilienceDomain)


class Change(NamedTuple):
    """One field, in raw values."""

    name: str
    before: Any
    after: Any

    @property
    def days(self) -> int | None:
        """By how many days a date moved; negative is earlier. None where there is none to compare."""
        before, after = as_date(self.before), as_date(self.after)
        return (after - before).days if before and after else None


@dataclass
class RowDiff:
    """An activity or a milestone on both sides; `before` or `after` is None where it was not in the
    plan. `moved` is its place, counted from 1, before and after."""

    key: str  # its id after, else its id before
    before: Values | None
    after: Values | None
    changes: list[Change] = field(default_factory=list)
    progress: list[Change] = field(default_factory=list)
    moved: tuple[int, int] | None = None
    milestones: list["RowDiff"] = field(default_factory=list)

    @property
    def values(self) -> Values:
        """As it is after; of a dropped row, as it was."""
        values = self.after if self.after is not None else self.before
        assert values is not None
        return values

    @property
    def stayed(self) -> bool:
        return self.before is not None and self.after is not None

    @property
    def changed(self) -> bool:
        """Whether the plan says something else of it, its progress apart."""
        return bool(
            self.changes or self.moved or any(m.changes or not m.stayed for m in self.milestones)
        )

    @property
    def progressed(self) -> bool:
        return bool(self.progress or any(m.stayed and m.progress for m in self.milestones))


@dataclass
class Comparison:
    """What is different. Rows are in the order of the plan after; dropped ones as before."""

    plan: list[Change]
    rows: list[RowDiff]  # every activity of either side
    of_plan: list[RowDiff]  # milestones of the plan itself that are different

    @property
    def added(self) -> list[RowDiff]:
        return [row for row in self.rows if row.before is None]

    @property
    def dropped(self) -> list[RowDiff]:
        return [row for row in self.rows if row.after is None]

    @property
    def changed(self) -> list[RowDiff]:
        return [row for row in self.rows if row.stayed and row.changed]

    @property
    def progressed(self) -> list[RowDiff]:
        return [row for row in self.rows if row.stayed and row.progressed]

    @property
    def unchanged(self) -> int:
        return sum(row.stayed and not row.changed and not row.progressed for row in self.rows)

    @property
    def is_same(self) -> bool:
        return not self.plan and not self.of_plan and self.unchanged == len(self.rows)

    @property
    def milestones(self) -> list[RowDiff]:
        """Every milestone that is different, of rows that stayed and of the plan."""
        inside = [m for row in self.rows if row.stayed for m in row.milestones]
        return [*inside, *self.of_plan]


def compare(
    before: PlanContent, after: PlanContent, origins: Mapping[str, str] | None = None
) -> Comparison:
    """What is different in `after`. `origins` says of a row that carries one of an earlier plan on
    which row it began as: two rows of one origin are the same row."""
    origins = origins or {}
    old, new = _by_origin(before, origins), _by_origin(after, origins)
    kept_before = [key for key in old if key in new]
    kept_after = [key for key in new if key in old]
    moved = moved_rows(kept_before, kept_after)
    places_before = {key: place for place, key in enumerate(old, 1)}
    places_after = {key: place for place, key in enumerate(new, 1)}
    milestones = _milestones(before, after, origins)
    rows = []
    for key in [*new, *(key for key in old if key not in new)]:
        row = _activity(old.get(key), new.get(key))
        row.milestones = milestones.pop(key, [])
        if key in moved:
            row.moved = (places_before[key], places_after[key])
        rows.append(row)
    plan = _changes(before.plan, after.plan, ("title", "starts_on", "ends_on"))
    return Comparison(plan, rows, [row for rest in milestones.values() for row in rest])


def moved_rows(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest rows that must have been moved to bring one order of the same rows into the other:
    those outside a longest run that kept its order."""
    place = {key: number for number, key in enumerate(before)}
    ends: list[int] = []  # ends[n]: the lowest place on which a run of n + 1 rows can end
    last: list[int] = []  # and where in `after` that is
    back: list[int] = []  # the row before each in its run
    for at, key in enumerate(after):
        length = bisect_left(ends, place[key])
        back.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place[key]]
        last[length : length + 1] = [at]
    stayed = set()
    at = last[-1] if last else -1
    while at >= 0:
        stayed.add(after[at])
        at = back[at]
    return set(after) - stayed


Keyed = tuple[str, Values]  # a row's own id, and what it says


def _by_origin(content: PlanContent, origins: Mapping[str, str]) -> dict[str, Keyed]:
    found: dict[str, Keyed] = {}
    for key, values in content.activities.items():
        origin = origins.get(key, key)
        found[key if origin in found else origin] = (key, values)
    return found


def _activity(old: Keyed | None, new: Keyed | None) -> RowDiff:
    key, _ = new or old or ("", {})
    row = RowDiff(key, old[1] if old else None, new[1] if new else None)
    if row.before is not None and row.after is not None and row.before != row.after:
        row.changes = [
            *_changes(row.before, row.after, ACTIVITY_WORDS),
            *_dates(row.before, row.after, ACTIVITY_DATES),
            *_changes(row.before, row.after, ACTIVITY_WHO),
            *_builds(row.before, row.after),
        ]
        row.progress = _changes(row.before, row.after, ACTIVITY_PROGRESS)
    return row


def _milestones(
    before: PlanContent, after: PlanContent, origins: Mapping[str, str]
) -> dict[str | None, list[RowDiff]]:
    """The milestones that are different, by the origin of their activity. In a plan that carries on
    from another they are new rows; there the same title on the same activity is the same milestone."""

    def home(values: Values) -> str | None:
        activity = values["activity_id"]
        return origins.get(activity, activity)

    found: dict[str | None, list[RowDiff]] = defaultdict(list)
    left = {key: values for key, values in before.milestones.items() if key not in after.milestones}
    by_title = {(home(values), values["title"]): key for key, values in reversed(left.items())}
    for key, new in after.milestones.items():
        old = before.milestones.get(key)
        if old is None and (twin := by_title.pop((home(new), new["title"]), None)):
            old = left.pop(twin)
        row = RowDiff(key, old, new)
        if old is not None and old != new:
            row.changes = [
                *_changes(old, new, MILESTONE_WORDS),
                *_dates(old, new, MILESTONE_DATES),
            ]
            row.progress = _changes(old, new, MILESTONE_PROGRESS)
        if old is None or row.changes or row.progress:
            found[home(new)].append(row)
    for key, old in left.items():
        found[home(old)].append(RowDiff(key, old, None))
    return found


def _changes(old: Values, new: Values, names: Sequence[str]) -> list[Change]:
    """A field that either side does not know, because it came later, says nothing."""
    return [
        Change(name, old[name], new[name])
        for name in names
        if name in old and name in new and _differ(old[name], new[name])
    ]


def _differ(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return old.split() != new.split()  # another line break is no other wording
    return bool(old != new) and bool(old or new)


def _dates(old: Values, new: Values, pairs: Sequence[tuple[str, str]]) -> list[Change]:
    """The day where it moved, else the words where only they changed."""
    found = []
    for on, text in pairs:
        found += _changes(old, new, (on,)) or _changes(old, new, (text,))
    return found


def _builds(old: Values, new: Values) -> list[Change]:
    before, after = (
        [value for value, column in _BUILDS if values.get(column)] for values in (old, new)
    )
    return [Change(BUILDS, before, after)] if before != after else []
