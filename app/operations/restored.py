"""What must be changed in an older copy of the database before people use it again. A feature adds its
own when it registers."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa


@dataclass(frozen=True)
class Step:
    """`make` gives one UPDATE or DELETE, to run in the transaction that puts the copy back; `words`
    say what it does."""

    words: str
    make: Callable[[], sa.Update | sa.Delete]


_STEPS: dict[str, Step] = {}


def after_restore(step: Step) -> None:
    """Do this to every restored database before anybody sees it. The copy may be an older Waymark's:
    a step whose table is not in it is left out."""
    _STEPS[step.words] = step


def steps(tables: frozenset[str]) -> list[Step]:
    """The steps for a copy that holds these tables."""
    return [step for step in _STEPS.values() if _table(step) in tables]


def _table(step: Step) -> str:
    return str(step.make().table.name)  # type: ignore[union-attr]
