"""The findings of a workstream: its notes, filtered, counted and a page at a time. Everything here goes
through `readable`: what somebody may not read is not counted either."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core.paging import Page
from app.evaluation.bearing import Borne, borne_by, borne_in
from app.evaluation.filters import NoteFilter
from app.evaluation.markdown import as_plain
from app.evaluation.models import Attachment, Audience, Direction, Note
from app.evaluation.readable import readable
from app.evaluation.scales import in_words
from app.extensions import db
from app.workstreams.queries import Place

PAGE_SIZE = 50
_BEGINNING = 280  # characters


@dataclass(frozen=True)
class Finding:
    """A note as a list shows it."""

    id: uuid.UUID
    title: str
    on: Any
    kind: str
    direction: Direction
    strength: str
    audience: Audience
    words: str  # what it shows, or how it begins
    author: str
    files: int
    borne: list[Borne]


@dataclass(frozen=True)
class Findings:
    """A page of them. `directions` and `strengths` count all that were found; `any` says whether there
    is a note without the filter."""

    page: Page[Finding]
    directions: list[tuple[Direction, int]]
    rated: int
    borne: list[Borne]
    any: bool


def findings_of(place: Place, wanted: NoteFilter, number: int) -> Findings:
    """Page `number` of what the reader may read and asks for, the newest first; four queries."""
    mine = readable(place.user, place)
    counted: Counter[Direction] = Counter()
    rated = 0
    for direction, is_rated, total in db.session.execute(
        sa.select(Note.direction, Note.strength.is_not(None), sa.func.count())
        .where(mine, *wanted.conditions())
        .group_by(Note.direction, Note.strength.is_not(None))
    ):
        counted[direction] += total
        rated += total if is_rated else 0
    total = counted.total()
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = _rows(mine, wanted, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    borne = borne_in(sa.select(Note.id).where(mine))
    return Findings(
        page=Page(rows, number, total, PAGE_SIZE),
        directions=[(one, counted[one]) for one in Direction if counted[one]],
        rated=rated,
        borne=borne,
        any=bool(total) or _is_any(mine),
    )


def _is_any(mine: sa.ColumnElement[bool]) -> bool:
    return db.session.scalar(sa.select(sa.select(Note.id).where(mine).exists())) is True


def _rows(
    mine: sa.ColumnElement[bool], wanted: NoteFilter, *, limit: int, offset: int
) -> list[Finding]:
    files = (
        sa.select(sa.func.count())
        .where(Attachment.note_id == Note.id, Attachment.removed_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(
            Note.id,
            Note.title,
            Note.on,
            Note.kind,
            Note.direction,
            Note.strength,
            Note.scale,
            Note.audience,
            Note.shows,
            Note.text,
            User.name.label("author"),
            files.label("files"),
        )
        .outerjoin(User, User.id == Note.author_id)
        .where(mine, *wanted.conditions())
        .order_by(Note.on.desc(), Note.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    borne = borne_by([row.id for row in rows]) if rows else {}
    return [
        Finding(
            row.id,
            row.title,
            row.on,
            row.kind.label,
            row.direction,
            in_words(row.scale, row.strength),
            row.audience,
            beginning(row.shows or as_plain(row.text)),
            row.author or "Somebody who has left",
            row.files,
            borne.get(row.id, []),
        )
        for row in rows
    ]


def beginning(text: str) -> str:
    """The first words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _BEGINNING else line[:_BEGINNING].rsplit(" ", 1)[0] + " …"


def notes_for_file(place: Place, wanted: NoteFilter, most: int) -> Sequence[Note]:
    """The same notes whole, at most so many, for a file to take away."""
    return db.session.scalars(
        sa.select(Note)
        .where(readable(place.user, place), *wanted.conditions())
        .order_by(Note.on.desc(), Note.id.desc())
        .limit(most)
        .options(sa.orm.joinedload(Note.author))
    ).all()
