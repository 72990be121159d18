"""Places that are free while somebody waits, and offers that nobody has answered, need somebody."""

from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import PLACED, Stage
from app.cohorts.call.models import Call
from app.cohorts.decisions.models import Decision, DecisionKind, Release, WaitingPlace
from app.cohorts.decisions.queries import is_current_offer
from app.core import clock
from app.core.flags import Flag, Kind
from app.core.formatting import day, moment
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import ids_where

PLACE_FREE = Kind("place_free", "Place free", 70)
UNANSWERED = Kind("offer_unanswered", "Offer not answered", 71)


def decision_flags(user: Any, today: date) -> list[Flag]:
    """For those who run a cohort. Names nobody but by reference: flags are sent by e-mail too."""
    return [*_places_free(user), *_unanswered(user, today)]


def _theirs(user: Any) -> list[sa.ColumnElement[bool]]:
    return [
        Workstream.archived_at.is_(None),
        Workstream.id.in_(ids_where(user, Right.MANAGE_APPLICANTS, by_membership=True)),
    ]


def _places_free(user: Any) -> list[Flag]:
    """One for each cohort in which somebody on the waiting list could have a place: somebody declined,
    or withdrew, or let their offer lapse."""
    prepared = (
        sa.select(Decision.application_id)
        .where(Decision.release_id.is_(None), Decision.kind == DecisionKind.OFFER)
        .subquery()
    )
    taken = (
        sa.select(sa.func.count())
        .where(
            Application.workstream_id == Call.workstream_id,
            sa.or_(Application.stage.in_(PLACED), Application.id.in_(sa.select(prepared))),
        )
        .scalar_subquery()
    )
    # Whoever is next: (position, reference) of those for whom nothing is prepared.
    waits = sa.and_(
        WaitingPlace.workstream_id == Call.workstream_id,
        ~sa.exists().where(
            Decision.application_id == WaitingPlace.application_id, Decision.release_id.is_(None)
        ),
    )
    first = (
        sa.select(Application.reference)
        .join(WaitingPlace, WaitingPlace.application_id == Application.id)
        .where(waits)
        .order_by(WaitingPlace.position, WaitingPlace.id)
        .limit(1)
        .correlate(Call)
        .scalar_subquery()
    )
    waiting = (
        sa.select(sa.func.count()).select_from(WaitingPlace).where(waits).correlate(Call)
    ).scalar_subquery()
    rows = db.session.execute(
        sa.select(
            Call.id,
            (Call.places - taken).label("free"),
            first.label("first"),
            waiting.label("waiting"),
            Workstream.slug,
            Workstream.name,
        )
        .join(Workstream, Workstream.id == Call.workstream_id)
        .where(
            *_theirs(user),
            sa.exists().where(Release.workstream_id == Call.workstream_id),
            sa.exists().where(waits).correlate(Call),
            taken < Call.places,
        )
        .order_by(Workstream.name, Call.id)
    )
    return [
        Flag(
            kind=PLACE_FREE,
            subject_id=row.id,
            title="A place is free" if row.free == 1 else f"{row.free} places are free",
            why=f"Offer it to {row.first}, next {f'of {row.waiting} ' if row.waiting > 1 else ''}on the waiting list.",
            url=f"/workstreams/{row.slug}/applicants/decisions/waiting-list",
            workstream=row.name,
        )
        for row in rows
    ]


def _unanswered(user: Any, today: date) -> list[Flag]:
    """One for each offer of whose time to answer half has passed; and one that has lapsed, until the
    application is moved."""
    rows = db.session.execute(
        sa.select(
            Decision.id,
            Decision.reply_by,
            Release.released_at,
            Application.id.label("application_id"),
            Application.reference,
            Workstream.slug,
            Workstream.name,
        )
        .join(Application, Application.id == Decision.application_id)
        .join(Release, Release.id == Decision.release_id)
        .join(Workstream, Workstream.id == Decision.workstream_id)
        .where(is_current_offer(), Application.stage == Stage.OFFERED, *_theirs(user))
        .order_by(Decision.reply_by, Decision.id)
    )
    # At any time of that day: the list is of today, not of this minute.
    end = datetime.combine(today + timedelta(days=1), time(), clock.LONDON)
    return [
        Flag(
            kind=UNANSWERED,
            subject_id=row.id,
            title=f"{row.reference} has not answered our offer",
            why=f"It was made on {day(row.released_at)} and can be accepted until "
            f"{moment(row.reply_by)}: half of the time has passed.",
            url=f"/workstreams/{row.slug}/applicants/{row.application_id}",
            workstream=row.name,
            on=row.reply_by.astimezone(clock.LONDON).date(),
        )
        for row in rows
        if row.released_at + (row.reply_by - row.released_at) / 2 < end
    ]
