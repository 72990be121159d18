"""Three theories of change. Their activities and aims are those of the papers; what should follow from
them, and why, is invented where the papers do not say."""

from datetime import date

from app.demo.dated_history import DatedHistory, at_work
from app.demo.facts import annex_b, female_offender, new_parks
from app.demo.facts.indicators import IN_CUSTODY, KITCHEN, REFERRED, SAFE_AT_NIGHT
from app.demo.facts.shapes import WorkstreamFact
from app.demo.registry import Registry
from app.demo.stable_ids import stable_id
from app.extensions import db
from app.theory_of_change import theories
from app.theory_of_change.interchange import Draft, DraftAssumption, DraftLink, DraftNode
from app.theory_of_change.models import AssumptionState, EvidenceStrength, NodeKind, Theory
from app.theory_of_change.services import NodeWords, add_node

_INPUT, _ACTIVITY, _OUTPUT = NodeKind.INPUT, NodeKind.ACTIVITY, NodeKind.OUTPUT
_SHORT, _MEDIUM, _LONG = NodeKind.SHORT_OUTCOME, NodeKind.MEDIUM_OUTCOME, NodeKind.LONG_OUTCOME
_IMPACT = NodeKind.IMPACT
_WEAK, _MODERATE, _STRONG = (
    EvidenceStrength.WEAK,
    EvidenceStrength.MODERATE,
    EvidenceStrength.STRONG,
)
_DOUBTFUL = AssumptionState.DOUBTFUL


def load(history: DatedHistory, known: Registry) -> None:
    """Draw the maps, in workstreams whose plans are there already."""
    offender = _drawn(history, known, "female-offender-strategy", "evaluator", date(2021, 4, 28))
    _agreed_and_drawn_on(history, known, offender)
    _drawn(history, known, "domestic-abuse", "lead", date(2021, 6, 8))
    _drawn(history, known, "new-parks", "lead", date(2021, 5, 18))


def _drawn(history: DatedHistory, known: Registry, slug: str, by: str, on: date) -> Theory:
    at = at_work(on, f"map {slug}")
    history.as_of(at, known.people[by].id)
    return theories.create_map(
        workstream_id=known.workstreams[slug].id,
        theory_id=stable_id("theory", slug, at),
        draft=_DRAFTS[slug],
        owners={person.name: person.id for person in known.people.values()},
    )


def _agreed_and_drawn_on(history: DatedHistory, known: Registry, theory: Theory) -> None:
    """Agreed by the steering group, and something added since."""
    lead, evaluator = known.people["rhiannon.pell"], known.people["evaluator"]
    agreed_on = date(2021, 5, 26)
    at = at_work(agreed_on, "map agreed")
    history.as_of(at, lead.id)
    version = theories.agree(
        theory=theory,
        version=theory.version,
        agreed_on=agreed_on,
        label="Female Offender steering group",
        version_id=stable_id("theory version", "female-offender-strategy", at),
        by=lead,
    )
    version.made_on = agreed_on
    at = at_work(date(2021, 6, 9), "map drawn on")
    history.as_of(at, evaluator.id)
    add_node(
        theory=theory,
        node_id=stable_id("theory node", "court", at),
        words=NodeWords(_OUTPUT, "Courts know what there is in the community instead of custody"),
    )
    db.session.flush()


def _node(key: str, kind: NodeKind, text: str, detail: str = "", **ties: list[str]) -> DraftNode:
    return DraftNode(key, kind, text, detail, ties=ties)


def _link(
    ends: str,
    because: str = "",
    evidence: EvidenceStrength = EvidenceStrength.NONE,
    *assumptions: DraftAssumption,
) -> DraftLink:
    from_key, to_key = ends.split(" > ")
    return DraftLink(from_key, to_key, because, evidence, assumptions=assumptions)


def _activities(fact: WorkstreamFact) -> list[str]:
    return [row.what for row in fact.plan.activities] if fact.plan else []


_PRIORITIES = [aim.text for aim in female_offender.WORKSTREAM.aims]
_NEXT_STEPS = _activities(female_offender.WORKSTREAM)
_OFFENDER = Draft(
    title="Theory of change for the Female Offender Strategy",
    situation="Female offenders are some of the most vulnerable in society; over 60% of them experience "
    "domestic abuse (001, paragraph 17).",
    aim="The Female Offender Strategy (MOJ 2018) is embedded across Leicester, Leicestershire and Rutland.",
    who_for="Women in contact with the criminal justice system (CJS), and women who may be.",
    nodes=(
        _node("group", _INPUT, "Partnership planning group", "Led by the OPCC and probation."),
        _node("workshops", _ACTIVITY, "Two workshops", activities=[_NEXT_STEPS[0]]),
        _node("calls", _ACTIVITY, "Calls to group members", activities=[_NEXT_STEPS[1]]),
        _node("plan", _ACTIVITY, "12-month project plan", activities=[_NEXT_STEPS[2]]),
        _node("model", _ACTIVITY, "Theory of change model", activities=[_NEXT_STEPS[3]]),
        _node("shared", _OUTPUT, "Agencies share one picture of what women need"),
        _node("agreed", _OUTPUT, "Each agency knows its part of the plan"),
        _node(
            "earlier",
            _SHORT,
            "Women are offered help before they offend again",
            indicators=[REFERRED],
        ),
        _node("coming", _MEDIUM, _PRIORITIES[0], aims=[_PRIORITIES[0]], indicators=[REFERRED]),
        _node("custody", _MEDIUM, _PRIORITIES[1], aims=[_PRIORITIES[1]], indicators=[IN_CUSTODY]),
        _node("conditions", _MEDIUM, _PRIORITIES[2], aims=[_PRIORITIES[2]]),
        _node("lives", _IMPACT, "Women and their children live safer, steadier lives"),
    ),
    links=(
        _link("group > workshops", "The group invites those who must be in the room", _MODERATE),
        _link(
            "workshops > shared",
            "People who have worked through a woman's way together see the same gaps",
            _WEAK,
            DraftAssumption(
                "Those who come can speak for their agency",
                _DOUBTFUL,
                "Four of eleven agencies sent somebody new to the subject (invented).",
                review_on=date(2021, 6, 1),
            ),
        ),
        _link("calls > shared", "Members say by telephone what they would not in a meeting", _WEAK),
        _link("plan > agreed", "Dates and names are beside each step", _MODERATE),
        _link("shared > earlier", "Whoever meets a woman first knows whom to call"),
        _link("agreed > earlier"),
        _link(
            "earlier > coming",
            "Help with money, housing and abuse takes away what led to offending",
            _MODERATE,
            DraftAssumption("There is room in the services", review_on=date(2021, 9, 30)),
        ),
        _link("coming > custody", "Fewer women before a court means fewer sentenced", _STRONG),
        _link("custody > lives", "Mothers stay with their children", _MODERATE),
        _link("conditions > lives"),
    ),
)

_ANNEX = [row.activity for row in annex_b.ROWS]
_ABUSE = Draft(
    title="Theory of change for domestic abuse",
    situation="Many agencies act on domestic abuse; where provision is missing is not known.",
    aim="Help us identify gaps in provision (001, Annex B, row 2).",
    who_for="Adults and children affected by domestic abuse (DA), and those who abuse.",
    nodes=(
        _node("analyst", _INPUT, "A part-time DA analyst"),
        _node("risks", _ACTIVITY, "Identify common risk factors", activities=[_ANNEX[0]]),
        _node("bill", _ACTIVITY, "Prepare for the DA Bill", activities=[_ANNEX[2]]),
        _node("seats", _ACTIVITY, "Districts at partnership meetings", activities=[_ANNEX[3]]),
        _node("change", _ACTIVITY, "Perpetrator behaviour change", activities=[_ANNEX[4]]),
        _node("marac", _ACTIVITY, "Daily MARAC", activities=[_ANNEX[5]]),
        _node("children", _ACTIVITY, "Trauma-informed response", activities=[_ANNEX[6]]),
        _node("dashboard", _ACTIVITY, "DA dashboard", activities=[_ANNEX[8]]),
        _node("survivors", _ACTIVITY, "Survivors say what helped them"),
        _node("plans", _OUTPUT, "High-risk cases have a plan on the day"),
        _node("schools", _OUTPUT, "Schools hear before the child arrives"),
        _node("picture", _OUTPUT, "One picture of demand and provision"),
        _node("sooner", _SHORT, "Survivors are safer sooner"),
        _node("stop", _SHORT, "People who abuse stop or are stopped"),
        _node("heard", _SHORT, "Children are heard and supported"),
        _node("gaps", _MEDIUM, "Money goes where provision is missing"),
        _node("everyone", _LONG, "DA is everyone's business"),
        _node("fewer", _IMPACT, "Fewer people are harmed by domestic abuse"),
    ),
    links=(
        _link("analyst > dashboard", "Somebody has the time to keep it up", _MODERATE),
        _link("dashboard > picture", "Figures of all agencies stand side by side", _WEAK),
        _link("risks > picture", "The same signs are looked for everywhere"),
        _link("seats > picture", "Each district brings what it knows"),
        _link("marac > plans", "Agencies meet while it is still the same day", _STRONG),
        _link("plans > sooner", "What was agreed happens before the next call", _MODERATE),
        _link(
            "change > stop",
            "Those who finish the course have learned another way",
            _MODERATE,
            DraftAssumption(
                "Enough of those referred finish the course",
                review_on=date(2021, 10, 31),
            ),
        ),
        _link("stop > fewer", "", _MODERATE),
        _link("children > schools", "Operation Encompass tells the school", _MODERATE),
        _link("schools > heard", "An adult whom the child knows is ready", _WEAK),
        _link("sooner > fewer", "", _MODERATE),
        _link("heard > fewer"),
        _link(
            "picture > gaps",
            "Whoever commissions can see what nobody provides",
            EvidenceStrength.NONE,
            DraftAssumption("The agencies may share what they know", review_on=date(2021, 6, 10)),
        ),
        _link("gaps > sooner", "There is help to be had wherever somebody lives"),
    ),
)

_AMBITIONS = [aim.text for aim in new_parks.ZONE.aims]
_ROWS = _activities(new_parks.ZONE)
_PARKS = Draft(
    title="How New Parks becomes stronger",
    situation="New Parks has people who want to do something, and few places to do it (invented).",
    aim="What the community said it wants becomes true.",
    who_for="Everybody who lives in New Parks.",
    nodes=(
        _node("panel", _INPUT, "A Community Panel led by members of the community"),
        _node("vote", _ACTIVITY, "The panel sets the priorities", activities=[_ROWS[0]]),
        _node("bikes", _ACTIVITY, "Sessions on off-road bikes", activities=[_ROWS[2]]),
        _node("visits", _ACTIVITY, "Home fire safety visits", activities=[_ROWS[3]]),
        _node("dropin", _ACTIVITY, "Weekly drop-in at the library", activities=[_ROWS[4]]),
        _node("film", _ACTIVITY, "Young people's film", activities=[_ROWS[5]]),
        _node("spots", _OUTPUT, "Hot spots changed with residents"),
        _node("trained", _OUTPUT, "Residents trained as volunteers"),
        _node(
            "met", _OUTPUT, "People meet a service and each other each week", indicators=[KITCHEN]
        ),
        _node("decide", _MEDIUM, _AMBITIONS[1], aims=[_AMBITIONS[1]]),
        _node("learn", _MEDIUM, _AMBITIONS[0], aims=[_AMBITIONS[0]]),
        _node("lonely", _MEDIUM, _AMBITIONS[2], aims=[_AMBITIONS[2]]),
        _node("safe", _MEDIUM, _AMBITIONS[3], aims=[_AMBITIONS[3]], indicators=[SAFE_AT_NIGHT]),
        _node("strong", _IMPACT, "New Parks can stand on its own feet"),
    ),
    links=(
        _link("panel > vote", "Neighbours trust those whom they know", _MODERATE),
        _link("vote > decide", "What was voted for is what is done", _WEAK),
        _link("bikes > spots", "Those who walk past know where it is worst", _MODERATE),
        _link(
            "spots > safe",
            "A barrier stops the bikes, and people come back to the green",
            _WEAK,
            DraftAssumption(
                "The bikes do not only move elsewhere",
                AssumptionState.UNTESTED,
                review_on=date(2021, 6, 14),
            ),
        ),
        _link(
            "visits > trained", "The fire service trains whoever makes the first call", _MODERATE
        ),
        _link("trained > learn", "", _WEAK),
        _link("film > learn", "They learned to film, edit and speak up", _WEAK),
        _link(
            "dropin > met",
            "There is a reason to come in",
            _WEAK,
            DraftAssumption(
                "A health service names somebody to plan it with",
                _DOUBTFUL,
                "Nobody has been named since April.",
            ),
        ),
        _link("met > lonely", "Who comes twice knows somebody", _MODERATE),
        _link("decide > strong"),
        _link("learn > strong"),
        _link("lonely > strong", "", _WEAK),
        _link("safe > strong", "", _WEAK),
    ),
)

_DRAFTS = {
    "female-offender-strategy": _OFFENDER,
    "domestic-abuse": _ABUSE,
    "new-parks": _PARKS,
}
