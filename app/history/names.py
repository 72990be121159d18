"""What the things that history names by id are called now: one query, whatever they are."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Organisation, User
from app.cohorts.applications.importing.models import ApplicantImport
from app.cohorts.applications.models import Application, Participant
from app.cohorts.call.models import Call, Criterion, EligibilityCondition, Question
from app.cohorts.decisions.models import Decision, DecisionKind, LetterTemplate, Release
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.cohorts.network.models import Mentoring, NetworkMember
from app.cohorts.participants.models import ShowcaseSlot
from app.cohorts.personal_data.categories import CATEGORIES
from app.cohorts.personal_data.models import Kept, RetentionRule
from app.cohorts.reviewing.models import Assignment, Handout
from app.cohorts.sessions.models import Attendance, AttendanceMark, CohortSession
from app.core.access import User as Reader
from app.core.formatting import count, day, moment
from app.core.history import Tracked, readable_subjects, tracked_models
from app.delivery.importing.models import ImportRun
from app.delivery.models import (
    Activity,
    DeliveryPlan,
    Milestone,
    PlanVersion,
    ProgressUpdate,
    Rag,
    RagDefinition,
)
from app.delivery.update_requests import UpdateRequest
from app.evaluation.models import (
    Attachment,
    EvaluationSetting,
    Judgement,
    Note,
    Realised,
    Recommendation,
    Scale,
)
from app.extensions import db
from app.indicators.importing.models import MeasurementImport
from app.indicators.models import Breakdown, Indicator, Measurement, SurveyRound, Target
from app.people_zones.models import Agency, CoreTeamMember, ZoneFunding, ZoneProfile
from app.theory_of_change.models import Assumption, Link, Node, Theory
from app.workstreams.models import Aim, Body, KeyIssue, MemberRole, Membership, Workstream
from app.workstreams.queries import visible_ids

GONE = "no longer here"
LONGEST = 90

Reference = tuple[str, uuid.UUID]  # table name, id


@dataclass(frozen=True)
class Naming:
    """The column that names a row, and how its raw value reads."""

    column: Any
    words: Callable[[Any], str] = str


def _financial_year(start: Any) -> str:
    return f"Funding for {ZoneFunding(year_starting=int(start)).financial_year}"


def _instant(stored: Any) -> str:
    """Both engines write an instant in UTC, SQLite without saying so."""
    at = datetime.fromisoformat(str(stored))
    return moment(at if at.tzinfo else at.replace(tzinfo=UTC))


# A request has no name but that of the activity it is about.
_ASKED_ABOUT = (
    sa.select(Activity.what)
    .where(Activity.id == UpdateRequest.activity_id)
    .scalar_subquery()
    .label("activity_id")
)

_NAMINGS: dict[type[Any], Naming] = {
    User: Naming(User.name),
    Organisation: Naming(Organisation.name),
    Body: Naming(Body.name),
    Workstream: Naming(Workstream.name),
    Aim: Naming(Aim.text),
    KeyIssue: Naming(KeyIssue.text),
    Membership: Naming(Membership.role, lambda role: MemberRole(role).label),
    DeliveryPlan: Naming(DeliveryPlan.title),
    Activity: Naming(Activity.what),
    Milestone: Naming(Milestone.title),
    PlanVersion: Naming(PlanVersion.number, lambda number: f"Version {number}"),
    ProgressUpdate: Naming(ProgressUpdate.text),
    UpdateRequest: Naming(_ASKED_ABOUT),
    ImportRun: Naming(ImportRun.title),
    RagDefinition: Naming(RagDefinition.level, lambda level: Rag(level).label),
    ZoneProfile: Naming(ZoneProfile.workstream_id, lambda _: "Area and CSP"),
    NetworkMember: Naming(NetworkMember.workstream_id, lambda _: "Member of the Leaders Network"),
    Mentoring: Naming(Mentoring.workstream_id, lambda _: "Mentoring"),
    CoreTeamMember: Naming(CoreTeamMember.agency, lambda agency: Agency(agency).label),
    ZoneFunding: Naming(ZoneFunding.year_starting, _financial_year),
    RetentionRule: Naming(RetentionRule.category, lambda kept: CATEGORIES[Kept(kept)].label),
    CohortSession: Naming(CohortSession.title),
    AttendanceMark: Naming(AttendanceMark.attendance, lambda value: Attendance(value).label),
    ShowcaseSlot: Naming(ShowcaseSlot.workstream_id, lambda _: "Place in the showcase"),
    Participant: Naming(Participant.enrolled_on, lambda _: "Participant"),
    Application: Naming(Application.reference),
    ApplicantImport: Naming(ApplicantImport.title),
    Handout: Naming(Handout.title),
    Assignment: Naming(Assignment.state, lambda _: "Application to read"),
    Call: Naming(Call.places, lambda _: "Call for applications"),
    EligibilityCondition: Naming(EligibilityCondition.text),
    Question: Naming(Question.text),
    Criterion: Naming(Criterion.name),
    Theory: Naming(Theory.title),
    Node: Naming(Node.text),
    Link: Naming(Link.because, lambda because: because or "Link"),
    Assumption: Naming(Assumption.text),
    InterviewSlot: Naming(InterviewSlot.starts_at, _instant),
    Interview: Naming(Interview.id, lambda _: "Interview"),
    LetterTemplate: Naming(LetterTemplate.kind, lambda kind: DecisionKind(kind).label),
    Decision: Naming(Decision.kind, lambda kind: DecisionKind(kind).label),
    EvaluationSetting: Naming(EvaluationSetting.scale, lambda scale: Scale(scale).label),
    Note: Naming(Note.title),
    Attachment: Naming(Attachment.filename),
    Recommendation: Naming(Recommendation.text),
    Judgement: Naming(Judgement.level, lambda level: Realised(level).label),
    Release: Naming(
        Release.offers + Release.waiting + Release.unsuccessful,
        lambda total: count(int(total), "decision"),
    ),
    Indicator: Naming(Indicator.name),
    Target: Naming(Target.on, lambda on: f"Target for {day(date.fromisoformat(str(on)[:10]))}"),
    Breakdown: Naming(Breakdown.name),
    Measurement: Naming(
        Measurement.on, lambda on: f"Value for {day(date.fromisoformat(str(on)[:10]))}"
    ),
    SurveyRound: Naming(SurveyRound.title),
    MeasurementImport: Naming(MeasurementImport.title),
}


# Things with a page of their own that says more than the history of their row.
_PAGES: dict[type[Any], str] = {
    Release: "/applicants/decisions/releases/{}",
}


def page_of_subject(model: type[Any] | None, thing_id: uuid.UUID) -> str | None:
    """The path of a thing's page below its workstream's, if it has one of its own."""
    path = _PAGES.get(model) if model else None
    return path.format(thing_id) if path else None


def name_from(model: type[Any] | None, changes: dict[str, Any]) -> str | None:
    """The name of a row that is gone, from a record of it, when that record holds it."""
    naming = _NAMINGS.get(model) if model else None
    before, after = changes.get(naming.column.key, (None, None)) if naming else (None, None)
    raw = before if before is not None else after
    return None if naming is None or raw is None else shortened(naming.words(raw))


def names_of(reader: Reader, references: Iterable[Reference]) -> dict[Reference, str]:
    """Each thing's present name; what is not here any more, or not the reader's to see, is left out.

    One query for everything. A model that has no entry above costs one more of its own.
    """
    wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
    for table, thing_id in references:
        wanted[table].add(thing_id)
    models = tracked_models()
    found: dict[Reference, str] = {}
    selects = []
    for table, ids in wanted.items():
        model = models.get(table)
        if model is None:
            continue
        if naming := _NAMINGS.get(model):
            select = sa.select(
                sa.literal(table).label("of"),
                model.id.label("id"),
                sa.cast(naming.column, sa.Text).label("name"),
            ).where(model.id.in_(ids))
            if model is Workstream:  # the parent of a workstream may be hidden from its readers
                select = select.where(Workstream.id.in_(visible_ids(reader)))
            if (readable := readable_subjects(table, reader)) is not None:
                select = select.where(model.id.in_(readable))
            selects.append(select)
        else:
            found |= _from_rows(table, model, ids)
    if selects:
        for table, thing_id, raw in db.session.execute(sa.union_all(*selects)):
            found[table, thing_id] = shortened(_NAMINGS[models[table]].words(raw))
    return found


def _from_rows(table: str, model: type[Any], ids: set[uuid.UUID]) -> dict[Reference, str]:
    rows: Iterable[Tracked] = db.session.scalars(sa.select(model).where(model.id.in_(ids)))
    return {(table, row.id): shortened(row.history_title) for row in rows}  # type: ignore[attr-defined]


def shortened(name: str) -> str:
    """On one line, cut at a word."""
    line = " ".join(name.split())
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
