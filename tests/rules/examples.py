"""An example of everything that a URL can name, so that tests can visit every route.

One line for each URL parameter, or for one endpoint where the parameter alone does not say enough:

    "activity_id": lambda scene: {"activity_id": ActivityFactory(plan=scene.plan).id},
    "history.undo": lambda scene: {"slug": scene.slug, "change_id": …},

A callable takes the `Scene` and gives values for the URL. What it makes must belong to
`scene.workstream`, and where it can be somebody's, be theirs: `lead_person_id=scene.assignee_id`.
"""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from werkzeug.routing import Rule

from app.core.database import new_id
from app.core.history import ChangeRecord
from app.delivery import agreement
from app.delivery.models import DeliveryPlan, VersionKind
from app.extensions import db
from app.outbox.models import Message
from app.theory_of_change import theories
from app.theory_of_change.interchange import Draft, DraftNode, draft_as_json
from app.theory_of_change.models import Link, NodeKind
from app.theory_of_change.sharing.services import make_share
from app.workstreams.models import Workstream
from tests.cohorts.examples import COHORT_EXAMPLES
from tests.evaluation.examples import EVALUATION_EXAMPLES
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.delivery import ActivityFactory, MilestoneFactory
from tests.factories.importing import ImportRunFactory, UploadFactory
from tests.factories.people_zones import CoreTeamMemberFactory, ZoneFundingFactory
from tests.factories.theory_of_change import (
    AssumptionFactory,
    LinkFactory,
    NodeFactory,
    TheoryFactory,
    TheoryShareFactory,
)
from tests.factories.workstreams import AimFactory, BodyFactory, KeyIssueFactory, MembershipFactory
from tests.indicators.examples import INDICATOR_EXAMPLES


@dataclass(frozen=True)
class Scene:
    """Where an example is made: on this workstream (a People Zone, which has every page), in its
    plan, and assigned to this person, or to nobody. `asker_id` is who asks, for what is theirs alone."""

    workstream: Workstream
    plan: DeliveryPlan
    assignee_id: uuid.UUID | None = None
    asker_id: uuid.UUID | None = None

    @property
    def slug(self) -> str:
        return self.workstream.slug

    @property
    def id(self) -> uuid.UUID:
        return self.workstream.id


Example = Callable[[Scene], dict[str, Any]]


def _theory(scene: Scene) -> dict[str, Any]:
    return {"slug": scene.slug, "theory_id": TheoryFactory(workstream_id=scene.id).id}


def _node(scene: Scene) -> dict[str, Any]:
    theory = TheoryFactory(workstream_id=scene.id)
    return {"slug": scene.slug, "theory_id": theory.id, "node_id": NodeFactory(theory=theory).id}


def _link(scene: Scene) -> dict[str, Any]:
    theory = TheoryFactory(workstream_id=scene.id)
    link = LinkFactory(a=NodeFactory(theory=theory), b=NodeFactory(theory=theory))
    return {"slug": scene.slug, "theory_id": theory.id, "link_id": link.id}


def _assumption(scene: Scene) -> dict[str, Any]:
    values = _link(scene)
    assumption = AssumptionFactory(link=db.session.get(Link, values.pop("link_id")))
    return {**values, "assumption_id": assumption.id}


def _map_share(scene: Scene) -> dict[str, Any]:
    share = TheoryShareFactory(theory=TheoryFactory(workstream_id=scene.id))
    return {"slug": scene.slug, "theory_id": share.theory_id, "share_id": share.id}


def _shared_map(scene: Scene) -> dict[str, Any]:
    theory = TheoryFactory(workstream_id=scene.id)
    user, share_id = UserFactory(), new_id()
    token = make_share(id=share_id, theory=theory, for_whom="A university", by=user)
    return {"token": token}


def _theory_version(scene: Scene) -> dict[str, Any]:
    theory = TheoryFactory(workstream_id=scene.id)
    kept = theories.keep_version(theory=theory, version_id=new_id(), label="", by=None)
    return {"slug": scene.slug, "theory_id": theory.id, "number": kept.number}


def _draft_map(scene: Scene) -> dict[str, Any]:
    draft = Draft("A map", nodes=(DraftNode("n1", NodeKind.ACTIVITY, "A step"),))
    upload = UploadFactory(
        plan=scene.plan,
        user_id=scene.asker_id or UserFactory().id,
        purpose="theory",
        content={"map": draft_as_json(draft), "notes": []},
    )
    return {"slug": scene.slug, "import_id": upload.id}


def _of_maps(make: Example, *views: str) -> dict[str, Example]:
    """The same example for several views of a map."""
    return {f"theory_of_change.{view}": make for view in views}


# A zone has one amount for each year.
_YEARS = itertools.cycle(range(2000, 2101))


def _aim(scene: Scene) -> dict[str, Any]:
    aim = AimFactory(workstream_id=scene.id)
    return {"slug": scene.slug, "section": "aims", "statement_id": aim.id}


def _activity(scene: Scene) -> uuid.UUID:
    return ActivityFactory(plan=scene.plan, lead_person_id=scene.assignee_id).id


def _milestone(scene: Scene) -> Any:
    return MilestoneFactory(plan=scene.plan, activity_id=_activity(scene))


def _version(scene: Scene) -> int:
    return agreement.take_version(plan=scene.plan, kind=VersionKind.KEPT, by=None).number


def _message(scene: Scene) -> dict[str, Any]:
    message = Message(recipient="a@waymark.example", subject="Hello", body="Words")
    db.session.add(message)
    db.session.flush()
    return {"message_id": message.id}


def _change(scene: Scene) -> dict[str, Any]:
    """A change of wording, which whoever edits the workstream may take back."""
    aim = AimFactory(workstream_id=scene.id, text="Before")
    aim.text = "After"
    db.session.flush()
    return {"slug": scene.slug, "change_id": _last_change(aim.id)}


def _plan_change(scene: Scene) -> dict[str, Any]:
    """The same of the plan, which asks for another right."""
    activity = ActivityFactory(plan=scene.plan, lead_person_id=scene.assignee_id, what="Before")
    activity.what = "After"
    db.session.flush()
    return {"slug": scene.slug, "change_id": _last_change(activity.id)}


def _funding_change(scene: Scene) -> dict[str, Any]:
    """A removal, which can be taken back."""
    funding = ZoneFundingFactory(workstream_id=scene.id, year_starting=next(_YEARS))
    funding_id = funding.id
    db.session.delete(funding)
    db.session.flush()
    return {"slug": scene.slug, "change_id": _last_change(funding_id)}


def _body_change(scene: Scene) -> dict[str, Any]:
    """A change of what is above all workstreams."""
    body = BodyFactory(is_csp=False)
    body.is_csp = True
    db.session.flush()
    return {"change_id": _last_change(body.id)}


def _upload(scene: Scene) -> Any:
    return UploadFactory(plan=scene.plan, user_id=scene.asker_id or UserFactory().id)


def _funding(scene: Scene) -> dict[str, Any]:
    funding = ZoneFundingFactory(workstream_id=scene.id, year_starting=next(_YEARS))
    return {"funding_id": funding.id}


def _last_change(subject_id: uuid.UUID) -> uuid.UUID:
    return db.session.scalars(
        sa.select(ChangeRecord.id)
        .where(ChangeRecord.subject_id == subject_id)
        .order_by(ChangeRecord.id.desc())
    ).first()


EXAMPLES: dict[str, Example] = {
    # Accounts and mail
    "organisation_id": lambda scene: {"organisation_id": OrganisationFactory().id},
    "person_id": lambda scene: {"person_id": UserFactory().id},
    "message_id": _message,
    # Workstreams
    "slug": lambda scene: {"slug": scene.slug},
    "section": lambda scene: {"section": "key-issues"},
    "statement_id": lambda scene: {"statement_id": KeyIssueFactory(workstream_id=scene.id).id},
    "workstreams.edit_statement": _aim,
    "membership_id": lambda scene: {"membership_id": MembershipFactory(workstream_id=scene.id).id},
    "body_id": lambda scene: {"body_id": BodyFactory().id},
    # People Zones
    "member_id": lambda scene: {"member_id": CoreTeamMemberFactory(workstream_id=scene.id).id},
    "funding_id": _funding,
    # Delivery
    "file_format": lambda scene: {"file_format": "csv"},
    "plan_id": lambda scene: {"plan_id": scene.plan.id},
    "activity_id": lambda scene: {"activity_id": _activity(scene)},
    "milestone_id": lambda scene: {"milestone_id": _milestone(scene).id},
    "number": lambda scene: {"number": _version(scene)},
    "import_id": lambda scene: {"import_id": _upload(scene).id},
    "run_id": lambda scene: {"run_id": ImportRunFactory(plan=scene.plan).id},
    "level": lambda scene: {"level": "red"},
    # Theories of change
    "theory_id": lambda scene: {"theory_id": _theory(scene)["theory_id"]},
    **_of_maps(_node, "node", "edit_node", "move_node", "remove_node", "bring_back_node"),
    **_of_maps(_link, "link", "edit_link", "remove_link", "bring_back_link", "add_assumption"),
    **_of_maps(_assumption, "edit_assumption", "remove_assumption", "bring_back_assumption"),
    **_of_maps(_theory_version, "version"),
    "theory_of_change_files.map_file": lambda scene: {**_theory(scene), "file_format": "svg"},
    "theory_of_change_shares.revoke_share": _map_share,
    "theory_of_change_shares.shared_map": _shared_map,
    **_of_maps(_draft_map, "draft", "forget_draft"),
    # History
    "subject_id": lambda scene: {"subject_id": AimFactory(workstream_id=scene.id).id},
    "change_id": _change,
    "history.thing_above": lambda scene: {"subject_id": BodyFactory().id},
    "history.restore_above": _body_change,
    **COHORT_EXAMPLES,
    **INDICATOR_EXAMPLES,
    **EVALUATION_EXAMPLES,
}

# Further examples for a route whose answer hangs on what the URL names.
FURTHER: dict[str, list[Example]] = {
    "history.restore": [_plan_change, _funding_change],
    "history.undo": [_plan_change, _funding_change],
}


class NoExample(AssertionError):
    """A route that nobody has given an example."""


def examples_of(rule: Rule) -> list[Example]:
    """What makes values for a route's URL: the example of its parameters, and any further ones."""
    return [lambda scene: url_values(rule, scene), *FURTHER.get(rule.endpoint, [])]


def url_values(rule: Rule, scene: Scene) -> dict[str, Any]:
    """Values for a route's URL. Raises NoExample, naming the line to add."""
    if rule.endpoint in EXAMPLES:
        return EXAMPLES[rule.endpoint](scene)
    values: dict[str, Any] = {}
    for argument in sorted(rule.arguments):
        if argument in values:  # named together with another: a file of a note
            continue
        if argument not in EXAMPLES:
            raise NoExample(
                f"{rule.rule}: add an example for {argument!r} or {rule.endpoint!r} "
                "to EXAMPLES in tests/rules/examples.py"
            )
        values.update(EXAMPLES[argument](scene))
    return values
