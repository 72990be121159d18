"""The Police and Crime Plan theme of 2013-2017, kept as a closed record with its money."""

from datetime import date

from app.demo.facts.shapes import AimFact, IssueFact, WorkstreamFact
from app.workstreams.models import WorkstreamKind, WorkstreamStatus

_OPCC = "Office of the Police and Crime Commissioner"
_BIG_CONVERSATION = "Big Conversation 2015-2016"

THEME = WorkstreamFact(
    slug="making-communities-and-neighbourhoods-safer",
    name="Making Communities and Neighbourhoods Safer",
    kind=WorkstreamKind.PROGRAMME,
    status=WorkstreamStatus.CLOSED,
    purpose=(
        "A key theme within the Police and Crime Plan 2013-2017. Commissioned for 2015/16, of a "
        "total commissioning budget of £4.2m: Partnership Locality Funding £450,000, Youth "
        "Commission £15,000, Domestic Homicide Reviews £32,000, Local Resilience Forum £6,500 and "
        "Crime Stoppers National Hub £26,000. An equality impact assessment and a risk assessment "
        "are a requirement of each funding agreement."
    ),
    source="004 ¶1, ¶8-14, implications",
    starts_on=date(2013, 10, 1),
    organisation=_OPCC,
    reports_to="Police and Crime Panel",
    aims=(
        AimFact(
            text="Continually improve the police service to the communities of Leicester, "
            "Leicestershire and Rutland",
            source="004, heading before ¶15",
        ),
        AimFact(
            text="Reduce all crime, domestic burglary, violence with injury and vehicle crime",
            source="004, heading before ¶18",
        ),
        AimFact(
            text="Ensure positive outcomes, focussed on victims",
            source="004, heading before ¶20",
        ),
    ),
)

YOUTH_COMMISSION = WorkstreamFact(
    slug="youth-commission",
    name="Youth Commission",
    kind=WorkstreamKind.STRATEGY,
    status=WorkstreamStatus.EMBEDDED,
    parent="making-communities-and-neighbourhoods-safer",
    purpose="Advise, challenge, influence and quality assure police activity from a young "
    "person's perspective (£15,000 in 2015/16). Nine recommendations of the Big Conversation "
    "2014-2015 were agreed at the annual conference in March 2015.",
    source="004 ¶9-10",
    organisation=_OPCC,
    reports_to="Police and Crime Panel",
    issues=tuple(
        IssueFact(text=text, raised_at=_BIG_CONVERSATION, source="004 ¶11")
        for text in (
            "CSE and Missing from Home",
            "Legal Highs",
            "Youth Violence",
            "The relationship with the Police",
            "Domestic Abuse",
            "Hate Crime and Radicalisation",
        )
    ),
)

WORKSTREAMS = (THEME, YOUTH_COMMISSION)
