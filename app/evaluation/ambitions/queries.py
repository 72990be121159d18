"""Ambition statements with the evidence on them and how far they were judged to be realised."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.access import Loaded
from app.core.access import User as Reader
from app.evaluation.models import Bearing, Direction, Judgement, Note
from app.evaluation.readable import readable
from app.evaluation.reading import Evidence, evidence_on_aims
from app.evaluation.scales import in_words
from app.extensions import db
from app.workstreams.models import Aim, AimKind
from app.workstreams.queries import Place, find_place

SHOWN = 5  # notes of each direction; the findings page has the others


@dataclass(frozen=True)
class Told:
    """A note as it stands below a statement."""

    id: uuid.UUID
    title: str
    strength: str


@dataclass
class Ambition:
    """A statement, the newest judgement first, and the notes on it by direction."""

    aim: Aim
    evidence: Evidence | None
    notes: dict[Direction, list[Told]] = field(default_factory=lambda: defaultdict(list))
    judgements: list[Judgement] = field(default_factory=list)


def ambitions_of(place: Place) -> list[Ambition]:
    """Every statement in force, in order, with what the reader may read; four queries."""
    aims = db.session.scalars(
        sa.select(Aim)
        .where(
            Aim.workstream_id == place.id,
            Aim.kind == AimKind.AMBITION_STATEMENT,
            Aim.archived_at.is_(None),
        )
        .order_by(Aim.position, Aim.id)
    )
    evidence = evidence_on_aims(place.id, place.user)
    found = {aim.id: Ambition(aim, evidence.get(aim.id)) for aim in aims}
    for judgement in _judgements(place):
        if judgement.aim_id in found:
            found[judgement.aim_id].judgements.append(judgement)
    for aim_id, direction, told in _notes(place):
        if aim_id in found and len(found[aim_id].notes[direction]) < SHOWN:
            found[aim_id].notes[direction].append(told)
    return list(found.values())


def ambition(place: Place, aim: Aim) -> Ambition:
    """One of them."""
    return next((one for one in ambitions_of(place) if one.aim.id == aim.id), Ambition(aim, None))


def _judgements(place: Place) -> sa.ScalarResult[Judgement]:
    return db.session.scalars(
        sa.select(Judgement)
        .where(Judgement.workstream_id == place.id)
        .order_by(Judgement.on.desc(), Judgement.id.desc())
        .options(joinedload(Judgement.by))
    )


def _notes(place: Place) -> list[tuple[uuid.UUID, Direction, Told]]:
    """The strongest first: what the page has room for of each statement and direction."""
    rank = (
        sa.func.row_number()
        .over(
            partition_by=(Bearing.aim_id, Note.direction),
            order_by=(sa.func.coalesce(Note.strength, 0).desc(), Note.on.desc(), Note.id.desc()),
        )
        .label("rank")
    )
    ranked = (
        sa.select(
            Bearing.aim_id, Note.direction, Note.id, Note.title, Note.scale, Note.strength, rank
        )
        .join(Note, Note.id == Bearing.note_id)
        .where(Bearing.aim_id.is_not(None), readable(place.user, place))
        .subquery()
    )
    rows = db.session.execute(
        sa.select(ranked).where(ranked.c.rank <= SHOWN).order_by(ranked.c.aim_id, ranked.c.rank)
    )
    return [
        (row.aim_id, row.direction, Told(row.id, row.title, in_words(row.scale, row.strength)))
        for row in rows
    ]


def ambition_in_url(user: Reader, slug: str, aim_id: uuid.UUID) -> Loaded | None:
    """Access loader: an ambition statement of this workstream that is in force."""
    place = find_place(user, slug)
    aim = db.session.get(Aim, aim_id) if place else None
    if (
        place is None
        or aim is None
        or aim.workstream_id != place.id
        or aim.kind is not AimKind.AMBITION_STATEMENT
        or aim.archived_at is not None
    ):
        return None
    return Loaded({"place": place, "aim": aim}, place.roles)
