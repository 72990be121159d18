"""Places that are free while somebody waits, and offers that nobody has answered, need somebody."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import PLACED, Stage
from app.cohorts.call.models import Call
from app.cohorts.decisions.models import Decision, DecisionKind, Release, WaitingPlace
from app.cohorts.decisions.queries import is_current_offer
from app.cohorts.flags import Cohort, Worker, facts
from app.core import clock
from app.core.database import Rows
from app.core.flags import Flag, Kind
from app.core.formatting import day, moment

PLACE_FREE = Kind("place_free", "Place free", 70)
UNANSWERED = Kind("offer_unanswered", "Offer not answered", 71)


def places_free(cohorts: list[uuid.UUID], _worker: Worker, _today: date) -> Rows:
    """A row for each cohort in which somebody on the waiting list could have a place: somebody declined,
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
    return (
        sa.select(
            *facts(
                workstream_id=Call.workstream_id,
                id=Call.id,
                reference=first,
                number=Call.places - taken,
                other=waiting,
            )
        )
        .select_from(Call)
        .where(
            Call.workstream_id.in_(cohorts),
            sa.exists().where(Release.workstream_id == Call.workstream_id),
            sa.exists().where(waits).correlate(Call),
            taken < Call.places,
        )
    )


def place_free_flags(row: Any, cohort: Cohort, _today: date) -> list[Flag]:
    """One, however many are free. Names nobody but by reference: flags are sent by e-mail too."""
    of_all = f"of {row.other} " if row.other > 1 else ""
    flag = Flag(
        kind=PLACE_FREE,
        subject_id=row.id,
        title="A place is free" if row.number == 1 else f"{row.number} places are free",
        why=f"Offer it to {row.reference}, next {of_all}on the waiting list.",
        url=f"{cohort.url}/applicants/decisions/waiting-list",
        workstream=cohort.name,
    )
    return [flag]


def unanswered(cohorts: list[uuid.UUID], _worker: Worker, _today: date) -> Rows:
    """A row for each offer that waits to be answered."""
    return (
        sa.select(
            *facts(
                workstream_id=Decision.workstream_id,
                id=Decision.id,
                about_id=Application.id,
                reference=Application.reference,
                at=Release.released_at,
                until=Decision.reply_by,
            )
        )
        .select_from(Decision)
        .join(Application, Application.id == Decision.application_id)
        .join(Release, Release.id == Decision.release_id)
        .where(
            is_current_offer(),
            Application.stage == Stage.OFFERED,
            Decision.workstream_id.in_(cohorts),
        )
    )


def unanswered_flags(row: Any, cohort: Cohort, today: date) -> list[Flag]:
    """One once half of the time to answer has passed; and when it has lapsed, until the application is
    moved. Names nobody but by reference."""
    # At any time of that day: the list is of today, not of this minute.
    end = datetime.combine(today + timedelta(days=1), time(), clock.LONDON)
    if row.at + (row.until - row.at) / 2 >= end:
        return []
    flag = Flag(
        kind=UNANSWERED,
        subject_id=row.id,
        title=f"{row.reference} has not answered our offer",
        why=f"It was made on {day(row.at)} and can be accepted until "
        f"{moment(row.until)}: half of the time has passed.",
        url=f"{cohort.url}/applicants/{row.about_id}",
        workstream=cohort.name,
        on=row.until.astimezone(clock.LONDON).date(),
    )
    return [flag]
