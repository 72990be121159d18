"""Indicators: two figures that the papers give, exactly; the others are invented for this demonstration."""

from dataclasses import dataclass
from datetime import date

from app.indicators.models import Better, Frequency, Unit

INVENTED = "Invented for this demonstration."

# Those that steps of maps and notes name.
REFERRED = "Women referred to support instead of being charged"
IN_CUSTODY = "Women from the area who came into custody"
SAFE_AT_NIGHT = "People who feel safe in New Parks after dark"
KITCHEN = "People at the open kitchen"


@dataclass(frozen=True)
class ValueFact:
    """A value, and who entered and approved it; without the latter it waits."""

    on: date
    value: str | tuple[int, int]
    by: str
    approved_by: str | None = None
    commentary: str = ""
    groups: tuple[int | tuple[int, int], ...] = ()


@dataclass(frozen=True)
class IndicatorFact:
    """An indicator of a workstream. `defined_on` is when Waymark heard of it."""

    workstream: str
    name: str
    unit: Unit
    source: str
    defined_on: date
    by: str
    definition: str = ""
    counted: str = ""
    better: Better = Better.UP
    baseline: str | tuple[int, int] | None = None
    baseline_on: date | None = None
    baseline_text: str = ""
    targets: tuple[tuple[date, str], ...] = ()
    frequency: Frequency = Frequency.QUARTERLY
    first_due_on: date | None = None
    owner: str | None = None
    sensitive: bool = False
    breakdown: tuple[str, tuple[str, ...]] | None = None
    values: tuple[ValueFact, ...] = ()


def _days(*days: tuple[int, int, int]) -> tuple[date, ...]:
    return tuple(date(*day) for day in days)


def _each(
    days: tuple[date, ...], values: tuple[str | tuple[int, int], ...], by: str, approved_by: str
) -> tuple[ValueFact, ...]:
    return tuple(
        ValueFact(day, value, by, approved_by) for day, value in zip(days, values, strict=True)
    )


INDICATORS = (
    IndicatorFact(
        workstream="making-communities-and-neighbourhoods-safer",
        name="People who think that the police are doing a good job",
        unit=Unit.PERCENTAGE,
        source="Community based survey for Leicestershire Police (004 ¶15); the paper gives no counts",
        definition="Confidence that the police are doing a good job, in the community based survey.",
        defined_on=date(2020, 4, 2),
        by="officer",
        baseline="75.3",
        baseline_text="2012/13",
        frequency=Frequency.ONCE,
        values=(
            ValueFact(
                date(2015, 9, 16),
                "85.5",
                "officer",
                "teresa.quill",
                "As reported to the Police and Crime Panel on 16 September 2015.",
            ),
        ),
    ),
    IndicatorFact(
        workstream="cohort-1",
        name="Delegates who graduated",
        unit=Unit.PERCENTAGE,
        source="003 ¶19",
        definition="Of the delegates of the first round, those who graduated in April 2021.",
        counted="delegates",
        defined_on=date(2021, 4, 30),
        by="coordinator",
        frequency=Frequency.ONCE,
        values=(ValueFact(date(2021, 4, 30), (18, 20), "coordinator", "officer"),),
    ),
    IndicatorFact(
        workstream="female-offender-strategy",
        name=REFERRED,
        unit=Unit.NUMBER,
        source=INVENTED,
        definition="Women who came to notice in a quarter and were referred to a support service "
        "instead of being charged, each counted once.",
        counted="women",
        defined_on=date(2020, 7, 1),
        by="evaluator",
        baseline="31",
        baseline_on=date(2020, 3, 31),
        targets=((date(2021, 3, 31), "45"), (date(2022, 3, 31), "60")),
        first_due_on=date(2020, 6, 30),
        owner="rhiannon.pell",
        sensitive=True,
        breakdown=("Age band", ("18 to 24", "25 to 39", "40 and over")),
        values=(
            ValueFact(date(2020, 6, 30), "29", "rhiannon.pell", "evaluator", groups=(9, 14, 6)),
            ValueFact(date(2020, 9, 30), "37", "rhiannon.pell", "evaluator", groups=(12, 18, 7)),
            ValueFact(
                date(2021, 3, 31),
                "41",
                "rhiannon.pell",
                "evaluator",
                "Nobody counted in autumn 2020, while two services moved to one system.",
                groups=(14, 24, 3),
            ),
        ),
    ),
    IndicatorFact(
        workstream="female-offender-strategy",
        name=IN_CUSTODY,
        unit=Unit.NUMBER,
        source=INVENTED,
        counted="women",
        better=Better.DOWN,
        defined_on=date(2020, 7, 1),
        by="evaluator",
        baseline="64",
        baseline_on=date(2020, 3, 31),
        targets=((date(2022, 3, 31), "48"),),
        first_due_on=date(2020, 6, 30),
        owner="yusuf.adair",
        values=(
            *_each(
                _days((2020, 6, 30), (2020, 9, 30), (2020, 12, 31)),
                ("61", "58", "57"),
                "yusuf.adair",
                "evaluator",
            ),
            ValueFact(date(2021, 3, 31), "54", "yusuf.adair"),
        ),
    ),
    IndicatorFact(
        workstream="new-parks",
        name=SAFE_AT_NIGHT,
        unit=Unit.PERCENTAGE,
        source=f"{INVENTED} Asked at open events, by a show of cards.",
        counted="asked",
        defined_on=date(2020, 9, 1),
        by="lead",
        baseline=(18, 40),
        baseline_on=date(2020, 9, 30),
        targets=((date(2022, 3, 31), "65"),),
        first_due_on=date(2020, 12, 31),
        owner="contributor",
        values=(
            ValueFact(date(2020, 12, 31), (20, 42), "contributor", "lead"),
            ValueFact(
                date(2021, 3, 31),
                (27, 45),
                "contributor",
                "lead",
                "The lamps on the green were mended in February.",
            ),
        ),
    ),
    IndicatorFact(
        workstream="new-parks",
        name=KITCHEN,
        unit=Unit.NUMBER,
        source=f"{INVENTED} Counted at the door.",
        counted="visits",
        defined_on=date(2021, 1, 11),
        by="lead",
        targets=((date(2021, 12, 31), "120"),),
        frequency=Frequency.MONTHLY,
        first_due_on=date(2021, 1, 31),
        values=_each(
            _days((2021, 1, 31), (2021, 2, 28), (2021, 3, 31), (2021, 4, 30)),
            ("34", "41", "58", "66"),
            "lead",
            "evaluator",
        ),
    ),
    IndicatorFact(
        workstream="youth-perception-survey",
        name="Young people who feel safe where they live",
        unit=Unit.PERCENTAGE,
        source=f"{INVENTED} Youth perception survey, ages 11 to 24.",
        definition="Those who answered “very safe” or “fairly safe”, of all who gave an answer.",
        counted="young people",
        defined_on=date(2021, 5, 20),
        by="colin.abara",
        frequency=Frequency.YEARLY,
        first_due_on=date(2021, 8, 31),
        owner="colin.abara",
        breakdown=("Age band", ("11 to 15", "16 to 18", "19 to 24")),
    ),
    IndicatorFact(
        workstream="youth-perception-survey",
        name="Young people who worry about knife crime",
        unit=Unit.PERCENTAGE,
        source=f"{INVENTED} Youth perception survey, ages 11 to 24.",
        counted="young people",
        better=Better.DOWN,
        defined_on=date(2021, 5, 20),
        by="colin.abara",
        frequency=Frequency.YEARLY,
        first_due_on=date(2021, 8, 31),
    ),
)


# A round of the survey: for each indicator how many counted, of how many, and the same by age band.
ROUND_TITLE = "Youth perception survey, its first ten days"
ROUND_BEGAN, ROUND_ENDED = date(2021, 6, 7), date(2021, 6, 16)
ROUND_METHOD = f"On-line, ages 11 to 24, whoever followed the link. {INVENTED}"
ROUND_ANSWERS = 212
ROUND_RESULTS = {
    "Young people who feel safe where they live": (
        ((131, 208), ((58, 91), (44, 74), (29, 43))),
        {"How safe do you feel where you live?": ["Very safe", "Fairly safe"]},
    ),
    "Young people who worry about knife crime": (
        ((97, 205), ()),
        {"How worried are you about knife crime?": ["Very worried", "Fairly worried"]},
    ),
}
# Whoever is asked to look at figures must be somebody other than who entered them.
ROUND_BY, ROUND_APPROVED_BY = "colin.abara", "officer"
