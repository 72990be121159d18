"""The stages of an application: one table says who moves it from where to where."""

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import ApplicationMove
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import ENDED, MOVES, PLACED, Mover, Stage, may_move, moves_for
from app.core.errors import Refused
from app.core.history import ChangeRecord
from app.extensions import db
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import ApplicationFactory


def test_every_stage_is_in_the_table_and_can_be_reached():
    assert set(MOVES) == set(Stage)
    reached = {after for moves in MOVES.values() for after in moves}
    assert reached == set(Stage)


def test_what_an_applicant_learns_from_is_moved_by_a_release_alone():
    for before, moves in MOVES.items():
        for told in (Stage.OFFERED, Stage.UNSUCCESSFUL):
            assert moves.get(told, {Mover.RELEASE}) == {Mover.RELEASE}, before


def test_before_the_release_nobody_can_read_from_what_they_are_told_how_it_stands():
    words = {stage.told_as for stage in (Stage.SUBMITTED, Stage.ELIGIBLE, Stage.SHORTLISTED)}
    assert len(words) == 1


def test_whoever_has_not_come_to_an_end_can_withdraw():
    for stage in set(Stage) - set(ENDED) - {Stage.ENROLLED}:
        assert may_move(Mover.APPLICANT, stage, Stage.WITHDRAWN), stage


def test_a_place_is_taken_from_the_offer_on():
    assert PLACED == (Stage.OFFERED, Stage.ACCEPTED, Stage.ENROLLED)


def test_a_move_keeps_who_when_why(app):
    application, by = ApplicationFactory(), UserFactory()
    move(
        application=application, to=Stage.ELIGIBLE, mover=Mover.COORDINATOR, by=by, why="Lives here"
    )
    assert application.stage is Stage.ELIGIBLE
    kept = db.session.scalars(sa.select(ApplicationMove)).one()
    assert (kept.before, kept.after, kept.why) == (Stage.SUBMITTED, Stage.ELIGIBLE, "Lives here")
    assert (kept.by_id, kept.mover) == (by.id, Mover.COORDINATOR)
    assert kept.at is not None and kept.on is not None


def test_what_the_table_does_not_have_is_refused_and_changes_nothing(app):
    application = ApplicationFactory()
    with pytest.raises(Refused, match="cannot go to “Enrolled”"):
        move(application=application, to=Stage.ENROLLED, mover=Mover.COORDINATOR)
    assert application.stage is Stage.SUBMITTED
    assert db.session.scalars(sa.select(ApplicationMove)).all() == []


def test_submitting_is_stamped_once(app):
    application = ApplicationFactory(stage=Stage.DRAFT)
    assert application.submitted_at is None
    move(application=application, to=Stage.SUBMITTED, mover=Mover.APPLICANT)
    assert application.submitted_at is not None


def test_a_coordinator_is_offered_only_what_the_table_has():
    assert moves_for(Mover.COORDINATOR, Stage.SUBMITTED) == [Stage.ELIGIBLE, Stage.WITHDRAWN]


def test_history_keeps_what_is_personal_apart(app):
    application = ApplicationFactory(name="Zelda Quist")
    record = db.session.scalars(
        sa.select(ChangeRecord).where(ChangeRecord.subject_id == application.id)
    ).one()
    assert "Zelda Quist" not in str(record.changes)
    assert "Zelda Quist" in str(record.personal)
