"""What has been kept long enough, what will be next, and letting it go: some at a time, each time
committed, so that a run over thousands holds nothing up and can be stopped anywhere."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.cohorts.personal_data import erasing, overwriting
from app.cohorts.personal_data.categories import CATEGORIES, Category
from app.cohorts.personal_data.models import Action, Kept, RetentionRule, RetentionRun
from app.cohorts.personal_data.periods import months_before, over_on
from app.cohorts.personal_data.reaching import record_tables
from app.core import clock
from app.core.formatting import day
from app.core.paging import Page
from app.extensions import db

# As many as one transaction takes: a web request that wants to write waits no longer than for these.
AT_ONCE = 200
ON_A_PAGE = 50


@dataclass(frozen=True)
class Due:
    """A record whose time is over. `words` says why, and names nobody."""

    id: uuid.UUID
    reference: str
    place: str | None
    since: date
    words: str


@dataclass(frozen=True)
class Standing:
    """A category, the rule in force, how many are due, and the day on which the next will be."""

    category: Category
    months: int
    action: Action
    version: int  # 0: the rule as it came
    due: int
    next_on: date | None


def rule_of(category: Category) -> RetentionRule:
    """The rule in force: the one that an administrator has made, or a new one as it came, which is not
    in the session and has no version yet."""
    found = db.session.scalar(
        sa.select(RetentionRule).where(RetentionRule.category == category.kept)
    )
    return found or _as_it_came(category)


def standings() -> list[Standing]:
    """Every category. Three queries for each, whatever there is."""
    changed = {rule.category: rule for rule in db.session.scalars(sa.select(RetentionRule))}
    return [
        _standing(category, changed.get(category.kept) or _as_it_came(category))
        for category in CATEGORIES.values()
    ]


def standing_of(category: Category) -> Standing:
    """The same of one."""
    return _standing(category, rule_of(category))


def _as_it_came(category: Category) -> RetentionRule:
    return RetentionRule(
        category=category.kept, months=category.months, action=category.action, version=0
    )


def _standing(category: Category, rule: RetentionRule) -> Standing:
    found = category.find()
    over = found.until(months_before(clock.today(), rule.months))
    due = found.rows.with_only_columns(sa.func.count()).where(over)
    on, at = db.session.execute(
        found.rows.with_only_columns(*found.earliest()).where(sa.not_(over))
    ).one()
    days = [_day_of(value) for value in (on, at) if value is not None]
    return Standing(
        category,
        rule.months,
        rule.action,
        rule.version,
        db.session.scalar(due) or 0,
        over_on(min(days), rule.months) if days else None,
    )


def _day_of(value: date | datetime) -> date:
    return value.astimezone(clock.LONDON).date() if isinstance(value, datetime) else value


def due_of(standing: Standing, number: int) -> Page[Due]:
    """A page of what is due in a category, what has been kept longest first."""
    found = standing.category.find()
    over = found.until(months_before(clock.today(), standing.months))
    number = min(number, max(1, -(-standing.due // ON_A_PAGE)))
    rows = db.session.execute(
        found.select()
        .where(over)
        .order_by(*(c for c in (found.on, found.at) if c is not None), found.id)
        .limit(ON_A_PAGE)
        .offset((number - 1) * ON_A_PAGE)
    )
    return Page([_due(standing, *row) for row in rows], number, standing.due, ON_A_PAGE)


def _due(
    standing: Standing,
    row_id: uuid.UUID,
    reference: str,
    place: str | None,
    on: date | None,
    at: datetime | None,
) -> Due:
    since = on or _day_of(at)  # type: ignore[arg-type]
    months = "1 month is" if standing.months == 1 else f"{standing.months} months are"
    over = day(over_on(since, standing.months))
    words = f"{standing.category.why} {day(since)}; {months} over since {over}"
    return Due(row_id, reference, place, since, words[0].upper() + words[1:])


def every_due() -> Iterator[tuple[Standing, Due]]:
    """All that is due, for a dry run."""
    for standing in standings():
        found = standing.category.find()
        over = found.until(months_before(clock.today(), standing.months))
        for row in db.session.execute(found.select().where(over).order_by(found.id)):
            yield standing, _due(standing, *row)


def run() -> dict[Kept, int]:
    """Let go of everything that is due; returns how many of each category. Commits as it goes."""
    gone: dict[Kept, int] = {}
    for standing in standings():
        for ids in _chunks(standing):
            overwriting.overwrite_what_goes()
            _let_go(standing, ids)
            db.session.commit()
            gone[standing.category.kept] = gone.get(standing.category.kept, 0) + len(ids)
    erasing.forget_history_of_the_gone()
    db.session.add(RetentionRun(gone={kept.value: count for kept, count in gone.items()}))
    db.session.commit()
    overwriting.empty_the_log()
    return gone


def last_run() -> RetentionRun | None:
    """The newest run, if there has been one."""
    return db.session.scalar(sa.select(RetentionRun).order_by(RetentionRun.id.desc()).limit(1))


def _chunks(standing: Standing) -> Iterator[list[uuid.UUID]]:
    """The ids of what is due, some at a time; each once, even if it should still be there afterwards."""
    found = standing.category.find()
    over = found.until(months_before(clock.today(), standing.months))
    query = found.rows.with_only_columns(found.id).where(over).order_by(found.id).limit(AT_ONCE)
    last: uuid.UUID | None = None
    while ids := list(db.session.scalars(query if last is None else query.where(found.id > last))):
        yield ids
        last = ids[-1]


def _let_go(standing: Standing, ids: list[uuid.UUID]) -> None:
    table = standing.category.table
    if table not in record_tables():
        db.session.execute(
            sa.delete(table).where(table.c.id.in_(ids)),
            execution_options={"synchronize_session": False},
        )
        return
    emails = _emails_of(table, ids)
    if standing.action is Action.DELETE:
        erasing.delete(table, ids)
    else:
        erasing.anonymise(table, ids)
    # Mail to an address goes with the last record that bears it.
    erasing.forget_mail(emails - _still_used(emails))


def _emails_of(table: sa.Table, ids: list[uuid.UUID]) -> set[str]:
    emails = sa.select(table.c.email).where(table.c.id.in_(ids), table.c.email.is_not(None))
    return {email.lower() for email in db.session.scalars(emails)}


def _still_used(emails: set[str]) -> set[str]:
    used: set[str] = set()
    for table in record_tables():
        same = sa.select(table.c.email).where(sa.func.lower(table.c.email).in_(emails))
        used |= {email.lower() for email in db.session.scalars(same)}
    return used
