"""Reads of theories and their choices, and what the URLs of a map name."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core.access import Loaded
from app.core.access import User as Reader
from app.delivery.models import Activity, Milestone
from app.delivery.plan_reading import current_plan
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.models import (
    Assumption,
    Link,
    Node,
    Theory,
    TheoryStatus,
    TheoryVersion,
    node_activities,
    node_aims,
    node_indicators,
    node_milestones,
)
from app.theory_of_change.reading import Tied
from app.workstreams.models import Aim
from app.workstreams.queries import Place, find_place

Choices = list[tuple[uuid.UUID, str]]


def map_url(place: Place, theory_id: uuid.UUID) -> str:
    """Where a theory's map is; its other pages hang below it."""
    return f"{place.url}/map/{theory_id}"


@dataclass(frozen=True)
class Listed:
    """A theory in the list of a workstream's."""

    id: uuid.UUID
    title: str
    aim: str
    status: TheoryStatus
    agreed_on: Any
    steps: int


def theories_of(workstream_id: uuid.UUID) -> list[Listed]:
    """A workstream's theories, in order, without what was removed. One query."""
    steps = (
        sa.select(sa.func.count())
        .where(Node.theory_id == Theory.id, Node.removed_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Theory.id, Theory.title, Theory.aim, Theory.status, Theory.agreed_on, steps)
        .where(Theory.workstream_id == workstream_id, Theory.archived_at.is_(None))
        .order_by(Theory.position, Theory.id)
    )
    return [Listed(*row) for row in rows]


def plan_activities(workstream_id: uuid.UUID) -> list[Tied]:
    """The rows of the plan that the workstream works to now, done or not, in its order."""
    plan = current_plan(workstream_id)
    if plan is None:
        return []
    rows = db.session.execute(
        sa.select(Activity.id, Activity.what, Activity.rag, Activity.done_on)
        .where(Activity.plan_id == plan.id, Activity.archived_at.is_(None))
        .order_by(Activity.position, Activity.id)
    )
    return [Tied(*row) for row in rows]


def activities_on_maps(workstream_id: uuid.UUID) -> set[uuid.UUID]:
    """The activities that a step of any of the workstream's maps is tied to."""
    return set(
        db.session.scalars(
            sa.select(node_activities.c.activity_id)
            .join(Node, Node.id == node_activities.c.node_id)
            .join(Theory, Theory.id == Node.theory_id)
            .where(
                Node.workstream_id == workstream_id,
                Node.removed_at.is_(None),
                Theory.archived_at.is_(None),
            )
        )
    )


@dataclass(frozen=True)
class Ties:
    """What a step of this workstream can be tied to."""

    activities: Choices
    milestones: Choices
    aims: Choices
    indicators: Choices


def ties_of(workstream_id: uuid.UUID, node_id: uuid.UUID | None = None) -> Ties:
    """The plan worked to now, its milestones, the aims and indicators; and whatever the step is tied to
    already, of an earlier plan too."""
    plan = current_plan(workstream_id)

    def choices(model: Any, words: Any, table: sa.Table, in_reach: Any, *order: Any) -> Choices:
        mine = sa.select(table.c[1]).where(table.c.node_id == node_id)
        rows = db.session.execute(
            sa.select(model.id, words)
            .where(
                model.workstream_id == workstream_id,
                model.archived_at.is_(None),
                sa.or_(in_reach, model.id.in_(mine)),
            )
            .order_by(*order, model.id)
        )
        return [(row_id, text) for row_id, text in rows]

    plan_id = plan.id if plan else None
    return Ties(
        choices(
            Activity,
            Activity.what,
            node_activities,
            Activity.plan_id == plan_id,
            Activity.position,
        ),
        choices(
            Milestone,
            Milestone.title,
            node_milestones,
            Milestone.plan_id == plan_id,
            Milestone.promised_on,
        ),
        choices(Aim, Aim.text, node_aims, sa.true(), Aim.position),
        choices(Indicator, Indicator.name, node_indicators, sa.true(), Indicator.position),
    )


def versions_of(theory_id: uuid.UUID) -> Sequence[Any]:
    """(number, label, agreed, made_on, made_by) of each kept version, the newest first."""
    return db.session.execute(
        sa.select(
            TheoryVersion.number,
            TheoryVersion.label,
            TheoryVersion.agreed,
            TheoryVersion.made_on,
            User.name.label("made_by"),
        )
        .outerjoin(User, User.id == TheoryVersion.made_by_id)
        .where(TheoryVersion.theory_id == theory_id)
        .order_by(TheoryVersion.number.desc())
    ).all()


def content_of(theory_id: uuid.UUID, number: int) -> dict[str, Any] | None:
    """What a version holds; None where there is none of that number."""
    if number > 2**31 - 1:  # beyond what a database can count to
        return None
    return db.session.scalar(
        sa.select(TheoryVersion.content).where(
            TheoryVersion.theory_id == theory_id, TheoryVersion.number == number
        )
    )


def names_of(ids: set[str]) -> dict[str, str]:
    """People's names by the text of their ids, for kept versions, which hold ids alone."""
    if not ids:
        return {}
    wanted = [uuid.UUID(one) for one in ids]
    rows = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(wanted)))
    return {str(user_id): name for user_id, name in rows}


# --- Access loaders ---


def theory_in_url(user: Reader, slug: str, theory_id: uuid.UUID) -> Loaded | None:
    """`…/map/<theory_id>/…`: gives `place` and `theory`."""
    place = find_place(user, slug)
    theory = db.session.get(Theory, theory_id) if place else None
    if (
        place is None
        or theory is None
        or theory.workstream_id != place.id
        or theory.archived_at is not None
    ):
        return None
    return Loaded({"place": place, "theory": theory}, place.roles)


def version_in_url(user: Reader, slug: str, theory_id: uuid.UUID, number: int) -> Loaded | None:
    """`…/versions/<number>`: also gives the version's `content` and its `number`."""
    loaded = theory_in_url(user, slug, theory_id)
    content = content_of(theory_id, number) if loaded else None
    if loaded is None or content is None:
        return None
    return Loaded({**loaded.view_args, "content": content, "number": number}, loaded.roles)


def _with(loaded: Loaded | None, name: str, model: Any, row_id: uuid.UUID) -> Loaded | None:
    thing = db.session.get(model, row_id) if loaded else None
    if loaded is None or thing is None or thing.theory_id != loaded.view_args["theory"].id:
        return None
    return Loaded({**loaded.view_args, name: thing}, loaded.roles)


def any_node_in_url(
    user: Reader, slug: str, theory_id: uuid.UUID, node_id: uuid.UUID
) -> Loaded | None:
    """`…/nodes/<id>/…`: also gives `node`, even one that was removed."""
    return _with(theory_in_url(user, slug, theory_id), "node", Node, node_id)


def node_in_url(user: Reader, slug: str, theory_id: uuid.UUID, node_id: uuid.UUID) -> Loaded | None:
    """The same, of what is on the map."""
    loaded = any_node_in_url(user, slug, theory_id, node_id)
    return loaded if loaded and loaded.view_args["node"].removed_at is None else None


def any_link_in_url(
    user: Reader, slug: str, theory_id: uuid.UUID, link_id: uuid.UUID
) -> Loaded | None:
    """`…/links/<id>/…`: also gives `link`, even one that was removed."""
    return _with(theory_in_url(user, slug, theory_id), "link", Link, link_id)


def link_in_url(user: Reader, slug: str, theory_id: uuid.UUID, link_id: uuid.UUID) -> Loaded | None:
    """The same, of what is on the map: both its ends are too."""
    loaded = any_link_in_url(user, slug, theory_id, link_id)
    return loaded if loaded and _is_on_map(loaded.view_args["link"]) else None


def _is_on_map(link: Link) -> bool:
    ends = [db.session.get(Node, end) for end in (link.from_id, link.to_id)]
    return link.removed_at is None and all(end and end.removed_at is None for end in ends)


def any_assumption_in_url(
    user: Reader, slug: str, theory_id: uuid.UUID, assumption_id: uuid.UUID
) -> Loaded | None:
    """`…/assumptions/<id>/…`: also gives `assumption`, even one that was removed, and its `link`."""
    loaded = _with(theory_in_url(user, slug, theory_id), "assumption", Assumption, assumption_id)
    if loaded is None:
        return None
    link = db.session.get(Link, loaded.view_args["assumption"].link_id)
    if link is None or not _is_on_map(link):
        return None
    return Loaded({**loaded.view_args, "link": link}, loaded.roles)


def assumption_in_url(
    user: Reader, slug: str, theory_id: uuid.UUID, assumption_id: uuid.UUID
) -> Loaded | None:
    """The same, of what is on the map."""
    loaded = any_assumption_in_url(user, slug, theory_id, assumption_id)
    return loaded if loaded and loaded.view_args["assumption"].removed_at is None else None
