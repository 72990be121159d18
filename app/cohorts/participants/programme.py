"""The showcase: who shows which project, and in which order."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from app.cohorts.applications.models import Application, Outcome, Participant
from app.cohorts.participants.models import ShowcaseSlot
from app.cohorts.sessions.models import Attendance, AttendanceMark, CohortSession, SessionKind
from app.core.errors import Refused
from app.extensions import db
from app.workstreams.models import Workstream
from app.workstreams.queries import Place


@dataclass(frozen=True)
class Showcase:
    """The event, if it has a day, its programme, and who could still be in it."""

    session: CohortSession | None
    programme: Sequence[Participant]
    others: Sequence[Participant]
    came: int

    @property
    def with_projects(self) -> list[Participant]:
        """Of the others, those who have something to show."""
        return [other for other in self.others if other.project_title]


def showcase_of(place: Place) -> Showcase:
    """Four queries, however many take part."""
    session = db.session.scalar(
        sa.select(CohortSession)
        .where(
            CohortSession.workstream_id == place.id,
            CohortSession.kind == SessionKind.SHOWCASE,
            CohortSession.cancelled_at.is_(None),
        )
        .options(selectinload(CohortSession.facilitators))
    )
    rows = db.session.execute(
        sa.select(Participant, ShowcaseSlot.position)
        .join(Application, Application.id == Participant.application_id)
        .outerjoin(ShowcaseSlot, ShowcaseSlot.participant_id == Participant.id)
        .where(
            Participant.workstream_id == place.id,
            sa.or_(
                ShowcaseSlot.id.is_not(None),
                Participant.outcome.is_(None),
                Participant.outcome == Outcome.GRADUATED,
            ),
        )
        .options(contains_eager(Participant.application))
        .order_by(ShowcaseSlot.position, sa.func.lower(Application.name), Participant.id)
    ).all()
    came = 0
    if session is not None:
        here = AttendanceMark.attendance.in_([Attendance.PRESENT, Attendance.LATE])
        came = (
            db.session.scalar(
                sa.select(sa.func.count()).where(AttendanceMark.session_id == session.id, here)
            )
            or 0
        )
    return Showcase(
        session,
        [participant for participant, position in rows if position is not None],
        [participant for participant, position in rows if position is None],
        came,
    )


def add_to_programme(*, workstream: Workstream, participant_ids: Sequence[uuid.UUID]) -> int:
    """Put participants at the end of the programme, in this order; gives how many were not in it yet.
    Raises Refused for somebody of another cohort."""
    slots = _slots(workstream)
    known = set(
        db.session.scalars(
            sa.select(Participant.id).where(
                Participant.workstream_id == workstream.id, Participant.id.in_(participant_ids)
            )
        )
    )
    if known != set(participant_ids):
        raise Refused("Reload the page and try again")
    there = {slot.participant_id for slot in slots}
    new = [participant_id for participant_id in participant_ids if participant_id not in there]
    for position, participant_id in enumerate(new, start=len(slots)):
        db.session.add(
            ShowcaseSlot(
                workstream_id=workstream.id, participant_id=participant_id, position=position
            )
        )
    db.session.flush()
    return len(new)


def take_out(*, workstream: Workstream, participant_id: uuid.UUID) -> None:
    """Out of the programme; whoever is not in it stays out."""
    slots = _slots(workstream)
    for slot in slots:
        if slot.participant_id == participant_id:
            db.session.delete(slot)
    _number([slot for slot in slots if slot.participant_id != participant_id])


def move_in_programme(*, workstream: Workstream, participant_id: uuid.UUID, places: int) -> None:
    """Some places up (negative) or down; at either end it stays. Raises Refused for somebody who is
    not in it."""
    slots = _slots(workstream)
    at = next((n for n, slot in enumerate(slots) if slot.participant_id == participant_id), None)
    if at is None:
        raise Refused("They are not in the programme any more. Reload the page")
    slot = slots.pop(at)
    slots.insert(min(max(at + places, 0), len(slots)), slot)
    _number(slots)


def _slots(workstream: Workstream) -> list[ShowcaseSlot]:
    """The programme in order. Whoever else changes it waits: the cohort is held until then."""
    db.session.execute(
        sa.select(Workstream.id).where(Workstream.id == workstream.id).with_for_update()
    )
    return list(
        db.session.scalars(
            sa.select(ShowcaseSlot)
            .where(ShowcaseSlot.workstream_id == workstream.id)
            .order_by(ShowcaseSlot.position, ShowcaseSlot.id)
            .execution_options(populate_existing=True)
        )
    )


def _number(slots: Sequence[ShowcaseSlot]) -> None:
    for position, slot in enumerate(slots):
        slot.position = position
    db.session.flush()
