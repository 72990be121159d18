"""Reads of the tree, always within what the user may see.

Access given on a workstream reaches its children, so rights are found by walking the tree: down from
the user's memberships for lists, up from one workstream for its own page. Both are one query.
"""

import uuid
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.core.access import Loaded, User
from app.core.rights import Decision, Right, Role, decide
from app.extensions import db
from app.workstreams.models import Membership, Workstream


@dataclass(frozen=True)
class Ancestor:
    """A link of the breadcrumb."""

    slug: str
    name: str


@dataclass
class Place:
    """A workstream as one user sees it: with their roles on it and the way down to it."""

    workstream: Workstream
    ancestors: list[Ancestor]  # from the top; only those that the user may see
    roles: frozenset[Role]

    @property
    def id(self) -> uuid.UUID:
        return self.workstream.id

    @property
    def slug(self) -> str:
        return self.workstream.slug

    @cached_property
    def url(self) -> str:
        """The workstream's own path; its pages hang below it."""
        return f"/workstreams/{self.workstream.slug}"

    def can(self, right: Right | str, *, assigned: bool = False) -> Decision:
        """Whether this user has a right here; templates may name it ("EDIT_PLAN")."""
        named = right if isinstance(right, Right) else Right[right]
        return decide(named, self.roles, assigned=assigned)


def find_place(user: User, slug: str) -> Place | None:
    """The workstream at `slug` for this user; None when it is not there or not theirs to see."""
    start = (
        sa.select(Workstream.id, Workstream.parent_id, sa.literal(0).label("depth"))
        .where(Workstream.slug == slug)
        .cte("way_up", recursive=True)
    )
    parent = aliased(Workstream)
    way_up = start.union_all(
        sa.select(parent.id, parent.parent_id, start.c.depth + 1).join(
            start, parent.id == start.c.parent_id
        )
    )
    rows = db.session.execute(
        sa.select(Workstream, Membership.role)
        .join(way_up, Workstream.id == way_up.c.id)
        .outerjoin(
            Membership,
            sa.and_(Membership.workstream_id == Workstream.id, Membership.user_id == user.id),
        )
        .order_by(way_up.c.depth.desc())
        .options(
            joinedload(Workstream.lead_organisation),
            joinedload(Workstream.lead_person),
            joinedload(Workstream.reports_to),
        )
    ).all()
    if not rows:
        return None
    workstream = rows[-1][0]
    roles = set(user.global_roles)
    ancestors: dict[uuid.UUID, Ancestor] = {}
    for step, role in rows:  # from the top down, gathering roles on the way
        if role is not None:
            roles.add(Role(role.value))
        if roles and step.id != workstream.id:
            ancestors[step.id] = Ancestor(step.slug, step.name)
    if not decide(Right.VIEW_WORKSTREAM, frozenset(roles)):
        return None
    return Place(workstream, list(ancestors.values()), frozenset(roles))


def workstream_in_url(user: User, slug: str) -> Loaded | None:
    """Access loader for `/workstreams/<slug>/…`: gives the view its `place`."""
    place = find_place(user, slug)
    return None if place is None else Loaded({"place": place}, place.roles)


def visible_ids(user: User) -> sa.ScalarSelect[uuid.UUID] | sa.Select[tuple[uuid.UUID]]:
    """A subquery of the ids of the workstreams that the user may see, for `….in_(visible_ids(user))`."""
    if user.global_roles:
        return sa.select(Workstream.id)
    held = (
        sa.select(Membership.workstream_id.label("id"))
        .where(Membership.user_id == user.id)
        .cte("held", recursive=True)
    )
    child = aliased(Workstream)
    held = held.union(sa.select(child.id).join(held, child.parent_id == held.c.id))
    return sa.select(held.c.id)


def ids_where(user: User, right: Right) -> sa.Select[tuple[uuid.UUID]]:
    """A subquery of the ids of the workstreams on which the user has `right` without being assigned."""
    if decide(right, user.global_roles):
        return sa.select(Workstream.id)
    able = [role for role in Role if decide(right, frozenset({role}))]
    held = (
        sa.select(Membership.workstream_id.label("id"))
        .where(Membership.user_id == user.id, Membership.role.in_([r.value for r in able]))
        .cte("held_with_right", recursive=True)
    )
    child = aliased(Workstream)
    held = held.union(sa.select(child.id).join(held, child.parent_id == held.c.id))
    return sa.select(held.c.id)
