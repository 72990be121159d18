"""Who may do what: one table. It renders docs/security.md and generates the tests.

Adding a right: add it to `Right`, give it a row in `MATRIX`, declare it on the route. Nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A part somebody plays. The first two reach everything; the rest are held on a workstream
    and reach its children."""

    ADMINISTRATOR = "administrator"
    OPCC_READER = "opcc_reader"
    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    EVALUATOR = "evaluator"
    READER = "reader"
    REVIEWER = "reviewer"
    FACILITATOR = "facilitator"
    EXTERNAL_EVALUATOR = "external_evaluator"

    @property
    def label(self) -> str:
        return {
            "opcc_reader": "OPCC-wide reader",
            "external_evaluator": "External evaluator",
        }.get(self.value, self.value.capitalize())


GLOBAL_ROLES = (Role.ADMINISTRATOR, Role.OPCC_READER)
WORKSTREAM_ROLES = (
    Role.LEAD,
    Role.CONTRIBUTOR,
    Role.EVALUATOR,
    Role.READER,
    Role.REVIEWER,
    Role.FACILITATOR,
    Role.EXTERNAL_EVALUATOR,
)


class Right(StrEnum):
    """One thing that a route lets somebody do. The value completes the sentence "You may …"."""

    MANAGE_PEOPLE = "invite and change people and organisations"
    MANAGE_SETTINGS = "change RAG definitions and reporting groups"
    READ_OUTBOX = "read the outbox"
    CREATE_TOP_WORKSTREAM = "create a workstream at the top of the tree"
    VIEW_WORKSTREAM = "see a workstream, its plan and its people"
    VIEW_HISTORY = "see the history of a workstream"
    EDIT_WORKSTREAM = "edit a workstream, its priorities, ambitions, core team and funding"
    MOVE_WORKSTREAM = "move a workstream in the tree, archive it or bring it back"
    MANAGE_MEMBERS = "give and take away roles on a workstream"
    EDIT_PLAN = "add, edit, reorder and remove activities and milestones"
    AGREE_PLAN = "record that a delivery plan was agreed, or send it back"
    UPDATE_ACTIVITY = "post a progress update and tick milestones"
    EDIT_CALL = "set up a cohort's call for applications"
    NOMINATE = "nominate somebody for a cohort"
    MANAGE_APPLICANTS = "see who applied to a cohort, move them between stages and decide"
    REVIEW_APPLICATIONS = "read applications and score them"
    MANAGE_PARTICIPANTS = "see a cohort's participants and run its sessions"
    TAKE_REGISTER = "take the register of a session"
    MANAGE_NETWORK = "see the members of the Leaders Network and match mentors"
    EDIT_MAP = "draw theory-of-change maps"
    AGREE_MAP = "record that a theory of change was agreed"
    SHARE_MAP = "share a map by a link that anybody can read"
    EDIT_INDICATORS = "define indicators, their targets and breakdowns"
    MEASURE = "enter measurements"
    APPROVE_MEASUREMENT = "approve and correct measurements"
    WRITE_NOTES = "write evaluation notes and recommendations"
    READ_RESTRICTED_NOTES = "read notes that are for evaluators and leads"
    ANSWER_RECOMMENDATIONS = "answer recommendations and say what was done"
    JUDGE_AMBITIONS = "judge how far an ambition statement is realised"
    MANAGE_PERSONAL_DATA = "hand over and erase what Waymark holds about members of the public"


class Reach(StrEnum):
    """How far a role's right goes."""

    ALL = "yes"
    ASSIGNED = "if assigned to them"


_ALL, _ASSIGNED = Reach.ALL, Reach.ASSIGNED
_ADMIN_ONLY = {Role.ADMINISTRATOR: _ALL}
# Named one by one: a role added later sees nothing until somebody says that it does.
_EVERYONE = {
    Role.ADMINISTRATOR: _ALL,
    Role.OPCC_READER: _ALL,
    Role.LEAD: _ALL,
    Role.CONTRIBUTOR: _ALL,
    Role.EVALUATOR: _ALL,
    Role.READER: _ALL,
    Role.EXTERNAL_EVALUATOR: _ALL,
}
_LEADS = {Role.ADMINISTRATOR: _ALL, Role.LEAD: _ALL}
_EVALUATORS = _LEADS | {Role.EVALUATOR: _ALL}
# Reviewers and facilitators are not in _EVERYONE: they see what is given to them and nothing else.

MATRIX: Mapping[Right, Mapping[Role, Reach]] = {
    Right.MANAGE_PEOPLE: _ADMIN_ONLY,
    Right.MANAGE_SETTINGS: _ADMIN_ONLY,
    Right.READ_OUTBOX: _ADMIN_ONLY,
    Right.CREATE_TOP_WORKSTREAM: _ADMIN_ONLY,
    Right.VIEW_WORKSTREAM: _EVERYONE,
    Right.VIEW_HISTORY: _EVERYONE,
    Right.EDIT_WORKSTREAM: _LEADS,
    Right.MOVE_WORKSTREAM: _ADMIN_ONLY,
    Right.MANAGE_MEMBERS: _LEADS,
    Right.EDIT_PLAN: _LEADS,
    # The board trusts what it reads because those who wrote a plan are not those who agree it.
    Right.AGREE_PLAN: _ADMIN_ONLY,
    # An evaluator may lead an activity of the plan (the evaluation itself, say).
    Right.UPDATE_ACTIVITY: _LEADS | {Role.CONTRIBUTOR: _ASSIGNED, Role.EVALUATOR: _ASSIGNED},
    Right.EDIT_CALL: _LEADS,
    Right.NOMINATE: _LEADS | {Role.CONTRIBUTOR: _ALL, Role.EVALUATOR: _ALL},
    # Applicants gave their words to the people who choose, not to everybody who reads the plan.
    Right.MANAGE_APPLICANTS: _LEADS,
    # Whoever reads an application has been given it, so that a conflict of interest can take it away.
    Right.REVIEW_APPLICATIONS: {Role.LEAD: _ASSIGNED, Role.REVIEWER: _ASSIGNED},
    Right.MANAGE_PARTICIPANTS: _LEADS,
    Right.TAKE_REGISTER: _LEADS | {Role.FACILITATOR: _ASSIGNED},
    Right.MANAGE_NETWORK: _LEADS,
    Right.EDIT_MAP: _EVALUATORS,
    Right.AGREE_MAP: _LEADS,
    Right.SHARE_MAP: _LEADS,
    Right.EDIT_INDICATORS: _EVALUATORS,
    # Whoever owns an indicator enters its values.
    Right.MEASURE: _EVALUATORS | {Role.CONTRIBUTOR: _ASSIGNED},
    Right.APPROVE_MEASUREMENT: _EVALUATORS,
    # An external evaluator reads plans and writes notes, and does nothing else.
    Right.WRITE_NOTES: _EVALUATORS | {Role.EXTERNAL_EVALUATOR: _ALL},
    Right.READ_RESTRICTED_NOTES: _EVALUATORS | {Role.EXTERNAL_EVALUATOR: _ALL},
    Right.ANSWER_RECOMMENDATIONS: _LEADS | {Role.CONTRIBUTOR: _ASSIGNED},
    Right.JUDGE_AMBITIONS: _EVALUATORS,
    Right.MANAGE_PERSONAL_DATA: _ADMIN_ONLY,
}

# Rights over the whole installation rather than over one workstream.
GLOBAL_RIGHTS = frozenset(
    {
        Right.MANAGE_PEOPLE,
        Right.MANAGE_SETTINGS,
        Right.READ_OUTBOX,
        Right.CREATE_TOP_WORKSTREAM,
        Right.MANAGE_PERSONAL_DATA,
    }
)


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed and, when it is not, why, in words for the person."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def decide(right: Right, roles: frozenset[Role], *, assigned: bool = False) -> Decision:
    """Whether somebody holding `roles` (on the thing at hand) has `right`.

    `assigned` says that the thing itself is given to them (they lead or contribute to it).
    """
    reaches = {MATRIX[right][role] for role in roles if role in MATRIX[right]}
    if Reach.ALL in reaches or (Reach.ASSIGNED in reaches and assigned):
        return Decision(True)
    if Reach.ASSIGNED in reaches:
        return Decision(False, f"You can {right} only where it is assigned to you.")
    able = " or ".join(role.label.lower() for role in MATRIX[right])
    article = "an" if able[0] in "aeio" else "a"
    where = "" if right in GLOBAL_RIGHTS else " here"
    return Decision(False, f"To {right} you need to be {article} {able}{where}.")
