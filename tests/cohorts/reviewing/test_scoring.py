"""How scores are counted, in Python and by the database: the same."""

import itertools
import random
import uuid
from decimal import Decimal

import pytest
import sqlalchemy as sa

from app.cohorts.reviewing import scoring
from app.cohorts.reviewing.models import AssignmentState, Recommendation, Review
from app.cohorts.reviewing.queries import standing_of
from app.core import clock
from app.extensions import db
from tests.factories.cohorts import ApplicationFactory, CallFactory, CriterionFactory
from tests.factories.cohorts_reviewing import AssignmentFactory, reviewed

YES, MAYBE, NO = Recommendation
A, B, C = (uuid.UUID(int=n) for n in (1, 2, 3))


def test_a_total_is_the_weighted_mean():
    assert scoring.weighted_mean({A: 5, B: 2}, {A: 3, B: 1}) == Decimal("4.25")
    assert scoring.weighted_mean({A: 4, B: 4, C: 2}, {A: 1, B: 1, C: 1}) == Decimal("3.33")


def test_halves_of_a_hundredth_go_up():
    # 33 / 8 is 4.125.
    assert scoring.weighted_mean({A: 5, B: 4}, {A: 1, B: 7}) == Decimal("4.13")
    assert scoring.mean([Decimal("3.33"), Decimal("3.34")]) == Decimal("3.34")


def test_what_has_no_weight_any_more_does_not_count():
    assert scoring.weighted_mean({A: 5, B: 1}, {A: 2}) == Decimal("5.00")
    assert scoring.weighted_mean({B: 1}, {A: 2}) is None
    assert scoring.weighted_mean({}, {}) is None


def test_mean_spread_and_deviation():
    totals = [Decimal("2.00"), Decimal("4.00")]
    assert scoring.mean(totals) == Decimal("3.00")
    assert scoring.spread(totals) == Decimal("2.00")
    assert scoring.deviation(totals) == Decimal("1.00")
    for count in (scoring.spread, scoring.deviation):
        assert count([Decimal("2.00")]) is None
        assert count([]) is None
    assert scoring.mean([]) is None


@pytest.mark.parametrize(
    "totals, said, words",
    [
        (["3.00", "3.50"], [YES, MAYBE], None),
        (["3.00", "3.50"], [YES, NO], "one says yes and another no"),
        (["2.00", "3.49"], [YES, YES], None),
        (["2.00", "3.50"], [YES, YES], "their totals are 1.50 apart"),
        (
            ["1.00", "5.00"],
            [NO, YES],
            "one says yes and another no and their totals are 4.00 apart",
        ),
        (["4.00"], [YES], None),
        ([], [MAYBE, NO], None),
    ],
)
def test_when_reviewers_disagree(totals, said, words):
    assert scoring.disagreement([Decimal(total) for total in totals], said) == words


def test_the_database_counts_as_python_does(app):
    """Forty applications with up to four reviews of random scores."""
    chance = random.Random(7)
    call = CallFactory()
    criteria = [CriterionFactory(call=call, weight=weight) for weight in (3, 2, 1, 7)]
    gone = CriterionFactory(call=call, weight=10, archived_at=clock.now())
    weights = {criterion.id: criterion.weight for criterion in criteria}
    expected = {}
    for _ in range(40):
        application = ApplicationFactory(workstream_id=call.workstream_id)
        totals, said = [], []
        for _ in range(chance.randrange(0, 5)):
            scored = chance.sample(criteria, chance.randint(0, 4))
            scores = {criterion: chance.randint(1, 5) for criterion in scored}
            recommendation = chance.choice(list(Recommendation))
            reviewed(
                AssignmentFactory(application=application), {**scores, gone: 5}, recommendation
            )
            given = {criterion.id: score for criterion, score in scores.items()}
            totals.append(scoring.weighted_mean(given, weights))
            said.append(recommendation)
        if said:
            expected[application.id] = totals, said
    found = standing_of(call.workstream_id)
    assert found.keys() == expected.keys()
    for id, (totals, said) in expected.items():
        counted = [total for total in totals if total is not None]
        standing = found[id]
        assert standing.count == len(said)
        assert standing.mean == scoring.mean(counted)
        assert standing.spread == scoring.spread(counted)
        assert standing.recommendations == {r: said.count(r) for r in Recommendation}
        assert standing.disagree == (scoring.disagreement(counted, said) is not None)


def test_only_what_is_in_force_counts(app):
    call = CallFactory()
    criterion = CriterionFactory(call=call)
    application = ApplicationFactory(workstream_id=call.workstream_id)
    assignment = AssignmentFactory(application=application)
    before = reviewed(assignment, {criterion: 1}, NO)
    before.superseded_at = clock.now()
    db.session.flush()
    reviewed(assignment, {criterion: 5}, YES)
    draft = AssignmentFactory(application=application)
    db.session.add(Review(assignment_id=draft.id, application_id=application.id))
    db.session.flush()
    standing = standing_of(call.workstream_id)[application.id]
    assert (standing.mean, standing.count) == (Decimal("5.00"), 1)


def test_another_cohort_is_not_in_it(app):
    criterion = CriterionFactory()
    application = ApplicationFactory(workstream_id=criterion.workstream_id)
    reviewed(AssignmentFactory(application=application), {criterion: 3})
    assert standing_of(CallFactory().workstream_id) == {}


def test_the_standing_is_one_query(app):
    from tests.statements import statements

    call = CallFactory()
    criterion = CriterionFactory(call=call)
    for _ in range(3):
        application = ApplicationFactory(workstream_id=call.workstream_id)
        reviewed(AssignmentFactory(application=application), {criterion: 3})
    db.session.commit()
    workstream_id = call.workstream_id
    with statements() as sent:
        standing_of(workstream_id)
    assert len(sent) == 1


@pytest.mark.parametrize("score", [0, 6])
def test_a_score_out_of_range_is_refused_by_the_database(app, score):
    criterion = CriterionFactory()
    application = ApplicationFactory(workstream_id=criterion.workstream_id)
    with pytest.raises(sa.exc.IntegrityError, match="score_in_range"):
        reviewed(AssignmentFactory(application=application), {criterion: score})


def test_there_is_one_draft_and_one_review_in_force(app):
    assignment = AssignmentFactory(state=AssignmentState.DONE)
    of = {"assignment_id": assignment.id, "application_id": assignment.application_id}
    for submitted in (None, clock.now()):
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            for _ in itertools.repeat(None, 2):
                db.session.add(Review(**of, recommendation=YES, submitted_at=submitted))
            db.session.flush()
