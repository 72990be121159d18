"""Sharing applications out among reviewers evenly: pure, and the same for the same seed.

Each application goes to as many reviewers as are wanted, never to one who has declared a conflict,
who has it already, or whose own it is; what is given out already stays. The loads come out as even as
they can: to within one, unless conflicts stand in the way. (When no application can be passed on, from
hand to hand, from somebody with two more to somebody with two fewer, no other sharing is more even:
Harvey, Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs and load balancing", 2006.)
"""

import random
import uuid
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[uuid.UUID, uuid.UUID]  # application, reviewer


@dataclass(frozen=True)
class ToShare:
    """One application: who reads it already, and who must not."""

    id: uuid.UUID
    held_by: frozenset[uuid.UUID] = frozenset()
    barred: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Shared:
    """What comes of it: the new pairs; for each application that stays short, how many are missing;
    how many each reviewer then has, with what they had."""

    pairs: list[Pair]
    short: dict[uuid.UUID, int]
    loads: dict[uuid.UUID, int]


@dataclass
class _Table:
    """The sharing as it is being made."""

    free: dict[uuid.UUID, set[uuid.UUID]]  # application -> who could read it
    loads: dict[uuid.UUID, int]
    given: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=dict)  # reviewer -> new ones

    def give(self, application: uuid.UUID, reviewer: uuid.UUID) -> None:
        self.given.setdefault(reviewer, set()).add(application)
        self.free[application].discard(reviewer)
        self.loads[reviewer] += 1

    def pass_on(self, application: uuid.UUID, giver: uuid.UUID, taker: uuid.UUID) -> None:
        self.given[giver].discard(application)
        self.free[application].add(giver)
        self.loads[giver] -= 1
        self.give(application, taker)


def share(
    applications: Sequence[ToShare],
    reviewers: Collection[uuid.UUID],
    *,
    wanted: int,
    seed: int,
    loads: Mapping[uuid.UUID, int] | None = None,
) -> Shared:
    """Give each application to `wanted` of the `reviewers`, counting those who hold it already.

    `loads` is how many each reviewer has in all, among these applications or others; without it,
    their holdings here are counted.
    """
    chance = random.Random(seed)  # noqa: S311 (to vary, not to keep a secret)
    order = {reviewer: place for place, reviewer in enumerate(_mixed(reviewers, chance))}
    held = loads if loads is not None else _holdings(applications)
    table = _Table(
        free={a.id: set(order) - a.held_by - a.barred for a in applications},
        loads={reviewer: held.get(reviewer, 0) for reviewer in order},
    )
    short: dict[uuid.UUID, int] = {}
    by_id = {a.id: a for a in applications}
    # Those with the least choice first.
    for id in sorted(_mixed(by_id, chance), key=lambda id: len(table.free[id])):
        missing = max(0, wanted - len(by_id[id].held_by))
        able = sorted(table.free[id], key=lambda r: (table.loads[r], order[r]))
        for reviewer in able[:missing]:
            table.give(id, reviewer)
        if missing > len(able):
            short[id] = missing - len(able)
    while _even_out(table, order):
        pass
    pairs = [(id, reviewer) for reviewer in order for id in table.given.get(reviewer, ())]
    return Shared(sorted(pairs), short, table.loads)


def _mixed(ids: Collection[uuid.UUID], chance: random.Random) -> list[uuid.UUID]:
    mixed = sorted(ids)
    chance.shuffle(mixed)
    return mixed


def _holdings(applications: Sequence[ToShare]) -> dict[uuid.UUID, int]:
    counted: dict[uuid.UUID, int] = {}
    for application in applications:
        for reviewer in application.held_by:
            counted[reviewer] = counted.get(reviewer, 0) + 1
    return counted


def _even_out(table: _Table, order: Mapping[uuid.UUID, int]) -> bool:
    """Pass on one application, from hand to hand, from somebody to another who has at least two fewer.
    Whether there was anything to do."""
    for heavy in sorted(order, key=lambda r: (-table.loads[r], order[r])):
        way = _way_down(table, heavy, order)
        if way:
            for application, giver, taker in way:
                table.pass_on(application, giver, taker)
            return True
    return False


def _way_down(
    table: _Table, heavy: uuid.UUID, order: Mapping[uuid.UUID, int]
) -> list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    """The shortest way: (application, giver, taker) for each hand; [] when there is none."""
    came: dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID] | None] = {heavy: None}
    waiting = deque([heavy])
    light = table.loads[heavy] - 2
    if min(table.loads.values()) > light:
        return []
    while waiting:
        giver = waiting.popleft()
        for application in sorted(table.given.get(giver, ())):
            for taker in sorted(table.free[application] - came.keys(), key=order.__getitem__):
                came[taker] = (application, giver)
                if table.loads[taker] <= light:
                    return _steps(came, taker)
                waiting.append(taker)
    return []


def _steps(
    came: Mapping[uuid.UUID, tuple[uuid.UUID, uuid.UUID] | None], last: uuid.UUID
) -> list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    steps = []
    step = came[last]
    while step is not None:
        application, giver = step
        steps.append((application, giver, last))
        last = giver
        step = came[last]
    return steps
