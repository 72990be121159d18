"""Delivery plans of the demo, and the replay of what was reported on them, oldest first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.accounts.models import User
from app.core.formatting import day
from app.delivery import agreement, asking
from app.delivery.models import Activity, DeliveryPlan, Milestone, PlanStatus, ProgressUpdate
from app.delivery.update_requests import UpdateRequest
from app.demo.dated_history import DatedHistory, at_work
from app.demo.facts.shapes import (
    ActivityFact,
    AskFact,
    MilestoneFact,
    PlanFact,
    UpdateFact,
    WordTableFact,
)
from app.demo.registry import Registry
from app.demo.stable_ids import stable_id
from app.demo.word_plans import import_word_plan
from app.extensions import db
from app.workstreams.models import Workstream


@dataclass(frozen=True)
class _Said:
    """An update that waits for its turn in the replay."""

    fact: UpdateFact
    activity: Activity
    milestones: dict[str, Milestone]

    @property
    def key(self) -> str:
        return f"{self.activity.id}:{self.fact.on}"

    @property
    def at(self) -> datetime:
        return at_work(self.fact.on, self.key)


class PlanLoader:
    """Adds plans as they were agreed; `replay` then lets the months pass."""

    def __init__(self, history: DatedHistory, known: Registry) -> None:
        self._history = history
        self._known = known
        self._said: list[_Said] = []
        self._imported: dict[str, Activity] = {}  # rows that came from a table, by their key
        self._done: list[tuple[Milestone, date]] = []  # done, and no update says so
        self._asked: list[tuple[AskFact, Activity, Workstream]] = []
        self._milestones: dict[str, tuple[Milestone, MilestoneFact]] = {}  # of one plan, by title

    def add(self, slug: str, fact: PlanFact, workstream: Workstream) -> None:
        """Add a plan with its rows and milestones, nothing reported yet."""
        at = at_work(fact.starts_on, slug)
        plan = DeliveryPlan(
            id=stable_id("plan", slug, at),
            workstream_id=workstream.id,
            title=fact.title,
            starts_on=fact.starts_on,
            ends_on=fact.ends_on,
        )
        db.session.add(plan)
        db.session.flush()
        self._milestones = {}
        for milestone in fact.milestones:
            self._milestone(slug, plan, None, milestone, at, ticked=False)
        if fact.table is not None:
            at = self._import(slug, plan, workstream, fact, fact.table, at)
        for place, row in enumerate(fact.activities):
            activity = self._activity(f"{slug}:{place}", slug, plan, place, row, at)
            if row.asked:
                self._asked.append((row.asked, activity, workstream))
        self._link()
        if fact.status is PlanStatus.AGREED:
            self._agree(plan, fact.starts_on)

    def _link(self) -> None:
        """Say which milestones of the plan wait for which, once all are there."""
        for milestone, fact in self._milestones.values():
            if fact.waits_for:
                milestone.waits_for = [self._milestones[title][0] for title in fact.waits_for]
        db.session.flush()

    def _import(
        self,
        slug: str,
        plan: DeliveryPlan,
        workstream: Workstream,
        fact: PlanFact,
        table: WordTableFact,
        at: datetime,
    ) -> datetime:
        """Bring the plan's table in as its lead would; gives the moment after it."""
        lead = db.session.get(User, workstream.lead_person_id)
        self._history.as_of(at, lead.id if lead else None)
        run = import_word_plan(
            run_id=stable_id("import", slug, at),
            table=table,
            rows=fact.activities,
            plan=plan,
            by=lead,
            make_id=lambda place: stable_id("activity", f"{slug}:{place}", at),
        )
        run.imported_at = at
        rows = db.session.scalars(
            sa.select(Activity).where(Activity.plan_id == plan.id).order_by(Activity.position)
        )
        self._imported = {f"{slug}:{place}": row for place, row in enumerate(rows)}
        afterwards = at + timedelta(minutes=20)
        self._history.as_of(afterwards, lead.id if lead else None)
        return afterwards

    def _agree(self, plan: DeliveryPlan, on: date) -> None:
        """The plans of the documents were agreed before anything was reported on them."""
        db.session.flush()
        plan.status, plan.submitted_on = PlanStatus.SUBMITTED, on
        db.session.flush()
        agreement.agree(plan=plan, version=plan.version, seen=None, by=None, on=on)

    def _activity(
        self,
        key: str,
        slug: str,
        plan: DeliveryPlan,
        place: int,
        fact: ActivityFact,
        at: datetime,
    ) -> Activity:
        activity = self._imported.get(key)
        if activity is None:
            activity = Activity(
                id=stable_id("activity", key, at),
                plan_id=plan.id,
                workstream_id=plan.workstream_id,
                position=place,
                what=fact.what,
                how=fact.how,
                reporting=fact.reporting,
            )
            activity.start_text, activity.start_on = fact.start or ("", None)
            activity.due_text, activity.due_on = fact.due or ("", None)
        activity.lead_person_id = self._known.person(fact.lead)
        activity.lead_organisation_id = self._known.organisation(fact.organisation)
        activity.reports_to_id = self._known.body(fact.reports_to)
        activity.contributors = [self._known.people[account] for account in fact.contributors]
        activity.aims = [self._known.aims[slug][number] for number in fact.aims]
        activity.domains = list(fact.domains)
        db.session.add(activity)
        db.session.flush()
        ticked = {title for update in fact.updates for title in update.ticked}
        milestones = {
            milestone.title: self._milestone(
                key, plan, activity, milestone, at, ticked=milestone.title in ticked
            )
            for milestone in fact.milestones
        }
        self._said += [_Said(update, activity, milestones) for update in fact.updates]
        return activity

    def _milestone(
        self,
        key: str,
        plan: DeliveryPlan,
        activity: Activity | None,
        fact: MilestoneFact,
        at: datetime,
        *,
        ticked: bool,
    ) -> Milestone:
        milestone = Milestone(
            id=stable_id("milestone", f"{key}:{fact.title}", at),
            plan_id=plan.id,
            workstream_id=plan.workstream_id,
            activity_id=activity.id if activity else None,
            title=fact.title,
            promised_text=fact.text or day(fact.on),
            promised_on=fact.on,
            forecast_on=fact.forecast_on,
            # One that an update ticks gets its date in the replay.
            done_on=None if ticked else fact.done_on,
            evidence=fact.evidence,
        )
        db.session.add(milestone)
        self._milestones[fact.title] = (milestone, fact)
        if ticked and fact.done_on:
            self._done.append((milestone, fact.done_on))
        return milestone

    def replay(self) -> None:
        """Post every update on its day, as its author."""
        done = {milestone.id: day for milestone, day in self._done}
        for said in sorted(self._said, key=lambda said: (said.at, said.key)):
            fact, activity = said.fact, said.activity
            author = self._known.people[fact.by] if fact.by else None
            self._history.as_of(said.at, author.id if author else None)
            milestones = [said.milestones[title] for title in fact.ticked]
            db.session.add(
                ProgressUpdate(
                    id=stable_id("update", said.key, said.at),
                    activity_id=activity.id,
                    workstream_id=activity.workstream_id,
                    author_id=author.id if author else None,
                    reported_on=fact.on,
                    posted_at=said.at,
                    text=fact.text,
                    rag=fact.rag,
                    rag_reason=fact.reason,
                    forecast_on=fact.forecast_on,
                    milestones=milestones,
                )
            )
            for milestone in milestones:
                milestone.done_on = done.get(milestone.id, fact.on)
            activity.rag, activity.rag_reason = fact.rag, fact.reason
            activity.forecast_on = fact.forecast_on
            activity.done_on = fact.on if fact.done else None
            activity.last_word_on = fact.on
        for asked in self._asked:
            self._ask(*asked)

    def _ask(self, fact: AskFact, activity: Activity, workstream: Workstream) -> None:
        """What `asking.ask` does, on the day of the fact."""
        at = at_work(fact.on, f"{activity.id}:asked")
        by, of = self._known.people[fact.by], self._known.people[fact.of]
        self._history.as_of(at, by.id)
        request = UpdateRequest(
            id=stable_id("request", str(activity.id), at),
            activity_id=activity.id,
            workstream_id=activity.workstream_id,
            asked_by_id=by.id,
            asked_of_id=of.id,
            asked_on=fact.on,
            asked_at=at,
            message=fact.message,
        )
        db.session.add(request)
        db.session.flush()
        mail = asking.send_mail(request, workstream.name, workstream.slug, activity, by, of)
        mail.created_at = at
