"""Three reviewers read what has been sent to cohort 2 so far: some of it done, one who knows an
applicant, one application about which two disagree."""

import random
import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.cohorts.call.models import Call, Criterion
from app.cohorts.call.queries import criteria_of
from app.cohorts.reviewing import handing_out, services
from app.cohorts.reviewing.blindness import READ_AT
from app.cohorts.reviewing.models import Assignment, AssignmentState, Handout, How
from app.cohorts.reviewing.proposing import propose
from app.cohorts.reviewing.queries import review_in_force
from app.core.clock import LONDON
from app.core.database import new_id
from app.demo.cohorts import Cohorts
from app.demo.facts import reviews as facts
from app.extensions import db

_GIVEN_OUT = datetime(2021, 6, 18, 9, 20, tzinfo=LONDON)


def load(cohorts: Cohorts) -> None:
    """Given out on the morning of 18 June 2021; read since."""
    _Reading(cohorts).run()


class _Reading:
    def __init__(self, cohorts: Cohorts) -> None:
        self.cohorts = cohorts
        self.call: Call = cohorts.calls[cohorts.second.slug]
        self.criteria: list[Criterion] = criteria_of(self.call)
        self.chance = random.Random(18)  # noqa: S311 (the demo, not a secret)
        self.at = _GIVEN_OUT

    def run(self) -> None:
        coordinator = self.cohorts.known.people["coordinator"]
        self.cohorts.history.as_of(self.at, coordinator.id)
        reader_ids = [self.cohorts.known.people[account].id for account in facts.READERS]
        proposal = propose(self.call, stages=READ_AT, reviewer_ids=reader_ids, seed=1)
        handing_out.give_out(
            id=new_id(),
            call=self.call,
            pairs=proposal.shared.pairs,
            how=How.EVENLY,
            by=coordinator,
        )
        self.dated()
        self.conflict()
        split = self.disagreement()
        for account, number in facts.READERS.items():
            for assignment in self.to_do(account)[:number]:
                if assignment.application_id != split:
                    self.review(assignment, *self.a_review())

    def dated(self) -> None:
        """What has just been given out was given out then, not when the demo is loaded."""
        for model, field in ((Handout, "made_at"), (Assignment, "state_at")):
            recent = db.session.scalars(sa.select(model).order_by(model.id)).all()
            for row in recent:
                if getattr(row, field) > self.at:
                    setattr(row, field, self.at)
        db.session.flush()

    def to_do(self, account: str) -> list[Assignment]:
        return list(
            db.session.scalars(
                sa.select(Assignment)
                .where(
                    Assignment.reviewer_id == self.cohorts.known.person(account),
                    Assignment.state == AssignmentState.TO_DO,
                )
                .order_by(Assignment.id)
            )
        )

    def later(self, account: str) -> None:
        """Some minutes on, and somebody else at work."""
        self.at += timedelta(minutes=self.chance.randint(4, 9))
        self.cohorts.history.as_of(self.at, self.cohorts.known.person(account))

    def conflict(self) -> None:
        self.later(facts.KNOWS_SOMEBODY)
        services.declare_conflict(
            call=self.call,
            assignment=self.to_do(facts.KNOWS_SOMEBODY)[0],
            reason=facts.HOW_THEY_KNOW_THEM,
        )
        self.dated()

    def disagreement(self) -> uuid.UUID:
        """Two who both have an application and do not see it alike."""
        first, second = facts.DISAGREE
        theirs = {one.application_id: one for one in self.to_do(second)}
        one = next(mine for mine in self.to_do(first) if mine.application_id in theirs)
        self.review(one, facts.FOR, (5, 5, 4, 4))
        self.review(theirs[one.application_id], facts.AGAINST, (2, 1, 3, 2))
        return one.application_id

    def a_review(self) -> tuple[facts.Words, tuple[int, ...]]:
        words = self.chance.choice(facts.WORDS)
        about = {"yes": 4, "maybe": 3, "no": 2}[words.recommendation]
        scores = (about + self.chance.choice((-1, 0, 0, 1)) for _ in self.criteria)
        return words, tuple(scores)

    def review(self, assignment: Assignment, words: facts.Words, scores: tuple[int, ...]) -> None:
        account = next(
            account
            for account in facts.READERS
            if self.cohorts.known.person(account) == assignment.reviewer_id
        )
        self.later(account)
        given = zip(self.criteria, scores, strict=False)
        services.submit_review(
            assignment=assignment,
            version=assignment.version,
            words=services.Words(
                scores={criterion.id: score for criterion, score in given},
                recommendation=words.recommendation,
                panel_comment=words.for_the_panel,
                applicant_feedback=words.for_them,
            ),
        )
        said = review_in_force(assignment)
        assert said is not None
        said.submitted_at = assignment.saved_at = self.at
        self.dated()
