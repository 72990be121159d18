"""How far people came: counted from stages, moves and outcomes."""

from datetime import date

import pytest

from app.cohorts.age_bands import AgeBand
from app.cohorts.applications.models import Entered, Outcome, Source
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.areas import Area
from app.cohorts.figures.counting import STEPS, count_steps
from app.extensions import db
from tests.factories.cohorts import ApplicationFactory, CallFactory, ParticipantFactory
from tests.statements import statements

C, R, A = Mover.COORDINATOR, Mover.RELEASE, Mover.APPLICANT


def walked(*moves, **values):
    """An application that has made these moves, each (stage, who)."""
    application = ApplicationFactory(**values)
    for to, mover in moves:
        move(application=application, to=to, mover=mover)
    db.session.flush()
    return application


def reached(*workstream_ids):
    """How many reached each step, whatever group they are in."""
    counted = count_steps(workstream_ids)
    return [sum(group.reached[number] for group in counted) for number in range(len(STEPS))]


TO_SHORTLIST = [(Stage.ELIGIBLE, C), (Stage.SHORTLISTED, C)]


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([], [1, 0, 0, 0, 0, 0]),
        ([(Stage.ELIGIBLE, C)], [1, 1, 0, 0, 0, 0]),
        # Whoever did not get further is counted where they were when it was decided.
        ([*TO_SHORTLIST, (Stage.UNSUCCESSFUL, R)], [1, 1, 1, 0, 0, 0]),
        ([(Stage.WITHDRAWN, A)], [1, 0, 0, 0, 0, 0]),
        # Straight from eligible to an offer: past the short list.
        ([(Stage.ELIGIBLE, C), (Stage.OFFERED, R), (Stage.DECLINED, A)], [1, 1, 1, 1, 0, 0]),
        ([*TO_SHORTLIST, (Stage.WAITLISTED, R), (Stage.UNSUCCESSFUL, R)], [1, 1, 1, 0, 0, 0]),
        # Taken back by the coordinator: a mistake, or a bulk move undone.
        ([*TO_SHORTLIST, (Stage.ELIGIBLE, C)], [1, 1, 0, 0, 0, 0]),
        # An appeal: they were on the short list when it was first decided.
        ([*TO_SHORTLIST, (Stage.UNSUCCESSFUL, R), (Stage.ELIGIBLE, C)], [1, 1, 1, 0, 0, 0]),
        (
            [*TO_SHORTLIST, (Stage.INTERVIEW, C), (Stage.OFFERED, R), (Stage.ACCEPTED, A)],
            [1, 1, 1, 1, 0, 0],
        ),
        (
            [(Stage.ELIGIBLE, C), (Stage.OFFERED, R), (Stage.ACCEPTED, A), (Stage.ENROLLED, C)],
            [1, 1, 1, 1, 1, 0],
        ),
    ],
)
def test_a_step_counts_whoever_came_at_least_as_far(app, moves, expected):
    assert reached(walked(*moves).workstream_id) == expected


def test_a_draft_counts_nowhere_and_nor_does_one_withdrawn_before_it_was_sent(app):
    cohort = CallFactory().workstream_id
    walked(workstream_id=cohort, stage=Stage.DRAFT)
    walked((Stage.WITHDRAWN, A), workstream_id=cohort, stage=Stage.DRAFT)
    assert count_steps([cohort]) == []


def test_graduates_are_counted_and_those_who_left_are_not(app):
    cohort = CallFactory().workstream_id
    for outcome in (Outcome.GRADUATED, Outcome.WITHDRAWN, None):
        ParticipantFactory(
            application__workstream_id=cohort,
            outcome=outcome,
            outcome_on=date(2021, 4, 30) if outcome else None,
            outcome_reason="Moved away" if outcome else "",
        )
    assert reached(cohort) == [3, 3, 3, 3, 3, 1]


def test_who_was_put_in_as_enrolled_has_no_steps_before_it(app):
    cohort = CallFactory().workstream_id
    ApplicationFactory(workstream_id=cohort, entered=Entered.IMPORTED, stage=Stage.ENROLLED)
    (group,) = count_steps([cohort])
    assert group.joined_late
    assert group.reached == (0, 0, 0, 0, 1, 0)


def test_who_was_imported_as_an_applicant_has_all_steps(app):
    moves = [(Stage.ELIGIBLE, C), (Stage.OFFERED, R), (Stage.ACCEPTED, A), (Stage.ENROLLED, C)]
    cohort = walked(*moves, entered=Entered.IMPORTED).workstream_id
    assert reached(cohort) == [1, 1, 1, 1, 1, 0]


def test_a_deferred_place_counts_from_enrolment_on(app):
    first = ParticipantFactory(
        outcome=Outcome.DEFERRED, outcome_on=date(2021, 4, 1), outcome_reason="Ill"
    ).application
    second = walked(
        (Stage.ENROLLED, C),
        stage=Stage.ACCEPTED,
        entered=Entered.DEFERRED,
        deferred_from_id=first.id,
    )
    assert reached(first.workstream_id) == [1, 1, 1, 1, 1, 0]
    assert reached(second.workstream_id) == [0, 0, 0, 0, 1, 0]


def test_groups_and_ages(app):
    cohort = CallFactory().workstream_id
    for age in (18, 20, 21, 24, 25, 30, 31, 17, None):
        ApplicationFactory(workstream_id=cohort, age=age, area=Area.MELTON, source=Source.CSP)
    counted = {group.age: group.reached[0] for group in count_steps([cohort])}
    assert counted == {
        AgeBand.UNDER_18: 1, AgeBand.FROM_18_TO_20: 2, AgeBand.FROM_21_TO_24: 2,
        AgeBand.FROM_25_TO_30: 2, AgeBand.OVER_30: 1, None: 1,
    }  # fmt: skip
    assert {(group.area, group.source) for group in count_steps([cohort])} == {
        (Area.MELTON, Source.CSP)
    }


def test_one_query_however_many(app):
    cohorts = [walked(*TO_SHORTLIST).workstream_id for _ in range(5)]
    with statements() as sent:
        assert sum(reached(*cohorts)) == 15
    assert len(sent) == 1
