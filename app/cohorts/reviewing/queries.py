"""Reads of reviewing: what is mine to read, what an application's reviews say, and the access loaders."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import User as Account
from app.cohorts.applications.models import Answer, Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call, Question
from app.cohorts.call.queries import call_in_url, find_call
from app.cohorts.reviewing.blindness import READ_AT, Reading, reading
from app.cohorts.reviewing.models import Assignment, AssignmentState, Handout, Review
from app.cohorts.reviewing.reviewers import Reviewer, reviewers_of
from app.cohorts.reviewing.standing import Standing, in_force, standing_from, standings
from app.core.access import Loaded, User
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.extensions import db

PAGE_SIZE = 50


def standing_of(
    workstream_id: uuid.UUID, *, reader_id: uuid.UUID | None = None
) -> dict[uuid.UUID, Standing]:
    """{application's id: Standing}; those without a review are not in it. One query.

    With `reader_id`, without those that this reader has yet to review themselves.
    """
    cohort = Application.workstream_id == workstream_id
    rows = db.session.execute(sa.select(standings(cohort, reader_id=reader_id)))
    return {row.application_id: standing_from(row) for row in rows}


def my_reviews_in_url(user: User, slug: str) -> Loaded | None:
    """Access loader: `place` and `call`, for those who review here."""
    found = find_call(user, slug, admits=Right.REVIEW_APPLICATIONS)
    return None if found is None else Loaded({"place": found[0], "call": found[1]}, found[0].roles)


def my_assignment_in_url(user: User, slug: str, assignment_id: uuid.UUID) -> Loaded | None:
    """Access loader: `place`, `call` and `assignment`, for the reviewer whose it is. After a conflict
    of interest it is nobody's; to those who see nothing else here, what is not theirs is not there."""
    return _my_assignment(user, slug, assignment_id, after_conflict=False)


def my_assignment_even_after_conflict(
    user: User, slug: str, assignment_id: uuid.UUID
) -> Loaded | None:
    """Access loader for declaring a conflict of interest: pressed twice, it was declared already."""
    return _my_assignment(user, slug, assignment_id, after_conflict=True)


def _my_assignment(
    user: User, slug: str, assignment_id: uuid.UUID, *, after_conflict: bool
) -> Loaded | None:
    found = find_call(user, slug, admits=Right.REVIEW_APPLICATIONS)
    if found is None:
        return None
    place, call = found
    assignment = _assignment(assignment_id, place.id)
    if assignment is None:
        return None
    theirs = assignment.reviewer_id == user.id and (
        after_conflict or assignment.state is not AssignmentState.CONFLICT
    )
    if not theirs and not place.can(Right.VIEW_WORKSTREAM):
        return None
    given = {"place": place, "call": call, "assignment": assignment}
    return Loaded(given, place.roles, assigned=theirs)


def assignment_in_url(user: User, slug: str, assignment_id: uuid.UUID) -> Loaded | None:
    """Access loader: anybody's assignment here, for those who give applications out."""
    found = find_call(user, slug)
    assignment = _assignment(assignment_id, found[0].id) if found else None
    if found is None or assignment is None:
        return None
    place, call = found
    return Loaded({"place": place, "call": call, "assignment": assignment}, place.roles)


def handout_in_url(user: User, slug: str, handout_id: uuid.UUID) -> Loaded | None:
    """Access loader: what was given out in one go."""
    found = find_call(user, slug)
    handout = db.session.get(Handout, handout_id) if found else None
    if found is None or handout is None or handout.workstream_id != found[0].id:
        return None
    return Loaded({"place": found[0], "call": found[1], "handout": handout}, found[0].roles)


def ranking_file_in_url(user: User, slug: str, file_format: str) -> Loaded | None:
    """Access loader: as `call_in_url`, and the format asked for."""
    loaded = call_in_url(user, slug)
    if loaded is None:
        return None
    return Loaded({**loaded.view_args, "file_format": file_format}, loaded.roles)


def handout_given(workstream_id: uuid.UUID, handout_id: uuid.UUID | None) -> Handout | None:
    """What has just been given out, if it can be undone."""
    handout = db.session.get(Handout, handout_id) if handout_id else None
    if handout is None or handout.workstream_id != workstream_id or handout.undone_at:
        return None
    return handout


def reader_in_url(user: User, slug: str, reader_id: uuid.UUID) -> Loaded | None:
    """Access loader: somebody who reads here, or has been given something here, as `reader`."""
    found = find_call(user, slug)
    if found is None:
        return None
    place, call = found
    reader = next((r for r in reviewers_of(place.id) if r.id == reader_id), None)
    if reader is None:
        # No longer a reviewer, but what they were given is still to be taken back.
        person = db.session.scalar(
            sa.select(Account).where(
                Account.id == reader_id,
                sa.exists().where(
                    Assignment.reviewer_id == Account.id, Assignment.workstream_id == place.id
                ),
            )
        )
        if person is None:
            return None
        reader = Reviewer(person.id, person.name, person.email, "", by_role=False)
    return Loaded({"place": place, "call": call, "reader": reader}, place.roles)


def _assignment(assignment_id: uuid.UUID, workstream_id: uuid.UUID) -> Assignment | None:
    return db.session.scalar(
        sa.select(Assignment)
        .where(Assignment.id == assignment_id, Assignment.workstream_id == workstream_id)
        .options(joinedload(Assignment.application))
    )


def is_open(assignment: Assignment) -> bool:
    """Whether a review can be written: the application is theirs, and still being read."""
    readable = assignment.state in (AssignmentState.TO_DO, AssignmentState.DONE)
    return readable and assignment.application.stage in READ_AT


def read_by_reviewer(call: Call, application: Application) -> Reading:
    """The application as its reviewers see it, in the order of the questions."""
    answers = db.session.execute(
        sa.select(Answer, Question.hidden_from_reviewers)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.application_id == application.id)
        .order_by(Question.position, Question.id)
    )
    return reading(call, application, ((answer, hidden) for answer, hidden in answers))


@dataclass(frozen=True)
class Mine:
    """One application of a reviewer's list. `reviews` is how many have been submitted by anybody."""

    id: uuid.UUID
    reference: str
    begun: bool
    reviews: int
    state_at: datetime
    stage: Stage


@dataclass(frozen=True)
class Counts:
    """How many applications of somebody's are to do (and still read), done, and taken off for a
    conflict of interest."""

    to_do: int
    done: int
    conflict: int

    @property
    def total(self) -> int:
        return self.to_do + self.done


def my_counts(user_id: uuid.UUID, workstream_id: uuid.UUID) -> Counts:
    """How far somebody has come here."""
    found = dict.fromkeys(AssignmentState, 0)
    rows = db.session.execute(
        sa.select(Assignment.state, sa.func.count())
        .join(Application, Application.id == Assignment.application_id)
        .where(_of(user_id, workstream_id), _to_do_is_read())
        .group_by(Assignment.state)
    )
    for state, number in rows:
        found[state] = number
    return Counts(
        found[AssignmentState.TO_DO], found[AssignmentState.DONE], found[AssignmentState.CONFLICT]
    )


def my_list(
    user_id: uuid.UUID, workstream_id: uuid.UUID, state: AssignmentState, total: int
) -> Page[Mine]:
    """The reviewer's applications in one state, a page of them: to do in the order in which they are
    served, the rest with the newest first. `total` is how many there are."""
    number = min(asked_page(), max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(
        _in_order(user_id, workstream_id, state).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    )
    return Page([Mine(*row) for row in rows], number, total, PAGE_SIZE)


def next_to_read(
    user_id: uuid.UUID, workstream_id: uuid.UUID, *, after: uuid.UUID | None = None
) -> uuid.UUID | None:
    """The assignment to serve next: of the application that has the fewest reviews. `after` is the one
    at hand, which is not served again."""
    served = _in_order(user_id, workstream_id, AssignmentState.TO_DO).limit(1)
    if after is not None:
        served = served.where(Assignment.id != after)
    found: uuid.UUID | None = db.session.scalar(served)
    return found


def _in_order(user_id: uuid.UUID, workstream_id: uuid.UUID, state: AssignmentState) -> Any:
    reviews = (
        sa.select(sa.func.count())
        .where(Review.application_id == Assignment.application_id, in_force())
        .correlate(Assignment)
        .scalar_subquery()
    )
    begun = sa.exists().where(Review.assignment_id == Assignment.id, Review.submitted_at.is_(None))
    query = (
        sa.select(
            Assignment.id,
            Application.reference,
            begun.label("begun"),
            reviews.label("reviews"),
            Assignment.state_at,
            Application.stage,
        )
        .join(Application, Application.id == Assignment.application_id)
        .where(_of(user_id, workstream_id), Assignment.state == state, _to_do_is_read())
    )
    if state is AssignmentState.TO_DO:
        return query.order_by(sa.literal_column("reviews"), Assignment.id)
    return query.order_by(Assignment.state_at.desc(), Assignment.id)


def _of(user_id: uuid.UUID, workstream_id: uuid.UUID) -> sa.ColumnElement[bool]:
    return sa.and_(Assignment.reviewer_id == user_id, Assignment.workstream_id == workstream_id)


def _to_do_is_read() -> sa.ColumnElement[bool]:
    """SQL: what is to do counts only while the application is read."""
    return sa.or_(Assignment.state != AssignmentState.TO_DO, Application.stage.in_(READ_AT))


def draft_of(assignment: Assignment) -> Review | None:
    """What the reviewer has saved and not submitted."""
    return db.session.scalar(
        sa.select(Review).where(
            Review.assignment_id == assignment.id, Review.submitted_at.is_(None)
        )
    )


def review_in_force(assignment: Assignment) -> Review | None:
    """What the reviewer says."""
    return db.session.scalar(
        sa.select(Review).where(Review.assignment_id == assignment.id, in_force())
    )


def submitted_reviews(application_id: uuid.UUID) -> Sequence[Review]:
    """Every review submitted of an application, earlier ones of each reviewer too, the newest first;
    with its reviewer."""
    return db.session.scalars(
        sa.select(Review)
        .where(Review.application_id == application_id, Review.submitted_at.is_not(None))
        .options(joinedload(Review.assignment).joinedload(Assignment.reviewer))
        .order_by(Review.submitted_at.desc(), Review.id.desc())
    ).all()
