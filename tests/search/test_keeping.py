"""The index is what would be made from scratch, whoever wrote and however; here it is compared."""

import uuid
from datetime import date

import pytest
import sqlalchemy as sa

from app.core import clock, searching
from app.core.restoring import latest_change_id, undo
from app.delivery import services
from app.delivery.importing.applying import import_grid
from app.delivery.importing.choices import guess
from app.delivery.importing.undoing import undo_import
from app.delivery.models import Activity
from app.demo import loading, scaling
from app.extensions import db
from app.importing.grids import Cell, Grid, Row
from app.people_zones.models import ZoneProfile
from app.search.keeping import rebuild
from app.search.models import SearchEntry
from app.workstreams.services import archive_workstream, bring_back_workstream
from tests.client import new_id
from tests.factories.delivery import ActivityFactory, MilestoneFactory, ProgressUpdateFactory
from tests.factories.evaluation import NoteFactory, RecommendationFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.people_zones import ZoneFundingFactory, ZoneProfileFactory
from tests.factories.theory_of_change import NodeFactory, TheoryFactory
from tests.factories.workstreams import AimFactory, WorkstreamFactory
from tests.search.conftest import kinds, titles

PLAN = "/workstreams/heron-quay/plan"


def kept():
    """Every entry, but for the number that each was given; and what the database's own words say."""
    db.session.flush()
    columns = [c for c in SearchEntry.__table__.columns if c.name != "id"]
    order = (SearchEntry.kind, SearchEntry.subject_id)
    return db.session.execute(sa.select(*columns).order_by(*order)).all()


def check():
    """What is kept is what would be made from scratch; gives it."""
    before = kept()
    rebuild(db.session())
    assert before == kept()
    return before


def test_one_of_everything(scene):
    ZoneProfileFactory(workstream_id=scene.workstream.id)
    ZoneFundingFactory(workstream_id=scene.workstream.id, source="A fund")
    NodeFactory(theory=TheoryFactory(workstream_id=scene.workstream.id))
    IndicatorFactory(workstream_id=scene.workstream.id)
    NoteFactory(workstream_id=scene.workstream.id)
    RecommendationFactory(workstream_id=scene.workstream.id)
    assert {entry.kind for entry in check()} == {source.kind for source in searching.sources()}


def test_rows_of_an_import_are_found_at_once(scene):
    texts = [["Activity", "How taken forward"], ["Count the herons", "By boat"], ["Otter walk", ""]]
    grid = Grid("Plan", [Row(n, tuple(map(Cell, row))) for n, row in enumerate(texts, start=1)])
    run = import_grid(
        run_id=uuid.uuid4(),
        file_name="plan.csv",
        grid=grid,
        choices=guess([grid]),
        plan=scene.plan,
        by=scene.lead,
    )
    assert titles(scene.lead, "otter") == ["Otter walk"]
    assert titles(scene.lead, "boat") == ["Count the herons"]
    assert titles(scene.lead, "binoculars") == []
    check()
    undo_import(run=run, by=scene.lead)
    assert titles(scene.lead, "otter") == titles(scene.lead, "boat") == []
    assert titles(scene.lead, "binoculars") == ["Count the herons"]
    check()


def test_every_way_of_changing_a_plan_keeps_it_right(client, scene):
    client.sign_in(scene.lead)
    activity, milestone = scene.activity.id, scene.milestone.id
    steps = [
        (f"activities/{activity}/update", {
            "id": new_id(), "version": "1", "text": "Otters", "rag": "red", "rag_reason": "Voles",
            "forecast_on": "",
        }),
        (f"milestones/{milestone}/tick", {}),
        (f"milestones/{milestone}/edit", {
            "version": "2", "title": "Otter day", "promised_words": "June 2021",
            "promised_on": "", "forecast_on": "1/8/2021", "done_on": "", "evidence": "Seen",
        }),
        ("edit", {
            "version": "1", "title": "Otter plan", "starts_on": "1/4/2021", "ends_on": "31/3/2022",
        }),
        (f"milestones/{milestone}/remove", {"version": "3"}),
        (f"activities/{activity}/remove", {"version": "2"}),
    ]  # fmt: skip
    seen = []
    for path, data in steps:
        assert client.post(f"{PLAN}/{path}", data=data).status_code == 303, path
        check()
        seen.append((kinds(scene.lead, "otter"), kinds(scene.lead, "voles")))
    assert seen == [
        (["update"], ["update"]),
        (["update"], ["update"]),
        (["milestone", "update"], ["update"]),
        (["plan", "milestone", "update"], ["update"]),
        (["plan", "update"], ["update"]),
        (["plan"], []),
    ]


def test_what_is_removed_is_not_found_until_it_is_brought_back(scene):
    assert "issue" in kinds(scene.lead, "heron")
    scene.issue.archived_at = clock.now()
    assert "issue" not in kinds(scene.lead, "heron")
    check()
    scene.issue.archived_at = None
    assert "issue" in kinds(scene.lead, "heron")
    check()


def test_a_removed_activity_takes_its_milestones_and_updates_along_and_back(scene):
    services.remove_activity(activity=scene.activity, version=scene.activity.version)
    left = kinds(scene.lead, "heron")
    assert left == ["workstream", "plan", "aim", "issue"]
    check()
    undo(change_id=latest_change_id(scene.activity.id))
    assert kinds(scene.lead, "heron") == [*left, "activity", "milestone", "update"]
    check()


def test_a_milestone_of_a_removed_activity_stays_away(scene):
    services.remove_activity(activity=scene.activity, version=scene.activity.version)
    scene.milestone.title = "Heron again"
    MilestoneFactory(plan=scene.plan, activity_id=scene.activity.id, title="Late heron")
    assert "milestone" not in kinds(scene.lead, "heron")
    check()


def test_updates_are_called_after_their_activity_when_that_is_renamed(scene):
    scene.activity.what = "Count the egrets"
    assert titles(scene.lead, "canal") == ["Count the egrets"]
    check()


def test_an_archived_workstream_vanishes_whole_and_those_below_it_stay(scene):
    below = WorkstreamFactory(parent_id=scene.workstream.id)
    AimFactory(workstream_id=below.id, text="Heron below")
    archive_workstream(workstream=scene.workstream)
    assert titles(scene.lead, "heron") == ["Heron below"]
    AimFactory(workstream_id=scene.workstream.id, text="Heron while archived")
    assert titles(scene.lead, "heron") == ["Heron below"]
    check()
    bring_back_workstream(workstream=scene.workstream)
    assert len(titles(scene.lead, "heron")) == 9
    check()


def test_a_row_that_is_deleted_is_forgotten(scene):
    profile = ZoneProfileFactory(workstream_id=scene.workstream.id, area="Otter Meadow")
    assert kinds(scene.lead, "otter") == ["area"]
    profile.area = ""
    assert kinds(scene.lead, "otter") == []
    profile.area = "Otter Meadow"
    db.session.flush()
    db.session.delete(profile)
    assert kinds(scene.lead, "otter") == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ZoneProfile)) == 0
    check()


def test_what_is_rolled_back_was_never_found(scene):
    db.session.commit()
    AimFactory(workstream_id=scene.workstream.id, text="Otters")
    scene.aim.text = "Voles"
    assert kinds(scene.lead, "otters") == ["aim"]
    db.session.rollback()
    assert kinds(scene.lead, "otters") == []
    assert kinds(scene.lead, "voles") == []
    assert "aim" in kinds(scene.lead, "heron")
    check()


def test_a_savepoint_that_fails_leaves_no_word(scene):
    db.session.flush()
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        scene.aim.text = "Otters"
        db.session.flush()
        AimFactory(workstream_id=scene.workstream.id, text="")
    assert kinds(scene.lead, "otters") == []
    check()


def test_a_change_that_changes_no_word_writes_nothing(scene):
    db.session.flush()
    before = db.session.scalar(
        sa.select(SearchEntry.id).where(SearchEntry.subject_id == scene.aim.id)
    )
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        scene.aim.position = 5
        db.session.flush()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    assert [s for s in statements if "search_entries" in s and not s.startswith("SELECT")] == []
    assert before == db.session.scalar(
        sa.select(SearchEntry.id).where(SearchEntry.subject_id == scene.aim.id)
    )


def test_what_is_written_past_the_session_is_refreshed(scene):
    db.session.flush()
    db.session.execute(
        sa.update(Activity).where(Activity.id == scene.activity.id).values(what="Count the otters")
    )
    assert titles(scene.lead, "otters") == []
    searching.refresh(db.session(), Activity, [scene.activity.id])
    assert titles(scene.lead, "otters") == ["Count the otters"]
    assert titles(scene.lead, "canal") == ["Count the otters"]
    check()


def test_the_command_mends_an_index_that_somebody_has_broken(app, scene):
    db.session.commit()
    whole = kept()
    db.session.execute(sa.delete(SearchEntry).where(SearchEntry.kind != "aim"))
    db.session.commit()
    assert kinds(scene.lead, "heron") == ["aim"]
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.exit_code == 0, result.output
    assert "7 things can be found." in result.output
    db.session.rollback()
    assert kept() == whole
    assert len(kinds(scene.lead, "heron")) == 7


def test_rebuilding_many_takes_several_rounds(scene, monkeypatch):
    monkeypatch.setattr("app.search.keeping._BATCH", 3)
    for number in range(10):
        ActivityFactory(plan=scene.plan, what=f"Otter {number}")
        ProgressUpdateFactory(activity=scene.activity, reported_on=date(2021, 5, 1 + number))
    check()
    assert len(titles(scene.lead, "otter")) == 10


def test_forgotten_words_leave_nothing_in_the_table_of_words(scene):
    """SQLite is told by us what to forget; a word too few would stay for ever."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own")
    for text in ("Otters", "Voles and otters", "Herons"):
        scene.aim.text = text
        db.session.flush()
    rebuilt = _vocabulary()
    rebuild(db.session())
    assert rebuilt == _vocabulary()
    db.session.execute(
        sa.text("INSERT INTO search_words (search_words) VALUES ('integrity-check')")
    )


def _vocabulary():
    db.session.execute(
        sa.text(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen USING fts5vocab('main', 'search_words', 'row')"
        )
    )
    found = db.session.execute(sa.text("SELECT term, doc, cnt FROM temp.seen WHERE doc > 0")).all()
    db.session.execute(sa.text("DROP TABLE temp.seen"))
    return found


def test_the_demo_and_what_is_loaded_in_bulk_are_whole(app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", True)
    loading.load()
    scaling.scale(workstreams=12, activities=30, changes=0)
    bulk = {entry.kind for entry in kept() if entry.body.startswith("The partners met")}
    assert bulk == {"update"}
    check()
