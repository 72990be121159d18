"""The stages of an application, and the one table of who may move it from which to which."""

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """How far an application has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ELIGIBLE = "eligible"
    SHORTLISTED = "shortlisted"
    INTERVIEW = "interview"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ENROLLED = "enrolled"
    WAITLISTED = "waitlisted"
    UNSUCCESSFUL = "unsuccessful"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """What the people who choose call it."""
        return {"draft": "Not submitted", "waitlisted": "Waiting list"}.get(
            self.value, self.value.capitalize()
        )

    @property
    def told_as(self) -> str:
        """What the applicant is told. Until decisions are released, nobody can read one from it."""
        return _TOLD_AS[self]


_TOLD_AS = {
    Stage.DRAFT: "Not sent yet",
    Stage.SUBMITTED: "We have your application",
    Stage.ELIGIBLE: "We have your application",
    Stage.SHORTLISTED: "We have your application",
    Stage.INTERVIEW: "We would like to meet you",
    Stage.OFFERED: "We offer you a place",
    Stage.ACCEPTED: "You have accepted your place",
    Stage.ENROLLED: "You have a place",
    Stage.WAITLISTED: "You are on the waiting list",
    Stage.UNSUCCESSFUL: "We could not offer you a place",
    Stage.DECLINED: "You did not take up your place",
    Stage.WITHDRAWN: "You withdrew your application",
}


class Mover(StrEnum):
    """Who moves an application: its writer, the coordinator, a release of decisions, or the clock."""

    APPLICANT = "applicant"
    COORDINATOR = "coordinator"
    RELEASE = "release"
    WAYMARK = "waymark"


_A, _C, _R, _W = Mover.APPLICANT, Mover.COORDINATOR, Mover.RELEASE, Mover.WAYMARK
_S = Stage

# What an applicant learns from (an offer, a refusal, the waiting list) is moved by a release alone,
# so that nothing leaves before all of it does.
_RELEASED = {_S.OFFERED: {_R}, _S.WAITLISTED: {_R}, _S.UNSUCCESSFUL: {_R}}
_LEAVING = {_S.WITHDRAWN: {_A, _C}}

MOVES: Mapping[Stage, Mapping[Stage, set[Mover]]] = {
    # A coordinator submits for somebody only what came on paper or by telephone.
    # A place put off from an earlier cohort is carried over as it is (participants/deferring.py).
    _S.DRAFT: {_S.SUBMITTED: {_A, _C}, _S.ACCEPTED: {_W}, **_LEAVING},
    _S.SUBMITTED: {_S.ELIGIBLE: {_C}, _S.UNSUCCESSFUL: {_R}, **_LEAVING},
    _S.ELIGIBLE: {_S.SUBMITTED: {_C}, _S.SHORTLISTED: {_C}, **_RELEASED, **_LEAVING},
    _S.SHORTLISTED: {_S.ELIGIBLE: {_C}, _S.INTERVIEW: {_C}, **_RELEASED, **_LEAVING},
    _S.INTERVIEW: {_S.SHORTLISTED: {_C}, **_RELEASED, **_LEAVING},
    # A lapsed offer is declined by the clock.
    _S.OFFERED: {_S.ACCEPTED: {_A, _C}, _S.DECLINED: {_A, _C, _W}, **_LEAVING},
    _S.ACCEPTED: {_S.ENROLLED: {_C}, _S.DECLINED: {_A, _C}, **_LEAVING},
    # From here on it is the participant who graduates, leaves or defers.
    _S.ENROLLED: {_S.ACCEPTED: {_C}},
    _S.WAITLISTED: {_S.OFFERED: {_R}, _S.UNSUCCESSFUL: {_R}, **_LEAVING},
    # An appeal, or a mistake: back to where the decision was made.
    _S.UNSUCCESSFUL: {_S.ELIGIBLE: {_C}},
    _S.DECLINED: {_S.WAITLISTED: {_C}},
    # Withdrawn on behalf of the wrong person, or they have thought better of it.
    _S.WITHDRAWN: {_S.DRAFT: {_A}, _S.SUBMITTED: {_C}},
}

# Those who hold a place, or have been offered one.
PLACED = (Stage.OFFERED, Stage.ACCEPTED, Stage.ENROLLED)
# Those about whom nothing more is to be decided.
ENDED = (Stage.UNSUCCESSFUL, Stage.DECLINED, Stage.WITHDRAWN)


def may_move(mover: Mover, before: Stage, after: Stage) -> bool:
    """Whether the table lets `mover` move an application from one stage to another."""
    return mover in MOVES[before].get(after, ())


def moves_for(mover: Mover, before: Stage) -> list[Stage]:
    """Where `mover` may move an application that stands at `before`, in the order of the stages."""
    return [stage for stage in Stage if may_move(mover, before, stage)]
