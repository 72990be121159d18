"""Which moves a coordinator is offered for somebody, and which of them ask for a reason.

The table (`stages.MOVES`) says what can be; a coordinator has these besides: what was never sent in is
finished on its own form, somebody whose data are erased stays where they are, and what takes something
from somebody needs a reason.
"""

from collections.abc import Sequence
from typing import Protocol

from app.cohorts.applications.stages import ENDED, Mover, Stage, moves_for

# What a release of decisions alone moves people to (app.cohorts.decisions).
BY_RELEASE = (Stage.OFFERED, Stage.WAITLISTED, Stage.UNSUCCESSFUL)
_AGAINST_SOMEBODY = (Stage.WITHDRAWN, Stage.DECLINED)


class Standing(Protocol):
    """What these rules look at: an application, or a row of its columns."""

    @property
    def stage(self) -> Stage: ...
    @property
    def submitted_at(self) -> object: ...
    @property
    def anonymised_at(self) -> object: ...


def open_to(standing: Standing) -> list[Stage]:
    """Where a coordinator may move somebody, in the order of the stages."""
    if standing.anonymised_at is not None:
        return []
    return [
        stage
        for stage in moves_for(Mover.COORDINATOR, standing.stage)
        if stage is not Stage.SUBMITTED
        or (standing.stage is not Stage.DRAFT and standing.submitted_at is not None)
    ]


def open_together(standing: Standing) -> list[Stage]:
    """Where somebody may be moved along with others: what is over is brought back one by one."""
    return [] if standing.stage in ENDED else open_to(standing)


def needs_reason(before: Stage, after: Stage) -> bool:
    """Whether this move is one that somebody will ask about: it takes a place away, or brings back what
    was over."""
    return after in _AGAINST_SOMEBODY or before in ENDED


def quick_moves(stage: Stage) -> Sequence[Stage]:
    """Those that need no reason, for a control beside a name: onwards first, then back. (None of them
    needs to look further than the stage.)"""
    return _QUICK[stage]


_IN_ORDER = list(Stage)


def _quick(before: Stage) -> tuple[Stage, ...]:
    found = [
        after
        for after in moves_for(Mover.COORDINATOR, before)
        if before is not Stage.DRAFT and not needs_reason(before, after)
    ]
    at = _IN_ORDER.index(before)
    return tuple(sorted(found, key=lambda after: _IN_ORDER.index(after) < at))


_QUICK = {stage: _quick(stage) for stage in Stage}


def why_not(standing: Standing, to: Stage) -> str:
    """Why somebody cannot be moved there, to follow their name: "Withdrawn", say."""
    if standing.anonymised_at is not None:
        return "their details have been erased"
    if to is Stage.SUBMITTED and standing.submitted_at is None:
        return "never submitted"
    if to is standing.stage:
        return "there already"
    return standing.stage.label.lower()
