"""From whom it is chosen: the applications about which something can be decided, the best first."""

import uuid
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Mover, Stage, may_move
from app.cohorts.call.models import Call
from app.cohorts.decisions.models import Decision, DecisionKind
from app.cohorts.interviews.models import Interview
from app.cohorts.reviewing.standing import hundredths, standings
from app.core.database import Rows
from app.core.paging import Page
from app.extensions import db

ON_A_PAGE = 50
# Where a release can move an application from.
UNDECIDED = tuple(
    stage
    for stage in Stage
    if any(may_move(Mover.RELEASE, stage, kind.stage) for kind in DecisionKind)
)
PREPARED = {"no": "Nothing prepared", **{kind.value: kind.label for kind in DecisionKind}}
SORTS = {"": "Reviews, highest first", "interview": "Interview, highest first", "name": "Name"}


@dataclass(frozen=True)
class SelectionFilter:
    """Each field as in the URL; empty means all. Values that mean nothing are dropped when read."""

    stage: str = ""
    prepared: str = ""
    sort: str = ""

    @classmethod
    def read(cls, args: "MultiDict[str, str]") -> "SelectionFilter":
        """From a query string, or from a form that carries it."""
        allowed = {"stage": {*UNDECIDED}, "prepared": PREPARED.keys(), "sort": SORTS.keys()}
        given = {name: args.get(name, "") for name in allowed}
        return cls(**{n: value if value in allowed[n] else "" for n, value in given.items()})

    def suffix(self, **changes: str) -> str:
        """ "?stage=interview", changed as said; "" where nothing is chosen."""
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        kept = {name: value for name, value in {**chosen, **changes}.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def in_force(self, base: str) -> list[tuple[str, str]]:
        """(words, URL without it) of each choice made."""
        words = {
            "stage": self.stage and f"Stage: {Stage(self.stage).label}",
            "prepared": self.prepared and f"Prepared: {PREPARED[self.prepared].lower()}",
            "sort": self.sort and f"Sorted by: {SORTS[self.sort].lower()}",
        }
        return [(said, base + self.suffix(**{name: ""})) for name, said in words.items() if said]


@dataclass(frozen=True)
class Candidate:
    """One line of the list. `mean` is what the reviews come to, `interview` the panel's score."""

    id: uuid.UUID
    called: str
    reference: str
    stage: Stage
    mean: Decimal | None
    disagree: bool
    interview: int | None
    decision_id: uuid.UUID | None
    kind: DecisionKind | None


def _those(call: Call, wanted: SelectionFilter, *what: Any) -> Rows:
    """The applications that the filter means, with their prepared decision. (Counting them needs no
    more, and adding up every review takes long.)"""
    query = (
        sa.select(*what)
        .select_from(Application)
        .outerjoin(
            Decision,
            sa.and_(Decision.application_id == Application.id, Decision.release_id.is_(None)),
        )
        .where(
            Application.workstream_id == call.workstream_id,
            Application.stage.in_([wanted.stage] if wanted.stage else UNDECIDED),
        )
    )
    if wanted.prepared == "no":
        return query.where(Decision.id.is_(None))
    return query.where(Decision.kind == wanted.prepared) if wanted.prepared else query


def _found(call: Call, wanted: SelectionFilter, reader_id: uuid.UUID, *what: Any) -> Rows:
    """The same with their reviews and interview, in order. Whoever has yet to review one themselves
    does not see what the others made of it."""
    mine = Application.workstream_id == call.workstream_id
    ranked = standings(mine, reader_id=reader_id)
    query = (
        _those(call, wanted, *what)
        .add_columns(ranked.c.mean, ranked.c.disagree)
        .outerjoin(ranked, ranked.c.application_id == Application.id)
        .outerjoin(Interview, Interview.application_id == Application.id)
    )
    by_mean = ranked.c.mean.desc().nulls_last()
    by_interview = Interview.score.desc().nulls_last()
    by_name = sa.func.lower(Application.name)
    orders = {
        "": (by_mean, by_interview, by_name),
        "interview": (by_interview, by_mean, by_name),
        "name": (by_name,),
    }
    return query.order_by(*orders[wanted.sort], Application.id)


def candidates(
    call: Call, wanted: SelectionFilter, number: int, *, reader_id: uuid.UUID, base: str
) -> Page[Candidate]:
    """A page of them, in the order wanted; `base` is the list's own address. Two queries."""
    query = _found(
        call,
        wanted,
        reader_id,
        Application.id,
        Application.name,
        Application.reference,
        Application.stage,
        Interview.score,
        Decision.id.label("decision_id"),
        Decision.kind,
    )
    total = db.session.scalar(_those(call, wanted, sa.func.count())) or 0
    number = min(number, max(1, -(-total // ON_A_PAGE)))
    rows = db.session.execute(query.limit(ON_A_PAGE).offset((number - 1) * ON_A_PAGE))
    found = [
        Candidate(
            id=row.id,
            called=row.name or row.reference,
            reference=row.reference,
            stage=row.stage,
            mean=hundredths(row.mean),
            disagree=bool(row.disagree),
            interview=row.score,
            decision_id=row.decision_id,
            kind=row.kind,
        )
        for row in rows
    ]
    return Page(
        found,
        number,
        total,
        ON_A_PAGE,
        lambda n: base + wanted.suffix(page=str(n) if n > 1 else ""),
    )


def everybody(call: Call, wanted: SelectionFilter, *, reader_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids of all that the filter means, in the order wanted."""
    return list(db.session.scalars(_found(call, wanted, reader_id, Application.id)))


def ticked(
    call: Call, wanted: SelectionFilter, ids: list[uuid.UUID], *, reader_id: uuid.UUID
) -> list[uuid.UUID]:
    """Those of these ids that are here, in the order wanted."""
    query = _found(call, SelectionFilter(sort=wanted.sort), reader_id, Application.id)
    return list(db.session.scalars(query.where(Application.id.in_(ids))))
