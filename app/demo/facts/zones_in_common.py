"""What the four People Zones share: their money, and how ambitions, issues and plans are written."""

from datetime import date

from app.delivery.models import PlanStatus
from app.demo.facts.shapes import (
    INVENTED,
    ActivityFact,
    AimFact,
    FundingFact,
    IssueFact,
    PlanFact,
)
from app.workstreams.models import AimKind, ResilienceDomain

OPCC = "Office of the Police and Crime Commissioner"
CITY = "Leicester City Council"
POLICE = "Leicestershire Police"
FIRE = "Leicestershire Fire and Rescue Service"
SKILLS, RESOURCES, HEALTH, SAFETY = ResilienceDomain

# "£25k of funding has been committed to each People Zone (PZ) area for both 2021/22 and 2022/23".
FUNDING = (
    FundingFact(year_starting=2021, pence=25_000_00, source="003 ¶24"),
    FundingFact(year_starting=2022, pence=25_000_00, source="003 ¶24"),
)


def ambition(domain: ResilienceDomain, text: str) -> AimFact:
    """The papers say that ambition statements were prepared (002 ¶3) but not what they are."""
    return AimFact(text=text, kind=AimKind.AMBITION_STATEMENT, domain=domain, source=INVENTED)


def issue(text: str, raised_at: str = "People Zone workshop, autumn 2018") -> IssueFact:
    """Workshops identified key issues (002 ¶3); the papers do not list them."""
    return IssueFact(text=text, raised_at=raised_at, source=INVENTED)


def draft_plan(*activities: ActivityFact) -> PlanFact:
    """ "Work to draft a delivery plan in each of the CSP/PZ areas is underway" (003 ¶26)."""
    return PlanFact(
        title="Delivery plan 2021/22",
        source="003 ¶25-26; the rows are invented",
        starts_on=date(2021, 4, 1),
        ends_on=date(2022, 3, 31),
        status=PlanStatus.DRAFT,
        activities=activities,
    )
