"""A plan as it stood: the plan as it stands, with the changes made since taken back, newest first.

Pure: takes rows and records, gives rows. What leaves no history (`promises.lock_dates` sets `agreed_on`)
stays as it is now, so a comparison leaves it out.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.core.history import ChangeAction
from app.delivery.content import (
    ACTIVITY_FIELDS,
    MILESTONE_FIELDS,
    PLAN_FIELDS,
    PlanContent,
    Values,
)
from app.delivery.models import Activity, DeliveryPlan, Milestone

# What says whether a row is in the plan, and where; not of the content itself.
STANDS = ("position", "archived_at")
# By table, which is also the name of the rows in `PlanRows`.
_FIELDS = {
    Activity.__tablename__: (*ACTIVITY_FIELDS, *STANDS),
    Milestone.__tablename__: (*MILESTONE_FIELDS, "archived_at"),
}


class Recorded(Protocol):
    """What is needed of a change record."""

    @property
    def subject_type(self) -> str: ...
    @property
    def subject_id(self) -> uuid.UUID: ...
    @property
    def action(self) -> ChangeAction: ...
    @property
    def changes(self) -> Mapping[str, Any]: ...


@dataclass
class PlanRows:
    """Everything of one plan, removed rows too, in the raw values of history. `plan` is None when
    there is no plan yet; activities have `position` and `archived_at` beside their content,
    milestones `archived_at`."""

    plan_id: str
    plan: Values | None
    activities: dict[str, Values] = field(default_factory=dict)
    milestones: dict[str, Values] = field(default_factory=dict)

    def as_it_stood(self, newer: Iterable[Recorded]) -> "PlanRows":
        """These rows before the changes in `newer`, which come newest first. Records of other plans
        and other things may be among them."""
        then = PlanRows(
            self.plan_id,
            dict(self.plan) if self.plan is not None else None,
            {key: dict(values) for key, values in self.activities.items()},
            {key: dict(values) for key, values in self.milestones.items()},
        )
        for record in newer:
            then._take_back(record)
        return then

    def content(self) -> PlanContent:
        """What the plan says; nothing, not even a title, when there is none yet."""
        if self.plan is None:
            return PlanContent({})
        in_plan = {None, *self._order()}
        return PlanContent(
            _only(self.plan, PLAN_FIELDS),
            {key: _only(self.activities[key], ACTIVITY_FIELDS) for key in self._order()},
            {
                key: _only(values, MILESTONE_FIELDS)
                for key, values in sorted(
                    self.milestones.items(), key=lambda one: (one[1]["promised_on"], one[0])
                )
                if values["archived_at"] is None and values["activity_id"] in in_plan
            },
        )

    def _order(self) -> list[str]:
        """The ids of the rows that are in the plan, in its order."""
        live = [key for key, values in self.activities.items() if values["archived_at"] is None]
        return sorted(live, key=lambda key: (self.activities[key]["position"], key))

    def _take_back(self, record: Recorded) -> None:
        key = str(record.subject_id)
        if record.subject_type == DeliveryPlan.__tablename__:
            if key == self.plan_id:
                self._take_back_from_plan(record)
            return
        if record.subject_type not in _FIELDS:
            return
        rows: dict[str, Values] = getattr(self, record.subject_type)
        names = _FIELDS[record.subject_type]
        if record.action is ChangeAction.CREATED:
            rows.pop(key, None)
        elif record.action is ChangeAction.DELETED:
            if record.changes.get("plan_id", [None])[0] == self.plan_id:
                rows[key] = {name: record.changes.get(name, [None])[0] for name in names}
        elif key in rows:
            for name, (before, after) in record.changes.items():
                if name == "position":
                    self._move_back(key, before, after)
                elif name in names:
                    rows[key][name] = before

    def _take_back_from_plan(self, record: Recorded) -> None:
        if record.action is ChangeAction.CREATED:
            self.plan = None
        elif self.plan is not None:
            for name in self.plan.keys() & record.changes.keys():
                self.plan[name] = record.changes[name][0]

    def _move_back(self, key: str, old: int, new: int) -> None:
        """`services.move_activity` records places counted from 1 among the rows then in the plan, and
        gives the rows the same positions in another order; anything else records the position."""
        order = self._order()
        if not (1 <= old <= len(order) and 1 <= new <= len(order) and order[new - 1] == key):
            self.activities[key]["position"] = old
            return
        positions: Iterable[int] = [self.activities[row]["position"] for row in order]
        if len(set(positions)) < len(order):
            positions = range(len(order))
        order.insert(old - 1, order.pop(new - 1))
        for row, position in zip(order, positions, strict=False):
            self.activities[row]["position"] = position


def _only(values: Values, names: Iterable[str]) -> Values:
    return {name: values[name] for name in names}
