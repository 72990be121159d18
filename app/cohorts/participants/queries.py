"""Reads of participants, and the access loaders of their pages."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.cohorts.applications.models import Application, Outcome, Participant
from app.cohorts.applications.stages import PLACED
from app.cohorts.call.models import Call
from app.cohorts.call.queries import find_call
from app.cohorts.participants.completion import Rule, Tally
from app.cohorts.participants.models import ParticipantNote
from app.cohorts.sessions.attendance import RUN_OF_ABSENCES, tallies
from app.cohorts.sessions.models import Attendance, AttendanceMark, CohortSession
from app.core.access import Loaded, User
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import Workstream, WorkstreamStatus
from app.workstreams.queries import Place, ids_where


@dataclass(frozen=True)
class Standing:
    """A participant, how often they came, and what they lack to graduate."""

    participant: Participant
    tally: Tally
    missing: list[str]

    @property
    def meets_rule(self) -> bool:
        return not self.missing

    @property
    def takes_part(self) -> bool:
        return self.participant.outcome is None

    @property
    def now(self) -> str:
        """How their time ended, or "current": as the filter names it."""
        return self.participant.outcome.value if self.participant.outcome else "current"

    @property
    def is_absent_running(self) -> bool:
        return self.takes_part and self.tally.run >= RUN_OF_ABSENCES


def standings(call: Call, *, only: uuid.UUID | None = None) -> list[Standing]:
    """Everybody in a cohort by name, or one of them; one query, however many sessions."""
    tally = tallies([call.workstream_id])
    counted = [
        sa.func.coalesce(tally.c[name], 0)
        for name in ("present", "late", "excused", "absent", "run")
    ]
    found = (
        sa.select(Participant, *counted, tally.c.last_absent_on)
        .join(Application, Application.id == Participant.application_id)
        .outerjoin(tally, tally.c.participant_id == Participant.id)
        .where(Participant.workstream_id == call.workstream_id)
        .options(contains_eager(Participant.application))
        .order_by(sa.func.lower(Application.name), Participant.id)
    )
    if only is not None:
        found = found.where(Participant.id == only)
    rule = Rule.of(call)
    standing = []
    for participant, *numbers in db.session.execute(found):
        counts = Tally(*numbers)
        standing.append(
            Standing(participant, counts, rule.missing(counts, participant.project_done_on))
        )
    return standing


@dataclass(frozen=True)
class ParticipantFilter:
    """What the URL asks for: part of a name, an outcome, and something to look after."""

    q: str = ""
    outcome: str = ""
    show: str = ""

    OUTCOMES = (
        ("current", "Taking part"),
        ("graduated", "Graduated"),
        ("withdrawn", "Left"),
        ("deferred", "Deferred"),
    )
    SHOWS = (
        ("meets", "Meets the rule"),
        ("short", "Does not meet the rule yet"),
        ("absent", "Absent twice running"),
        ("project", "Project not finished"),
    )

    @classmethod
    def read(cls, args: Any) -> "ParticipantFilter":
        """From the URL; what is not one of the choices asks for nothing."""
        outcome, show = args.get("outcome", ""), args.get("show", "")
        return cls(
            " ".join(args.get("q", "").split())[:100],
            outcome if outcome in dict(cls.OUTCOMES) else "",
            show if show in dict(cls.SHOWS) else "",
        )

    @property
    def query(self) -> dict[str, str]:
        """As the URL has it."""
        asked = {"q": self.q, "outcome": self.outcome, "show": self.show}
        return {name: value for name, value in asked.items() if value}

    def chips(self, base: str) -> list[tuple[str, str]]:
        """The filters in force in words, each with the URL of the page at `base` without it."""
        said = {
            "q": f"Name has “{self.q}”",
            "outcome": dict(self.OUTCOMES).get(self.outcome, ""),
            "show": dict(self.SHOWS).get(self.show, ""),
        }
        return [
            (said[name], f"{base}?{urlencode({n: v for n, v in self.query.items() if n != name})}")
            for name in self.query
        ]

    def lets_through(self, one: Standing) -> bool:
        """Whether somebody is to be shown."""
        participant = one.participant
        shown = {
            "": True,
            "meets": one.meets_rule,
            "short": not one.meets_rule,
            "absent": one.is_absent_running,
            "project": participant.project_done_on is None,
        }
        return (
            self.q.casefold() in participant.application.called.casefold()
            and self.outcome in ("", one.now)
            and shown[self.show]
        )


@dataclass(frozen=True)
class Attended:
    """A session as one participant's page shows it."""

    session: CohortSession
    attendance: Attendance | None


def attendance_of(participant: Participant, today: date) -> list[Attended]:
    """Each session so far with their mark, the latest first; one query."""
    rows = db.session.execute(
        sa.select(CohortSession, AttendanceMark.attendance)
        .outerjoin(
            AttendanceMark,
            sa.and_(
                AttendanceMark.session_id == CohortSession.id,
                AttendanceMark.participant_id == participant.id,
            ),
        )
        .where(
            CohortSession.workstream_id == participant.workstream_id,
            CohortSession.cancelled_at.is_(None),
            CohortSession.on <= today,
        )
        .order_by(CohortSession.on.desc(), CohortSession.starts.desc(), CohortSession.id)
        .limit(200)
    )
    return [Attended(session, attendance) for session, attendance in rows]


def notes_of(participant: Participant) -> Sequence[ParticipantNote]:
    """What was written down, the newest first."""
    return db.session.scalars(
        sa.select(ParticipantNote)
        .where(ParticipantNote.participant_id == participant.id)
        .order_by(ParticipantNote.on.desc(), ParticipantNote.id.desc())
        .limit(200)
        .options(joinedload(ParticipantNote.author))
    ).all()


@dataclass(frozen=True)
class LaterCohort:
    """A cohort that somebody's place can be put off to."""

    workstream: Workstream
    places: int
    taken: int

    @property
    def label(self) -> str:
        return f"{self.workstream.name} ({self.taken} of {self.places} places taken)"


def later_cohorts(place: Place) -> list[LaterCohort]:
    """Those that the reader runs and that do not start before this one, the next first."""
    here = place.workstream.starts_on
    taken = (
        sa.select(sa.func.count())
        .select_from(Application)
        .where(Application.workstream_id == Workstream.id, Application.stage.in_(PLACED))
        .correlate(Workstream)
        .scalar_subquery()
    )
    found = (
        sa.select(Workstream, Call.places, taken)
        .join(Call, Call.workstream_id == Workstream.id)
        .where(
            Workstream.id != place.id,
            Workstream.id.in_(ids_where(place.user, Right.MANAGE_PARTICIPANTS)),
            Workstream.archived_at.is_(None),
            Workstream.status != WorkstreamStatus.CLOSED,
        )
        .order_by(Workstream.starts_on, Workstream.name, Workstream.id)
    )
    if here is not None:
        found = found.where(sa.or_(Workstream.starts_on.is_(None), Workstream.starts_on > here))
    return [LaterCohort(*row) for row in db.session.execute(found)]


def graduates(place: Place) -> list[Participant]:
    """Who has graduated and is still known by name, by name."""
    return list(
        db.session.scalars(
            sa.select(Participant)
            .join(Application, Application.id == Participant.application_id)
            .where(
                Participant.workstream_id == place.id,
                Participant.outcome == Outcome.GRADUATED,
                Application.name != "",
            )
            .options(contains_eager(Participant.application))
            .order_by(sa.func.lower(Application.name), Participant.id)
        )
    )


# --- Access loaders ---


def participants_in_url(user: User, slug: str) -> Loaded | None:
    """`…/participants…`: gives the view `place` and `call`."""
    found = find_call(user, slug)
    return Loaded({"place": found[0], "call": found[1]}, found[0].roles) if found else None


def participant_in_url(user: User, slug: str, participant_id: uuid.UUID) -> Loaded | None:
    """`…/participants/<id>…`: gives `place`, `call` and `participant`."""
    found = find_call(user, slug)
    if found is None:
        return None
    place, call = found
    participant = db.session.scalar(
        sa.select(Participant)
        .where(Participant.id == participant_id, Participant.workstream_id == place.id)
        .options(joinedload(Participant.application))
    )
    if participant is None:
        return None
    return Loaded({"place": place, "call": call, "participant": participant}, place.roles)


def note_in_url(
    user: User, slug: str, participant_id: uuid.UUID, note_id: uuid.UUID
) -> Loaded | None:
    """`…/participants/<id>/notes/<id>…`: gives `place`, `participant` and `note`."""
    loaded = participant_in_url(user, slug, participant_id)
    note = db.session.get(ParticipantNote, note_id) if loaded else None
    if loaded is None or note is None or note.participant_id != participant_id:
        return None
    given = {"place": loaded.view_args["place"], "participant": loaded.view_args["participant"]}
    return Loaded({**given, "note": note}, loaded.roles)
