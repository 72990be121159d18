"""The shapes that the facts are written in. They hold words and dates; `app.demo.loading` makes rows."""

from dataclasses import dataclass
from datetime import date

from app.accounts.models import GlobalRole, OrganisationKind
from app.delivery.models import PlanStatus, Rag
from app.people_zones.models import Agency
from app.workstreams.models import (
    AimKind,
    MemberRole,
    ResilienceDomain,
    WorkstreamKind,
    WorkstreamStatus,
)

INVENTED = "invented"


@dataclass(frozen=True, kw_only=True)
class OrganisationFact:
    name: str
    kind: OrganisationKind
    source: str


@dataclass(frozen=True, kw_only=True)
class BodyFact:
    name: str
    source: str
    abbreviation: str | None = None
    is_csp: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonFact:
    """Always invented. `account` is the part before @waymark.example; only those who `sign_in` have
    a password."""

    account: str
    name: str
    organisation: str
    global_role: GlobalRole | None = None
    signs_in: bool = False
    job: str = ""


@dataclass(frozen=True, kw_only=True)
class AimFact:
    text: str
    source: str
    kind: AimKind = AimKind.PRIORITY
    domain: ResilienceDomain | None = None


@dataclass(frozen=True, kw_only=True)
class IssueFact:
    text: str
    source: str
    raised_at: str = ""


@dataclass(frozen=True, kw_only=True)
class MilestoneFact:
    title: str
    source: str
    on: date
    text: str = ""  # as the document words it; else the date itself
    forecast_on: date | None = None
    done_on: date | None = None
    evidence: str = ""
    waits_for: tuple[str, ...] = ()  # titles of milestones of the same plan; invented


@dataclass(frozen=True, kw_only=True)
class UpdateFact:
    """A progress update; invented unless it says otherwise."""

    on: date
    by: str | None
    text: str
    rag: Rag = Rag.GREEN
    reason: str = ""
    forecast_on: date | None = None
    done: bool = False
    ticked: tuple[str, ...] = ()  # titles of the activity's milestones
    source: str = INVENTED


@dataclass(frozen=True, kw_only=True)
class AskFact:
    """Somebody was asked for an update, and nobody has posted one since."""

    on: date
    by: str
    of: str
    message: str
    source: str = INVENTED


@dataclass(frozen=True, kw_only=True)
class ActivityFact:
    what: str
    source: str
    how: str = ""
    lead: str | None = None
    organisation: str | None = None
    contributors: tuple[str, ...] = ()
    reports_to: str | None = None
    reporting: str = ""
    start: tuple[str, date] | None = None  # the words, and the day they count as
    due: tuple[str, date] | None = None
    aims: tuple[int, ...] = ()  # places in the workstream's list of aims, from 0
    domains: tuple[ResilienceDomain, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    updates: tuple[UpdateFact, ...] = ()
    asked: AskFact | None = None


@dataclass(frozen=True, kw_only=True)
class WordTableFact:
    """The Word table that a plan comes from. `split_row` is the number of the row that stands on two
    pages, counted from 1."""

    file_name: str
    heading: str
    caption: str
    split_row: int
    source: str


@dataclass(frozen=True, kw_only=True)
class PlanFact:
    title: str
    source: str
    starts_on: date
    ends_on: date
    status: PlanStatus
    activities: tuple[ActivityFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    # Imported from this, what the table does not hold being added afterwards.
    table: WordTableFact | None = None


@dataclass(frozen=True, kw_only=True)
class TeamFact:
    agency: Agency
    organisation: str | None
    person: str | None
    job: str
    source: str = INVENTED


@dataclass(frozen=True, kw_only=True)
class FundingFact:
    year_starting: int
    pence: int
    source: str


@dataclass(frozen=True, kw_only=True)
class ZoneFact:
    area: str
    csp: str | None
    source: str
    team: tuple[TeamFact, ...] = ()
    funding: tuple[FundingFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WorkstreamFact:
    slug: str
    name: str
    kind: WorkstreamKind
    status: WorkstreamStatus
    purpose: str
    source: str
    parent: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    organisation: str | None = None
    lead: str | None = None
    reports_to: str | None = None
    aims: tuple[AimFact, ...] = ()
    issues: tuple[IssueFact, ...] = ()
    members: tuple[tuple[str, MemberRole], ...] = ()
    plan: PlanFact | None = None
    zone: ZoneFact | None = None
