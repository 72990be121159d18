"""The ranking: what the reviews of each application come to, best first."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import Stage
from app.cohorts.call.models import Call
from app.cohorts.reviewing.models import Recommendation
from app.cohorts.reviewing.standing import hundredths, standings, withheld_from
from app.core.paging import Page, asked_page
from app.extensions import db

PAGE_SIZE = 50
RANKED_AT = tuple(stage for stage in Stage if stage not in (Stage.DRAFT, Stage.WITHDRAWN))
SORTS = {
    "": "Highest mean first",
    "spread": "Widest spread first",
    "reviews": "Fewest reviews first",
    "yes": "Most yes first",
    "reference": "Reference",
}
ONLY = {
    "": "All applications",
    "disagree": "Where reviewers disagree",
    "short": "With fewer reviews than wanted",
    "enough": "With as many reviews as wanted",
}


@dataclass(frozen=True)
class RankingFilter:
    """Each field as in the URL; empty means all. Values that mean nothing are dropped when read."""

    stage: str = ""
    only: str = ""
    sort: str = ""

    @classmethod
    def read(cls, args: "MultiDict[str, str]") -> "RankingFilter":
        """From a query string."""
        allowed = {"stage": {*RANKED_AT}, "only": ONLY.keys(), "sort": SORTS.keys()}
        given = {name: args.get(name, "") for name in allowed}
        return cls(**{n: value if value in allowed[n] else "" for n, value in given.items()})

    def query(self, **changes: str) -> str:
        """ "?stage=eligible", changed as said; "" where nothing is chosen."""
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        kept = {name: value for name, value in {**chosen, **changes}.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def in_force(self, base: str) -> list[tuple[str, str]]:
        """(words, URL without it) of each choice made."""
        words = {
            "stage": self.stage and f"Stage: {Stage(self.stage).label}",
            "only": self.only and ONLY[self.only],
            "sort": self.sort and f"Sorted: {SORTS[self.sort].lower()}",
        }
        return [(said, base + self.query(**{name: ""})) for name, said in words.items() if said]


@dataclass(frozen=True)
class Ranked:
    """One application of the ranking. `rank` counts from 1, the same for those with the same mean, who
    are `tied`; None without a mean. `withheld`: the reader has yet to review it themselves."""

    id: uuid.UUID
    reference: str
    name: str
    stage: Stage
    rank: int | None
    tied: bool
    mean: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    reviews: int
    recommendations: dict[Recommendation, int]
    disagree: bool
    withheld: bool

    @property
    def spread(self) -> Decimal | None:
        """The highest total less the lowest; None of fewer than two reviews."""
        if self.highest is None or self.lowest is None or self.reviews < 2:
            return None
        return self.highest - self.lowest


def ranking(call: Call, wanted: RankingFilter, reader_id: uuid.UUID) -> Page[Ranked]:
    """A page of the ranking; ranks are among all applications, whatever the filter. One query, because
    counting first would take as long again."""
    query = _query(call, wanted, reader_id).limit(PAGE_SIZE)
    number = asked_page()
    rows = db.session.execute(query.offset((number - 1) * PAGE_SIZE)).all()
    if not rows and number > 1:  # past the end
        number = 1
        rows = db.session.execute(query).all()
    return Page(_ranked(rows), number, rows[0].total if rows else 0, PAGE_SIZE)


def whole_ranking(call: Call, wanted: RankingFilter, reader_id: uuid.UUID) -> list[Ranked]:
    """All of it, for a file. One query."""
    return _ranked(db.session.execute(_query(call, wanted, reader_id)))


def _ranked(rows: Iterable[Any]) -> list[Ranked]:
    return [
        Ranked(
            id=row.id,
            reference=row.reference,
            name=row.name,
            stage=row.stage,
            rank=row.rank if row.mean is not None else None,
            tied=row.mean is not None and row.same > 1,
            mean=hundredths(row.mean),
            lowest=hundredths(row.lowest),
            highest=hundredths(row.highest),
            reviews=row.reviews,
            recommendations={r: getattr(row, r.value) or 0 for r in Recommendation},
            disagree=bool(row.disagree),
            withheld=row.withheld is not None,
        )
        for row in rows
    ]


def _query(call: Call, wanted: RankingFilter, reader_id: uuid.UUID) -> Any:
    cohort = sa.and_(
        Application.workstream_id == call.workstream_id, Application.stage.in_(RANKED_AT)
    )
    stands = standings(cohort, reader_id=reader_id)
    withheld = withheld_from(reader_id).subquery()
    each = (
        sa.select(
            Application.id,
            Application.reference,
            Application.name,
            Application.stage,
            withheld.c.application_id.label("withheld"),
            sa.func.coalesce(stands.c.reviews, 0).label("reviews"),
            *(stands.c[name] for name in ("mean", "lowest", "highest", "yes", "maybe", "no")),
            sa.func.coalesce(stands.c.disagree, sa.false()).label("disagree"),
            sa.func.rank().over(order_by=stands.c.mean.desc().nulls_last()).label("rank"),
            sa.func.count().over(partition_by=stands.c.mean).label("same"),
        )
        .outerjoin(stands, stands.c.application_id == Application.id)
        .outerjoin(withheld, withheld.c.application_id == Application.id)
        .where(cohort)
        .subquery()
    )
    query = sa.select(each, sa.func.count().over().label("total"))
    if wanted.stage:
        query = query.where(each.c.stage == Stage(wanted.stage))
    if wanted.only == "disagree":
        query = query.where(each.c.disagree)
    elif wanted.only:
        short = each.c.reviews < call.reviews_wanted
        query = query.where(short if wanted.only == "short" else ~short)
    return query.order_by(*_order(each, wanted.sort), each.c.reference)


def _order(each: sa.Subquery, sort: str) -> Sequence[sa.ColumnElement[Any]]:
    best = each.c.mean.desc().nulls_last()
    spread = each.c.highest - each.c.lowest
    return {
        "": (best,),
        "spread": (spread.desc().nulls_last(), best),
        "reviews": (each.c.reviews, best),
        "yes": (each.c.yes.desc().nulls_last(), best),
        "reference": (),
    }[sort]
