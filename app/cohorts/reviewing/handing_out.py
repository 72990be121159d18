"""Giving applications to reviewers and taking them back: by hand, evenly, after a conflict."""

import uuid
from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications.models import Application
from app.cohorts.call.models import Call
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.models import HELD, Assignment, AssignmentState, Handout, How, Review
from app.cohorts.reviewing.proposing import loads_of
from app.cohorts.reviewing.reviewers import reviewers_of
from app.cohorts.reviewing.sharing import Pair, ToShare, share
from app.core import clock
from app.core.database import new_id
from app.core.editing import check_version
from app.core.errors import Refused
from app.core.formatting import count
from app.core.history import as_parts_of
from app.extensions import db


def lock(call: Call) -> None:
    """Of two who give applications of one cohort out at once, the second waits and sees what the first
    did."""
    db.session.execute(sa.select(Call.id).where(Call.id == call.id).with_for_update())


# --- Giving out ---


def give_out(
    *, id: uuid.UUID, call: Call, pairs: Collection[Pair], how: How, by: User | None
) -> Handout:
    """Give applications to reviewers; what somebody has already stays as it is. Sent twice, given once.

    Raises Refused when there is nothing new in it, a reviewer may not read here, has declared a conflict of interest or applied
    themselves, or an application is not read (any more).
    """
    lock(call)
    done = db.session.get(Handout, id)
    if done is not None:
        if done.workstream_id != call.workstream_id:
            raise Refused("Reload the page and try again")
        return done
    there = _assignments(pairs)
    new = [pair for pair in sorted(pairs) if not _has(there.get(pair))]
    if not new:
        raise Refused("They have these already", "reviewer_id")
    _check(call, new, there)
    applications = {application for application, _ in new}
    to = count(len({reviewer for _, reviewer in new}), "reviewer")
    handout = Handout(
        id=id,
        workstream_id=call.workstream_id,
        how=how,
        title=f"{count(len(applications), 'application')} to {to}",
        applications=len(applications),
        made_by_id=by.id if by else None,
    )
    db.session.add(handout)
    with as_parts_of(db.session(), handout.id):
        for application_id, reviewer_id in new:
            again = there.get((application_id, reviewer_id))
            if again is None:
                again = Assignment(
                    workstream_id=call.workstream_id,
                    application_id=application_id,
                    reviewer_id=reviewer_id,
                )
                db.session.add(again)
            again.state, again.state_at = AssignmentState.TO_DO, clock.now()
            again.handout_id = handout.id
    return handout


def _has(assignment: Assignment | None) -> bool:
    return assignment is not None and assignment.state in HELD


def _stands(assignment: Assignment | None) -> bool:
    """Whether an assignment keeps its reviewer from being given the application (again)."""
    return assignment is not None and assignment.state is not AssignmentState.TAKEN_BACK


def _assignments(pairs: Iterable[Pair]) -> dict[Pair, Assignment]:
    found: dict[Pair, Assignment] = {}
    wanted = list(pairs)
    # A few hundred at a time: a database takes only so many values in one statement.
    for start in range(0, len(wanted), 500):
        ids = {application for application, _ in wanted[start : start + 500]}
        for assignment in db.session.scalars(
            sa.select(Assignment).where(Assignment.application_id.in_(ids))
        ):
            found[assignment.application_id, assignment.reviewer_id] = assignment
    return found


def _check(call: Call, pairs: Sequence[Pair], there: dict[Pair, Assignment]) -> None:
    able = {reviewer.id: reviewer for reviewer in reviewers_of(call.workstream_id)}
    read = {
        id: (reference, email)
        for id, reference, email in db.session.execute(
            sa.select(Application.id, Application.reference, Application.email).where(
                Application.workstream_id == call.workstream_id, Application.stage.in_(READ_AT)
            )
        )
    }
    for application_id, reviewer_id in pairs:
        reviewer = able.get(reviewer_id)
        if reviewer is None:
            raise Refused("Choose somebody who is a reviewer or a lead here", "reviewer_id")
        if application_id not in read:
            raise Refused("One of these is no longer being read. Reload the page and try again")
        reference, email = read[application_id]
        if email == reviewer.email:
            raise Refused(f"{reviewer.name} applied themselves: {reference}", "reviewer_id")
        known = there.get((application_id, reviewer_id))
        if known is not None and known.state is AssignmentState.CONFLICT:
            raise Refused(
                f"{reviewer.name} has declared a conflict of interest about {reference}",
                "reviewer_id",
            )


def give_one(
    *,
    id: uuid.UUID,
    call: Call,
    application: Application,
    reviewer_id: uuid.UUID,
    in_place_of: uuid.UUID | None,
    by: User,
) -> None:
    """Give one application to a reviewer; `in_place_of` is the assignment that it is taken from, if
    any. Raises Refused as `give_out` does, and when that one has been reviewed meanwhile."""
    if in_place_of is not None:
        before = db.session.get(Assignment, in_place_of)
        if before is None or before.application_id != application.id:
            raise Refused("Reload the page and try again", "in_place_of")
        take_back(assignment=before, version=before.version)
    pairs = [(application.id, reviewer_id)]
    give_out(id=id, call=call, pairs=pairs, how=How.BY_HAND, by=by)


def pass_to_another(*, call: Call, application: Application) -> uuid.UUID | None:
    """Give an application to the reviewer who has the least to read, of those who can read it; leads
    only if they read already. Gives who that is; None when there is nobody."""
    able = reviewers_of(call.workstream_id)
    loads = loads_of(call)
    reading = [reviewer.id for reviewer in able if reviewer.by_role or reviewer.id in loads]
    there = _assignments([(application.id, reviewer) for reviewer in reading])
    to_share = ToShare(
        application.id,
        barred=frozenset(
            reviewer.id
            for reviewer in able
            if reviewer.email == application.email
            or _stands(there.get((application.id, reviewer.id)))
        ),
    )
    found = share([to_share], reading, wanted=1, seed=0, loads=loads).pairs
    if not found or application.stage not in READ_AT:
        return None
    give_out(id=new_id(), call=call, pairs=found, how=How.AFTER_CONFLICT, by=None)
    return found[0][1]


# --- Taking back ---


def take_back(*, assignment: Assignment, version: int) -> None:
    """An application is no longer somebody's to read. A draft of theirs is kept, in case it comes back
    to them. Taken back twice, taken back once.

    Raises Refused when they have reviewed it, EditConflict.
    """
    if assignment.state is AssignmentState.TAKEN_BACK:
        return
    if assignment.state is not AssignmentState.TO_DO:
        raise Refused("They have reviewed it, or declared a conflict. Reload the page")
    check_version(assignment, version)
    assignment.state, assignment.state_at = AssignmentState.TAKEN_BACK, clock.now()
    db.session.flush()


def take_all_back(*, id: uuid.UUID, call: Call, reviewer_id: uuid.UUID, by: User) -> Handout:
    """Nothing that somebody has not reviewed yet is theirs to read any more."""
    lock(call)
    done = db.session.get(Handout, id)
    if done is not None:
        return done
    theirs = db.session.scalars(
        sa.select(Assignment)
        .where(
            Assignment.workstream_id == call.workstream_id,
            Assignment.reviewer_id == reviewer_id,
            Assignment.state == AssignmentState.TO_DO,
        )
        .order_by(Assignment.id)
    ).all()
    handout = Handout(
        id=id,
        workstream_id=call.workstream_id,
        how=How.TAKEN_BACK,
        title=f"{count(len(theirs), 'application')} taken back",
        applications=len(theirs),
        made_by_id=by.id,
    )
    db.session.add(handout)
    _take(handout.id, theirs)
    return handout


def undo(*, call: Call, handout: Handout) -> tuple[int, int]:
    """Take back what was given out in one go, apart from what has been begun since. Gives how many were
    taken back and how many stay. Undone twice, undone once."""
    lock(call)
    begun = sa.exists().where(Review.assignment_id == Assignment.id)
    given = db.session.execute(
        sa.select(Assignment, begun)
        .where(Assignment.handout_id == handout.id)
        .order_by(Assignment.id)
    ).all()
    untouched = [
        assignment
        for assignment, has_begun in given
        if assignment.state is AssignmentState.TO_DO and not has_begun
    ]
    _take(handout.id, untouched)
    if untouched:
        handout.undone_at = clock.now()
        db.session.flush()
    return len(untouched), sum(assignment.state in HELD for assignment, _ in given)


def _take(whole_id: uuid.UUID, assignments: Iterable[Assignment]) -> None:
    with as_parts_of(db.session(), whole_id):
        for assignment in assignments:
            assignment.state, assignment.state_at = AssignmentState.TAKEN_BACK, clock.now()
