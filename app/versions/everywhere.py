"""What changed in the plan of every workstream that one may see: a page of plans in a fixed number of
queries, whatever has changed. Starts from `visible_ids`, so nothing tells of what is hidden."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.core import clock
from app.core.formatting import count, day
from app.core.history import ChangeRecord
from app.core.paging import Page
from app.delivery.filters import as_of
from app.delivery.models import Activity, DeliveryPlan, Milestone, ProgressUpdate
from app.delivery.plan_reading import current_plans
from app.extensions import db
from app.history.queries import first_id
from app.versions import reading
from app.versions.comparison import Comparison, RowDiff, compare
from app.versions.forms import Typed
from app.versions.pages import status_notes
from app.versions.points import read_past_day
from app.versions.summary import THE_SAME, summary
from app.versions.views import tags
from app.workstreams.models import Workstream, WorkstreamKind
from app.workstreams.queries import visible_ids

PAGE_SIZE = 20
UNASKED = timedelta(days=7)
# Rows named below a plan's summary; its own page has them all.
MOST_ROWS = 12


@dataclass(frozen=True)
class Wanted:
    """What the URL asks for."""

    since: date
    kind: str
    within: str  # the slug of a workstream: it and what is below it
    typed: Typed

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Wanted":
        """A kind that means nothing is dropped; a day that does is told."""
        text = args.get("since", "").strip()
        since, errors = clock.today() - UNASKED, {}
        if text:
            try:
                since = read_past_day(text)
            except ValueError as error:
                errors["since"] = str(error)
        kind = args.get("kind", "")
        return cls(
            since,
            kind if kind in {*WorkstreamKind} else "",
            args.get("within", ""),
            Typed({"since": text if errors else day(since)}, errors),
        )

    def url(self, **changes: str | int) -> str:
        """The page with these wishes, changed as said; "" takes one away."""
        chosen = {"since": self.since.isoformat(), "kind": self.kind, "within": self.within}
        query = {name: value for name, value in {**chosen, **changes}.items() if value}
        return f"/changes?{urlencode(query)}"


@dataclass(frozen=True)
class PlanChanges:
    """A plan on the page."""

    slug: str
    name: str
    above: str  # the names of the workstreams above it that may be seen
    title: str
    url: str
    summary: list[str]
    rows: list[tuple[str, str]]  # (what happened, to what)
    more: int


@dataclass(frozen=True)
class Everywhere:
    """The page, and what it is a page of."""

    pager: Page[PlanChanges]
    plans: int  # how many plans were looked at
    places: list[tuple[str, str, int]]  # (slug, name, depth) of all that may be chosen from


def page_of(reader: User, wanted: Wanted, number: int) -> Everywhere:
    """Page `number` of the plans that changed after the day `wanted.since`, in the order of the tree."""
    streams = _in_tree_order(_visible(reader, wanted.since))
    chosen = _chosen(streams, wanted)
    changed = [stream for stream in chosen if stream.row.changed]
    number = min(number, max(1, -(-len(changed) // PAGE_SIZE)))
    shown = changed[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    pager = Page(
        _told(shown, wanted.since),
        number,
        len(changed),
        PAGE_SIZE,
        lambda n: wanted.url(page=n if n > 1 else ""),
    )
    return Everywhere(
        pager,
        plans=sum(stream.row.plan_id is not None for stream in chosen),
        places=[(s.row.slug, s.row.name, s.depth) for s in streams],
    )


def _visible(reader: User, since: date) -> Sequence[Any]:
    """The workstreams that the reader may see, by name, each with its plan and whether that changed."""
    plans = current_plans()
    activity, milestone = aliased(Activity), aliased(Milestone)
    changed = (
        sa.exists()
        .where(
            ChangeRecord.workstream_id == Workstream.id,
            ChangeRecord.id >= first_id(since + timedelta(days=1)),
            ChangeRecord.subject_type.in_(reading.KINDS),
            sa.or_(
                ChangeRecord.subject_id == plans.c.id,
                sa.exists().where(
                    activity.id == ChangeRecord.subject_id, activity.plan_id == plans.c.id
                ),
                sa.exists().where(
                    milestone.id == ChangeRecord.subject_id, milestone.plan_id == plans.c.id
                ),
            ),
        )
        .correlate(Workstream, plans)
    )
    statement = (
        sa.select(
            Workstream.id,
            Workstream.parent_id,
            Workstream.slug,
            Workstream.name,
            Workstream.kind,
            plans.c.id.label("plan_id"),
            sa.and_(plans.c.id.is_not(None), changed).label("changed"),
        )
        .outerjoin(plans, plans.c.workstream_id == Workstream.id)
        .where(Workstream.id.in_(visible_ids(reader)), Workstream.archived_at.is_(None))
        .order_by(sa.func.lower(Workstream.name), Workstream.id)
    )
    return db.session.execute(statement, as_of(clock.today())).all()


@dataclass(frozen=True)
class _Stream:
    row: Any
    above: tuple[Any, ...]  # the rows above it, from the top

    @property
    def depth(self) -> int:
        return len(self.above)


def _in_tree_order(rows: Sequence[Any]) -> list[_Stream]:
    """Each workstream before those below it; one whose parent is hidden stands at the top."""
    seen = {row.id for row in rows}
    children: dict[uuid.UUID | None, list[Any]] = defaultdict(list)
    for row in rows:
        children[row.parent_id if row.parent_id in seen else None].append(row)
    found: list[_Stream] = []
    waiting = [_Stream(row, ()) for row in reversed(children[None])]
    while waiting:
        stream = waiting.pop()
        found.append(stream)
        above = (*stream.above, stream.row)
        waiting += [_Stream(row, above) for row in reversed(children[stream.row.id])]
    return found


def _chosen(streams: Sequence[_Stream], wanted: Wanted) -> list[_Stream]:
    return [
        stream
        for stream in streams
        if (not wanted.kind or stream.row.kind == wanted.kind)
        and (
            not wanted.within
            or any(row.slug == wanted.within for row in (*stream.above, stream.row))
        )
    ]


def _told(shown: Sequence[_Stream], since: date) -> list[PlanChanges]:
    """These plans in words."""
    if not shown:
        return []
    plan_ids = [stream.row.plan_id for stream in shown]
    workstream_ids = [stream.row.id for stream in shown]
    plans = {
        plan.id: plan
        for plan in db.session.scalars(sa.select(DeliveryPlan).where(DeliveryPlan.id.in_(plan_ids)))
    }
    rows = reading.rows_of(plan_ids)
    records = reading.recorded_since(workstream_ids, since)
    said = _updates(plan_ids, since)
    found = []
    for stream in shown:
        plan = plans[stream.row.plan_id]
        now, then = rows[plan.id], rows[plan.id].as_it_stood(records[stream.row.id])
        comparison = compare(then.content(), now.content())
        named = _rows_in_words(comparison)
        words = [*status_notes(plan, reading.end_of(since)), *summary(comparison)]
        if then.plan is None:
            words.insert(0, "The plan is new.")
        if len(words) > 1 and words[-1] == THE_SAME:
            words.pop()
        elif words == [THE_SAME]:
            words = ["Changed, and changed back: it reads as it did."]
        if said[plan.id]:
            words.append(f"{count(said[plan.id], 'progress update')} posted.")
        found.append(
            PlanChanges(
                slug=stream.row.slug,
                name=stream.row.name,
                above=" › ".join(row.name for row in stream.above),
                title=plan.title,
                url=f"/workstreams/{stream.row.slug}/plan/changes?since={since.isoformat()}",
                summary=words,
                rows=named[:MOST_ROWS],
                more=max(0, len(named) - MOST_ROWS),
            )
        )
    return found


def _updates(plan_ids: Collection[uuid.UUID], since: date) -> Counter[uuid.UUID]:
    rows = db.session.execute(
        sa.select(Activity.plan_id, sa.func.count().label("said"))
        .join(ProgressUpdate, ProgressUpdate.activity_id == Activity.id)
        .where(
            Activity.plan_id.in_(plan_ids),
            Activity.archived_at.is_(None),
            ProgressUpdate.posted_at >= reading.end_of(since),
        )
        .group_by(Activity.plan_id)
    )
    return Counter({row.plan_id: row.said for row in rows})


def _rows_in_words(found: Comparison) -> list[tuple[str, str]]:
    named = [("Added", row) for row in found.added]
    named += [("Dropped", row) for row in found.dropped]
    named += [
        (", ".join([*tags(row), *_progress(row)]) or "Changed", row)
        for row in found.rows
        if row.stayed and (row.changed or row.progressed)
    ]
    return [(words, row.values["what"]) for words, row in named]


def _progress(row: RowDiff) -> list[str]:
    """What happened to a row's progress, in a word or two."""
    if not row.progressed:
        return []
    changes = {change.name: change for change in row.progress}
    if "done_on" in changes:
        return ["Done" if changes["done_on"].after else "No longer done"]
    if (rating := changes.get("rag")) is not None:
        return [f"Now {rating.after}" if rating.after else "No longer rated"]
    if (forecast := changes.get("forecast_on")) is not None and forecast.days:
        return [f"Forecast {'later' if forecast.days > 0 else 'earlier'}"]
    return ["Progress"]
