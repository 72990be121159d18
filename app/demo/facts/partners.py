"""The organisations and the bodies that the papers name, and what red, amber and green mean here."""

from app.accounts.models import OrganisationKind
from app.delivery.models import Rag
from app.demo.facts.shapes import INVENTED, BodyFact, OrganisationFact

_COUNCIL = OrganisationKind.LOCAL_AUTHORITY

ORGANISATIONS = (
    OrganisationFact(
        name="Office of the Police and Crime Commissioner",
        kind=OrganisationKind.OPCC,
        source="003 ¶1",
    ),
    OrganisationFact(
        name="Violence Reduction Network", kind=OrganisationKind.OTHER, source="000 ¶8"
    ),
    OrganisationFact(name="Leicestershire Police", kind=OrganisationKind.POLICE, source="004 ¶5"),
    OrganisationFact(
        name="Leicestershire Fire and Rescue Service",
        kind=OrganisationKind.FIRE,
        source="002 ¶5 (fire service)",
    ),
    OrganisationFact(
        name="National Probation Service", kind=OrganisationKind.PROBATION, source="001 ¶17"
    ),
    OrganisationFact(
        name="Leicestershire Partnership NHS Trust",
        kind=OrganisationKind.HEALTH,
        source="000 ¶18 (LPT)",
    ),
    OrganisationFact(
        name="Loughborough University", kind=OrganisationKind.UNIVERSITY, source="000 ¶21"
    ),
    OrganisationFact(
        name="Leicestershire Cares", kind=OrganisationKind.VOLUNTARY_SECTOR, source="000 ¶18"
    ),
    OrganisationFact(name="Leicester City Council", kind=_COUNCIL, source="001 ¶30"),
    OrganisationFact(name="Leicestershire County Council", kind=_COUNCIL, source="001 ¶30"),
    OrganisationFact(name="Rutland County Council", kind=_COUNCIL, source="001 ¶30"),
    OrganisationFact(name="Harborough District Council", kind=_COUNCIL, source="001 ¶30"),
    OrganisationFact(name="Blaby District Council", kind=_COUNCIL, source="001 ¶30"),
    OrganisationFact(name="Hinckley and Bosworth Borough Council", kind=_COUNCIL, source="001 ¶30"),
    OrganisationFact(
        name="North West Leicestershire District Council", kind=_COUNCIL, source="001 ¶30"
    ),
    OrganisationFact(name="Melton Borough Council", kind=_COUNCIL, source="001 ¶30"),
    OrganisationFact(name="Oadby and Wigston Borough Council", kind=_COUNCIL, source="001 ¶30"),
    OrganisationFact(name="Charnwood Borough Council", kind=_COUNCIL, source="001 ¶30"),
)

BODIES = (
    BodyFact(name="Strategic Partnership Board", abbreviation="SPB", source="001 ¶11"),
    BodyFact(
        name="Strategic Partnership Board Executive",
        abbreviation="SPB Executive",
        source="001 ¶22, ¶35",
    ),
    BodyFact(
        name="Leicestershire Safer Communities Strategy Board",
        abbreviation="LSCSB",
        source="003, title",
    ),
    BodyFact(name="Senior Officers' Group", abbreviation="SOG", source="001 ¶12"),
    BodyFact(
        name="Vulnerability Executive", abbreviation="Vulnerability Exec", source="001 ¶31, Annex B"
    ),
    BodyFact(name="DSVA Ops Group", source="001 ¶31, Annex B"),
    BodyFact(name="MARAC Operations Group", source="001 Annex B"),
    BodyFact(name="LLR DA Perpetrator Project Board", source="001 Annex B"),
    BodyFact(name="Strategic Assurance Board", abbreviation="SAB", source="000 ¶4"),
    BodyFact(name="Police and Crime Panel", source="004, title"),
    BodyFact(name="CSP Chairs Network", source="000 ¶5"),
    BodyFact(name="Joint Action Groups", abbreviation="JAGs", source="002 ¶4"),
    BodyFact(name="Community Safety Partnerships", abbreviation="CSPs", source="002 ¶4"),
    BodyFact(
        name="Safer Leicester Partnership",
        abbreviation="SLP",
        is_csp=True,
        source="003 ¶24 (SLP)",
    ),
    BodyFact(
        name="Charnwood Community Safety Partnership",
        abbreviation="Charnwood CSP",
        is_csp=True,
        source="003 ¶24 (the relevant CSP)",
    ),
    BodyFact(
        name="North West Leicestershire Community Safety Partnership",
        abbreviation="NW Leicestershire CSP",
        is_csp=True,
        source="003 ¶24 (the relevant CSP)",
    ),
)

RAG_DEFINITIONS = (
    (Rag.RED, "Will miss its date or its purpose unless somebody above the lead acts.", INVENTED),
    (Rag.AMBER, "At risk. The lead has a plan to bring it back and can say what it is.", INVENTED),
    (Rag.GREEN, "On track for its date and its purpose.", INVENTED),
)
