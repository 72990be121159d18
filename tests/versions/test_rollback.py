"""The plan rolled back to a moment is the version that was taken at that moment."""

import contextlib
import random
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from app.core import restoring
from app.core.database import new_id
from app.core.errors import Refused
from app.core.history import ChangeRecord
from app.delivery import agreement, progress, services
from app.delivery.columns import reference_of
from app.delivery.content import PlanContent, content_now
from app.delivery.importing.applying import import_grid
from app.delivery.importing.choices import guess
from app.delivery.importing.models import ImportRun
from app.delivery.importing.undoing import undo_import
from app.delivery.models import Activity, Milestone, PlanStatus, Rag, VersionKind
from app.extensions import db
from app.importing.grids import Cell, Grid, Row
from app.versions import reading
from app.workstreams.models import ResilienceDomain
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import AimFactory, BodyFactory
from tests.versions.dated import on


def newer_than(marker, plan):
    """The records made after one, newest first."""
    return db.session.execute(
        sa.select(
            ChangeRecord.subject_type,
            ChangeRecord.subject_id,
            ChangeRecord.action,
            ChangeRecord.changes,
        )
        .where(ChangeRecord.workstream_id == plan.workstream_id, ChangeRecord.id > marker)
        .order_by(ChangeRecord.id.desc())
    ).all()


def newest_record():
    db.session.flush()
    return db.session.scalar(sa.select(ChangeRecord.id).order_by(ChangeRecord.id.desc()).limit(1))


def without_agreement(content):
    """The same without `agreed_on`, which is set in one go and leaves no history of its own."""
    rows = [
        {key: {k: v for k, v in row.items() if k != "agreed_on"} for key, row in table.items()}
        for table in (content.activities, content.milestones)
    ]
    return PlanContent(content.plan, *rows)


def assert_same(found, expected):
    found, expected = without_agreement(found), without_agreement(expected)
    assert found == expected
    assert list(found.activities) == list(expected.activities)
    assert list(found.milestones) == list(expected.milestones)


class Editor:
    """Somebody who does one thing after another to a plan, through the services."""

    def __init__(self, plan, chance):
        self.plan, self.chance = plan, chance
        self.people = UserFactory.create_batch(3)
        self.organisations = OrganisationFactory.create_batch(2)
        self.bodies = BodyFactory.create_batch(2)
        self.aims = AimFactory.create_batch(3, workstream_id=plan.workstream_id)

    def rows(self, model, *, live=True):
        is_live = model.archived_at.is_(None) if live else model.archived_at.is_not(None)
        return list(
            db.session.scalars(
                sa.select(model).where(model.plan_id == self.plan.id, is_live).order_by(model.id)
            )
        )

    def act(self):
        getattr(self, self.chance.choice([n for n in dir(self) if n.startswith("do_")]))()
        db.session.flush()

    def some(self, things):
        return self.chance.sample(things, self.chance.randint(0, len(things)))

    def day(self):
        return date(2021, 6, 1) + timedelta(days=self.chance.randint(0, 200))

    def words(self):
        day = self.day()
        no_day = self.chance.random() < 0.3
        return services.ActivityWords(
            what=f"Activity {self.chance.random()}",
            how=self.chance.choice(["", "Weekly", "Each month"]),
            lead_person_id=self.chance.choice([None, *(p.id for p in self.people)]),
            lead_organisation_id=self.chance.choice([None, *(o.id for o in self.organisations)]),
            contributor_ids=[p.id for p in self.some(self.people)],
            aim_ids=[a.id for a in self.some(self.aims)],
            domains=self.some(list(ResilienceDomain)),
            reports_to_id=self.chance.choice([None, *(b.id for b in self.bodies)]),
            due=("", None) if no_day else (f"by {day}", day),
        )

    def do_add(self):
        services.add_activity(plan=self.plan, activity_id=new_id(), words=self.words())

    do_add_too = do_add

    def do_edit(self):
        for row in self.rows(Activity)[:1]:
            services.edit_activity(activity=row, version=row.version, words=self.words())

    def do_move(self):
        rows = self.rows(Activity)
        if len(rows) > 1:
            row, before = self.chance.sample(rows, 2)
            services.move_activity(
                plan=self.plan, activity_id=row.id, by=self.people[0], before=before.id
            )

    def do_move_down(self):
        for row in self.chance.sample(self.rows(Activity), min(1, len(self.rows(Activity)))):
            services.move_activity(plan=self.plan, activity_id=row.id, by=self.people[0], places=1)

    def do_remove(self):
        rows = self.rows(Activity)
        if len(rows) > 2:
            row = self.chance.choice(rows)
            services.remove_activity(activity=row, version=row.version)

    def do_bring_back(self):
        for row in self.rows(Activity, live=False)[:1]:
            self.undo(row)

    def do_undo_something(self):
        for row in self.rows(Activity)[-1:]:
            self.undo(row)

    def undo(self, row):
        change = restoring.latest_change_id(row.id)
        with contextlib.suppress(Refused):  # not everything can be undone
            restoring.undo(change_id=change)
        db.session.flush()

    def do_add_milestone(self):
        rows = self.rows(Activity)
        services.add_milestone(
            plan=self.plan,
            milestone_id=new_id(),
            activity=self.chance.choice([None, *rows]),
            title=f"Milestone {self.chance.random()}",
            promised=("then", self.day()),
        )

    def do_edit_milestone(self):
        for row in self.rows(Milestone)[-1:]:
            services.edit_milestone(
                milestone=row,
                version=row.version,
                title=f"Other {self.chance.random()}",
                promised=("later", self.day()),
                forecast_on=self.chance.choice([None, self.day()]),
                done_on=None,
                evidence="Seen",
            )

    def do_remove_milestone(self):
        for row in self.rows(Milestone)[:1]:
            services.remove_milestone(milestone=row, version=row.version)

    def do_tick(self):
        for row in self.rows(Milestone)[:1]:
            progress.tick(milestone=row)

    def do_update(self):
        rows = self.rows(Activity)
        if rows:
            row = self.chance.choice(rows)
            progress.post_update(
                activity=row,
                update_id=new_id(),
                version=row.version,
                by=self.people[0],
                text="Said",
                rag=self.chance.choice(list(Rag)),
                rag_reason="Because",
                forecast_on=self.chance.choice([None, self.day()]),
                done=self.chance.random() < 0.3,
            )

    def do_import(self):
        """Some rows changed, others new."""
        references = [reference_of(row.id) for row in self.some(self.rows(Activity))] + ["", ""]
        aims = "; ".join(aim.text for aim in self.some(self.aims))
        table = [["Reference", "Activity", "How taken forward", "Timeline", "Serves"]]
        for reference in references:
            what, how = f"Activity {self.chance.random()}", self.chance.choice(["Daily", ""])
            table.append([reference, what, how, f"by {self.day()}", aims])
        rows = [Row(n, tuple(map(Cell, texts))) for n, texts in enumerate(table, start=1)]
        grid = Grid("Plan", rows)
        import_grid(
            run_id=new_id(),
            file_name="plan.csv",
            grid=grid,
            choices=guess([grid]),
            plan=self.plan,
            by=self.people[0],
        )

    def do_undo_import(self):
        run = db.session.scalar(
            sa.select(ImportRun)
            .where(ImportRun.plan_id == self.plan.id, ImportRun.undone_at.is_(None))
            .order_by(ImportRun.id.desc())
            .limit(1)
        )
        if run:
            with contextlib.suppress(Refused):  # something newer may stand on it
                undo_import(run=run, by=self.people[0])

    def do_rename(self):
        services.edit_plan(
            plan=self.plan,
            version=self.plan.version,
            title=f"Plan {self.chance.random()}",
            starts_on=date(2021, 4, 1),
            ends_on=self.day(),
        )


@pytest.mark.parametrize("seed", range(6))
def test_rolled_back_it_reads_as_the_version_taken_then(plan, seed):
    editor = Editor(plan, random.Random(seed))
    taken = []
    for step in range(60):
        editor.act()
        if step % 6 == 0:
            version = agreement.take_version(plan=plan, kind=VersionKind.KEPT, by=None)
            taken.append((newest_record(), version))
    rows = reading.rows_of([plan.id])[plan.id]
    assert_same(rows.content(), content_now(plan))
    assert len(taken) == 10
    for marker, version in taken:
        then = rows.as_it_stood(newer_than(marker, plan)).content()
        assert_same(then, reading.content_of(version))


def test_agreeing_in_between_does_not_confuse_it(plan):
    row = ActivityFactory(plan=plan, what="First words")
    before, marker = content_now(plan), newest_record()
    plan.status = PlanStatus.SUBMITTED
    agreement.agree(plan=plan, version=plan.version, seen=None, by=None, on=date(2021, 6, 1))
    row.what = "Second words"
    db.session.flush()
    rows = reading.rows_of([plan.id])[plan.id]
    assert_same(rows.as_it_stood(newer_than(marker, plan)).content(), before)


def test_positions_shared_by_two_rows_still_move_back(plan):
    first, second, third = (ActivityFactory(plan=plan, position=0) for _ in range(3))
    before, marker = content_now(plan), newest_record()
    services.move_activity(plan=plan, activity_id=third.id, by=UserFactory(), places=-2)
    services.move_activity(plan=plan, activity_id=first.id, by=UserFactory(), places=5)
    assert list(content_now(plan).activities) == [str(r.id) for r in (third, second, first)]
    rows = reading.rows_of([plan.id])[plan.id]
    assert_same(rows.as_it_stood(newer_than(marker, plan)).content(), before)


def test_a_removed_row_comes_back_where_it_was_after_others_were_moved(plan):
    a, b, c, d = (ActivityFactory(plan=plan, position=place) for place in range(4))
    services.remove_activity(activity=b, version=b.version)
    services.move_activity(plan=plan, activity_id=d.id, by=UserFactory(), before=c.id)
    restoring.undo(change_id=restoring.latest_change_id(b.id))
    assert list(content_now(plan).activities) == [str(row.id) for row in (a, b, d, c)]


def test_the_end_of_a_day_is_midnight_in_london(plan):
    row = ActivityFactory(plan=plan, what="One")
    with on(date(2021, 5, 1), at=time(23, 30)):
        row.what = "Two"
    with on(date(2021, 5, 2), at=time(0, 30)):
        row.what = "Three"
    rows = reading.rows_of([plan.id])[plan.id]

    def at(day):
        records = [
            one
            for one in reading.recorded_since([plan.workstream_id], day)[plan.workstream_id]
            if one.action == "updated"
        ]
        return rows.as_it_stood(records).content().activities[str(row.id)]["what"]

    assert at(date(2021, 4, 30)) == "One"
    assert at(date(2021, 5, 1)) == "Two"
    assert at(date(2021, 5, 2)) == "Three"


def test_before_it_was_started_there_is_nothing(app):
    with on(date(2021, 5, 1)):
        plan = DeliveryPlanFactory()
        ActivityFactory(plan=plan)
        MilestoneFactory(plan=plan)
    rows = reading.rows_of([plan.id])[plan.id]
    recorded = reading.recorded_since([plan.workstream_id], date(2021, 4, 30))
    then = rows.as_it_stood(recorded[plan.workstream_id])
    assert then.plan is None
    assert then.content() == PlanContent({})


def test_reading_many_plans_takes_as_many_queries_as_one(app):
    from tests.statements import statements

    plans = [DeliveryPlanFactory() for _ in range(5)]
    for plan in plans:
        ActivityFactory(plan=plan)
    with statements() as sent:
        found = reading.rows_of([plan.id for plan in plans])
    assert len(found) == 5
    assert len(sent) == 5
