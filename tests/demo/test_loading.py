"""Loading the demo: once, only into a database of its own, with a history that looks lived in."""

import pytest
import sqlalchemy as sa
from flask_security.utils import verify_password

from app.accounts.models import Invitation, User
from app.core import clock
from app.core.flags import flags_for
from app.core.history import ChangeRecord
from app.core.rights import Right
from app.delivery.flags import DUE_SOON, OVERDUE, RED, SILENT
from app.delivery.models import Activity, ProgressUpdate
from app.demo import loading
from app.demo.guarding import NotTheDemos
from app.extensions import db
from app.people_zones.flags import MISSING_AGENCY
from app.workstreams.models import Workstream
from app.workstreams.queries import find_place
from tests.conftest import TODAY, make_app
from tests.factories.accounts import UserFactory
from tests.rules.conftest import ROLES


def user(account):
    return db.session.scalars(
        sa.select(User).where(User.email == f"{account}@waymark.example")
    ).one()


def counts():
    return {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in db.metadata.sorted_tables
    }


def ids():
    return set(db.session.scalars(sa.select(Activity.id)))


def test_loading_again_changes_nothing(demo_mode):
    assert loading.load() is True
    before = counts()
    assert loading.load() is False
    assert counts() == before


def test_ids_are_the_same_in_every_database(demo_mode):
    loading.load()
    first = ids()
    db.session.rollback()
    assert ids() == set()
    loading.load()
    assert ids() == first


def test_it_loads_only_in_demo_mode(app):
    with pytest.raises(NotTheDemos, match="WAYMARK_DEMO"):
        loading.load()
    assert counts()["users"] == 0


def test_it_refuses_a_database_that_holds_other_people(demo_mode):
    UserFactory(email="somebody@council.test")
    before = counts()
    with pytest.raises(NotTheDemos, match="holds people who are not the demo's"):
        loading.load()
    assert counts() == before


def test_somebody_invited_from_within_the_demo_is_no_stranger(demo_mode):
    loading.load()
    guest = UserFactory(email="guest@council.test")
    invited = Invitation(
        user_id=guest.id,
        invited_by_id=user("officer").id,
        token_hash="0" * 64,
        expires_at=clock.now(),
    )
    db.session.add(invited)
    db.session.flush()
    assert loading.load() is False


def test_the_command_says_what_it_did(demo_mode):
    runner = demo_mode.test_cli_runner()
    assert "The demo is loaded." in runner.invoke(args=["demo", "load"]).output
    assert "already loaded" in runner.invoke(args=["demo", "load"]).output


def test_the_command_fails_outside_the_demo(app):
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code != 0
    assert "WAYMARK_DEMO" in result.output


def test_the_demo_serves_no_page_from_a_database_with_other_people(app, tmp_path):
    UserFactory(email="somebody@council.test")
    db.session.commit()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    demo_app = make_app(url, tmp_path, DEMO=True)
    try:
        response = demo_app.test_client().get("/privacy")
        assert response.status_code == 503
        assert "the demo’s database" in response.text or "demo&#39;s database" in response.text
    finally:
        with demo_app.app_context():
            db.engine.dispose()


def test_only_the_accounts_of_the_sign_in_page_can_sign_in(demo_mode):
    loading.load()
    with_password = set(db.session.scalars(sa.select(User.email).where(User.password.is_not(None))))
    assert with_password == {f"{name}@waymark.example" for name in ROLES}
    assert verify_password(demo_mode.config["DEMO_PASSWORD"], user("lead").password)


def test_each_kind_of_flag_is_there_for_the_lead_on_18_june(demo_mode):
    loading.load()
    found = {flag.kind for flag in flags_for(user("lead"), TODAY)}
    assert found >= {
        OVERDUE,
        RED,
        DUE_SOON,
        SILENT,
        MISSING_AGENCY,
    }


def test_the_contributor_owes_something(demo_mode):
    loading.load()
    assert flags_for(user("contributor"), TODAY)


def test_whoever_is_given_something_may_answer_it(demo_mode):
    """Leads, contributors and the authors of updates hold a role that lets them post one."""
    loading.load()
    slugs = {w.id: w.slug for w in db.session.scalars(sa.select(Workstream))}
    given = {
        (slugs[activity.workstream_id], person)
        for activity in db.session.scalars(sa.select(Activity))
        for person in (activity.lead_person, *activity.contributors)
    } | {(slugs[u.workstream_id], u.author) for u in db.session.scalars(sa.select(ProgressUpdate))}
    for slug, person in given:
        if person is not None:
            place = find_place(person, slug)
            assert place and place.can(Right.UPDATE_ACTIVITY, assigned=True), (slug, person.name)


def test_a_plan_shows_what_its_newest_update_says(demo_mode):
    loading.load()
    for activity in db.session.scalars(sa.select(Activity)):
        newest = db.session.scalars(
            sa.select(ProgressUpdate)
            .where(ProgressUpdate.activity_id == activity.id)
            .order_by(ProgressUpdate.id.desc())
            .limit(1)
        ).one_or_none()
        if newest is None and activity.carried_from_id:
            before = db.session.get(Activity, activity.carried_from_id)
            assert (activity.rag, activity.last_word_on) == (before.rag, before.last_word_on)
            continue
        if newest is None:
            assert (activity.rag, activity.last_word_on) == (None, None)
            continue
        assert activity.rag == newest.rag
        assert activity.rag_reason == newest.rag_reason
        assert activity.forecast_on == newest.forecast_on
        assert activity.last_word_on == newest.reported_on


def test_nothing_has_happened_after_today(demo_mode):
    loading.load()
    for column in (ProgressUpdate.reported_on, Activity.done_on):
        assert db.session.scalar(sa.select(sa.func.max(column))) <= TODAY


def test_history_is_dated_and_by_those_who_said_it(demo_mode):
    loading.load()
    records = db.session.scalars(sa.select(ChangeRecord).order_by(ChangeRecord.id)).all()
    assert [record.at for record in records] == sorted(record.at for record in records)
    posted = {record.subject_id: record for record in records}
    for update in db.session.scalars(sa.select(ProgressUpdate)):
        assert posted[update.id].actor_id == update.author_id
        assert clock.on_day(posted[update.id].at) == update.reported_on
    first = records[0]
    assert first.actor_id is None
    assert clock.on_day(first.at) < TODAY
