"""What sharing a cohort's applications evenly would do, for somebody to look at first."""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.reviewing.models import HELD, Assignment, AssignmentState
from app.cohorts.reviewing.reviewers import Reviewer, reviewers_of
from app.cohorts.reviewing.sharing import Shared, ToShare, share
from app.core.formatting import count
from app.extensions import db

MOST_NAMED = 10


@dataclass(frozen=True)
class Proposal:
    """What sharing would do; nothing is done yet. `mark` is of just these pairs: what somebody has
    looked at is what they confirm."""

    shared: Shared
    applications: int
    reviewers: list[Reviewer]  # those who would take part
    before: dict[uuid.UUID, int]  # how many each of them has now
    wanted: int  # reviews of each application
    references: dict[uuid.UUID, str]  # of the applications

    @property
    def mark(self) -> str:
        words = ",".join(f"{application}{reviewer}" for application, reviewer in self.shared.pairs)
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def is_even(self) -> bool:
        """Whether nobody then has two more than another."""
        loads = self.shared.loads.values()
        return not loads or max(loads) - min(loads) <= 1

    @property
    def why_short(self) -> str:
        """Why some applications cannot be given to enough reviewers; "" when all can."""
        if not self.shared.short:
            return ""
        if not self.reviewers:
            return "Nobody takes part: tick at least one reviewer."
        if len(self.reviewers) < self.wanted:
            return (
                f"Each application is to be read by {self.wanted}, and only "
                f"{count(len(self.reviewers), 'reviewer')} can take part. Give more people the role of "
                "reviewer, or ask for fewer reviews in the call."
            )
        named = [self.references[id] for id in self.shared.short]
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        return (
            f"{count(len(named), 'application')} cannot be given to enough reviewers, because those "
            "left have declared a conflict of interest or applied themselves: "
            f"{', '.join(sorted(named)[:MOST_NAMED])}{more}."
        )


def propose(
    call: Call,
    *,
    stages: Collection[Stage],
    reviewer_ids: Collection[uuid.UUID],
    seed: int,
) -> Proposal:
    """How the applications at `stages` would be shared among these reviewers, so that each is read by
    `call.reviews_wanted`. Four queries."""
    able = reviewers_of(call.workstream_id)
    taking = [reviewer for reviewer in able if reviewer.id in reviewer_ids]
    to_share, references = _to_share(call, stages, able)
    loads = loads_of(call)
    shared = share(
        to_share,
        [reviewer.id for reviewer in taking],
        wanted=call.reviews_wanted,
        seed=seed,
        loads=loads,
    )
    before = {reviewer.id: loads.get(reviewer.id, 0) for reviewer in taking}
    return Proposal(shared, len(to_share), taking, before, call.reviews_wanted, references)


def _to_share(
    call: Call, stages: Collection[Stage], able: Sequence[Reviewer]
) -> tuple[list[ToShare], dict[uuid.UUID, str]]:
    """The applications that are read, with who reads them and who must not, and their references. What
    is given to somebody who may no longer read here counts as given to nobody."""
    chosen = Application.workstream_id == call.workstream_id, Application.stage.in_(stages)
    applications = db.session.execute(
        sa.select(Application.id, Application.email, Application.reference)
        .where(*chosen)
        .order_by(Application.id)
    ).all()
    held: dict[uuid.UUID, set[uuid.UUID]] = {}
    barred: dict[uuid.UUID, set[uuid.UUID]] = {}
    can_read = {reviewer.id for reviewer in able}
    for application_id, reviewer_id, state in db.session.execute(
        sa.select(Assignment.application_id, Assignment.reviewer_id, Assignment.state)
        .join(Application, Application.id == Assignment.application_id)
        .where(*chosen)
    ):
        if state is AssignmentState.CONFLICT:
            barred.setdefault(application_id, set()).add(reviewer_id)
        elif state is AssignmentState.DONE or (
            state is AssignmentState.TO_DO and reviewer_id in can_read
        ):
            held.setdefault(application_id, set()).add(reviewer_id)
    themselves = {reviewer.email: reviewer.id for reviewer in able}
    for id, email, _ in applications:
        if email in themselves:
            barred.setdefault(id, set()).add(themselves[email])
    nobody: frozenset[uuid.UUID] = frozenset()
    to_share = [
        ToShare(id, frozenset(held.get(id, nobody)), frozenset(barred.get(id, nobody)))
        for id, *_ in applications
    ]
    return to_share, {id: reference for id, _, reference in applications}


def loads_of(call: Call) -> dict[uuid.UUID, int]:
    """How many applications each reviewer of a cohort has, read and to read."""
    rows = db.session.execute(
        sa.select(Assignment.reviewer_id, sa.func.count())
        .where(Assignment.workstream_id == call.workstream_id, Assignment.state.in_(HELD))
        .group_by(Assignment.reviewer_id)
    )
    return {row[0]: row[1] for row in rows}
