"""The pages of the form in their order, and how far somebody has come with them."""

from enum import Enum

from app.cohorts.applications.stages import Stage
from app.cohorts.applying.about_steps import about_steps, last_steps
from app.cohorts.applying.asked_steps import ConditionStep, QuestionStep
from app.cohorts.applying.step import Draft, Section, Step
from app.cohorts.call.eligibility import why_not


class Standing(Enum):
    """Whether somebody can apply, as far as they have said who they are."""

    UNKNOWN = "unknown"
    NO = "no"
    YES = "yes"


# What comes before anybody is asked to write.
BEFORE_QUESTIONS = (Section.ABOUT, Section.CONDITIONS)


def steps_of(draft: Draft) -> list[Step]:
    """Every page, in order."""
    return [
        *about_steps(draft),
        *(ConditionStep(draft, condition) for condition in draft.conditions),
        *(QuestionStep(draft, question) for question in draft.questions),
        *last_steps(draft),
    ]


def reasons_against(draft: Draft) -> list[str]:
    """Why somebody cannot apply, a sentence for each reason; [] as far as is known."""
    application, call = draft.application, draft.call
    return why_not(
        call,
        call.workstream.starts_on,
        draft.conditions,
        application.born_on,
        application.area,
        application.eligibility,
    )


def standing_of(draft: Draft) -> Standing:
    """Whether they can apply: told as soon as one answer says no, and yes when all are given."""
    if reasons_against(draft):
        return Standing.NO
    application = draft.application
    unsaid = application.born_on is None or application.area is None
    unsaid = unsaid or any(str(c.id) not in application.eligibility for c in draft.conditions)
    return Standing.UNKNOWN if unsaid else Standing.YES


def open_sections(draft: Draft) -> tuple[Section, ...]:
    """Where somebody can write: everywhere once it is clear that they can apply, and in what was sent
    already; before that, only about who they are."""
    if draft.application.stage is not Stage.DRAFT or standing_of(draft) is Standing.YES:
        return tuple(Section)
    return BEFORE_QUESTIONS


def missing(steps: list[Step]) -> list[Step]:
    """What must still be answered before the application can be sent."""
    return [step for step in steps if not step.optional and not step.kept]


def following(steps: list[Step], path: str) -> Step | None:
    """The page after the one at `path`; None after the last."""
    paths = [step.path for step in steps]
    at = paths.index(path) + 1
    return steps[at] if at < len(steps) else None
