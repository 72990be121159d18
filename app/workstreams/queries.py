"""Reads of the tree, always within what the user may see.

Access given on a workstream reaches its children, so rights are found by walking the tree: down from
the user's memberships for lists, up from one workstream for its own page. Both are one query.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Organisation
from app.accounts.models import User as Account
from app.core import clock
from app.core.access import Loaded, User
from app.core.database import Rows
from app.core.rights import WORKSTREAM_ROLES, Decision, Right, Role, decide
from app.extensions import db
from app.workstreams.models import MemberRole, Membership, Workstream, in_force


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
    user: User  # who reads

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
        """Whether `user` has a right here; templates may name it ("EDIT_PLAN")."""
        named = right if isinstance(right, Right) else Right[right]
        return decide(named, self.roles, assigned=assigned)


def place_choices(user: User, *, without: Workstream) -> list[tuple[uuid.UUID, str]]:
    """(id, the names down to it) of the workstreams that `without` could be put below: those that
    the user may see, save itself and those below it. Archived ones are left out, its parent apart."""
    seen = {w.id: w for w in visible_workstreams(user, archived=True)}

    def way_down(workstream: Workstream) -> list[Workstream]:
        way = [workstream]
        while (parent := seen.get(way[0].parent_id)) is not None and parent not in way:  # type: ignore[arg-type]
            way.insert(0, parent)
        return way

    ways = [
        way_down(w) for w in seen.values() if w.archived_at is None or w.id == without.parent_id
    ]
    labels = [
        (way[-1].id, " › ".join(step.name for step in way)) for way in ways if without not in way
    ]
    return sorted(labels, key=lambda choice: choice[1].casefold())


@cache
def _way_up(*, with_details: bool) -> Rows:
    """The workstream at the parameter `slug` and those above it, each with the roles that the
    parameter `user_id` holds on it on the day `today`. Every page of a workstream asks this, so it is built once."""
    start = (
        sa.select(Workstream.id, Workstream.parent_id, sa.literal(0).label("depth"))
        .where(Workstream.slug == sa.bindparam("slug"))
        .cte("way_up", recursive=True)
    )
    parent = aliased(Workstream)
    way_up = start.union_all(
        sa.select(parent.id, parent.parent_id, start.c.depth + 1).join(
            start, parent.id == start.c.parent_id
        )
    )
    held = sa.and_(
        Membership.workstream_id == Workstream.id,
        Membership.user_id == sa.bindparam("user_id", type_=sa.Uuid()),
        in_force(sa.bindparam("today", type_=sa.Date())),
    )
    statement = (
        sa.select(Workstream, Membership.role)
        .join(way_up, Workstream.id == way_up.c.id)
        .outerjoin(Membership, held)
        .order_by(way_up.c.depth.desc())
    )
    if with_details:
        statement = statement.options(
            joinedload(Workstream.lead_organisation),
            joinedload(Workstream.lead_person),
            joinedload(Workstream.reports_to),
        )
    return statement


def find_place(
    user: User, slug: str, *, with_details: bool = False, admits: Right = Right.VIEW_WORKSTREAM
) -> Place | None:
    """The workstream at `slug` for this user; None when it is not there or not theirs to see.

    `with_details` brings its lead organisation, lead person and reports-to group along. `admits`
    is a right that also lets in who may see nothing else of it (a reviewer, a facilitator).
    """
    rows = db.session.execute(
        _way_up(with_details=with_details),
        {"slug": slug, "user_id": user.id, "today": clock.today()},
    ).all()
    if not rows:
        return None
    workstream = rows[-1][0]
    roles = set(user.global_roles)
    ancestors: dict[uuid.UUID, Ancestor] = {}
    for step, role in rows:  # from the top down, gathering roles on the way
        if role is not None:
            roles.add(Role(role.value))
        if step.id != workstream.id and decide(Right.VIEW_WORKSTREAM, frozenset(roles)):
            ancestors[step.id] = Ancestor(step.slug, step.name)
    held = frozenset(roles)
    if not decide(Right.VIEW_WORKSTREAM, held) and not decide(admits, held, assigned=True):
        return None
    return Place(workstream, list(ancestors.values()), frozenset(roles), user)


def workstream_in_url(user: User, slug: str) -> Loaded | None:
    """Access loader for `/workstreams/<slug>/…`: gives the view its `place`."""
    place = find_place(user, slug)
    return None if place is None else Loaded({"place": place}, place.roles)


def detailed_workstream_in_url(user: User, slug: str) -> Loaded | None:
    """The same, for the pages that show whose it is and whom it reports to."""
    place = find_place(user, slug, with_details=True)
    return None if place is None else Loaded({"place": place}, place.roles)


def visible_ids(user: User) -> sa.Select[tuple[uuid.UUID]]:
    """A subquery of the ids of the workstreams that the user may see, for `….in_(visible_ids(user))`."""
    return ids_where(user, Right.VIEW_WORKSTREAM)


def roles_with(right: Right, *, assigned: bool = False) -> list[MemberRole]:
    """The roles on a workstream that give `right`; with `assigned`, at least over what is assigned."""
    return [
        MemberRole(role.value)
        for role in WORKSTREAM_ROLES
        if decide(right, frozenset({role}), assigned=assigned)
    ]


def ids_where(
    user: User, right: Right, *, assigned: bool = False, by_membership: bool = False
) -> sa.Select[tuple[uuid.UUID]]:
    """A subquery of the ids of the workstreams on which the user has `right`; with `assigned`, also
    those on which they have it over what is assigned to them.

    `by_membership` leaves global roles out: an administrator may do everything everywhere, but what
    needs them is what they hold a role on.
    """
    if not by_membership and decide(right, user.global_roles, assigned=assigned):
        return sa.select(Workstream.id)
    able = roles_with(right, assigned=assigned)
    return ids_below(
        sa.select(Membership.workstream_id).where(
            Membership.user_id == user.id, Membership.role.in_(able), in_force(clock.today())
        )
    )


def roles_held(user: User, among: Collection[MemberRole] | None = None) -> sa.CTE:
    """SQL: `workstream_id` and `role` of every role that the user holds there or above it, or of those
    `among` some."""
    mine = sa.select(Membership.workstream_id, Membership.role).where(
        Membership.user_id == user.id, in_force(clock.today())
    )
    if among is not None:
        mine = mine.where(Membership.role.in_(list(among)))
    held = mine.cte(recursive=True)
    # UNION, not UNION ALL: each once, and it would end even in a loop.
    return held.union(
        sa.select(Workstream.id, held.c.role).join(
            held, Workstream.parent_id == held.c.workstream_id
        )
    )


def led_ids() -> sa.Select[tuple[uuid.UUID]]:
    """A subquery of the ids of the workstreams that somebody active leads, there or above."""
    return ids_below(
        sa.select(Membership.workstream_id)
        .join(Account, Membership.user_id == Account.id)
        .where(Membership.role == MemberRole.LEAD, Account.active, in_force(clock.today()))
    )


def ids_below(start: sa.Select[uuid.UUID]) -> sa.Select[tuple[uuid.UUID]]:
    """A subquery of the ids that `start` selects and of all that is below them.

    UNION, not UNION ALL: each once, and it would end even in a loop.
    """
    found = sa.select(start.subquery().c[0].label("id")).cte(
        recursive=True
    )  # unnamed: may be twice
    child = aliased(Workstream)
    found = found.union(sa.select(child.id).join(found, child.parent_id == found.c.id))
    return sa.select(found.c.id)


def visible_workstreams(user: User, *, archived: bool = False) -> list[Workstream]:
    """The workstreams that the user may see, by name; archived ones only when asked for."""
    found = sa.select(Workstream).where(Workstream.id.in_(visible_ids(user)))
    if not archived:
        found = found.where(Workstream.archived_at.is_(None))
    return list(db.session.scalars(found.order_by(sa.func.lower(Workstream.name), Workstream.id)))


def children_of(place: Place) -> list[Workstream]:
    """The workstreams straight below, by name, without archived ones.

    Whoever sees a workstream sees those below it, because roles reach down.
    """
    return list(
        db.session.scalars(
            sa.select(Workstream)
            .where(Workstream.parent_id == place.id, Workstream.archived_at.is_(None))
            .order_by(sa.func.lower(Workstream.name), Workstream.id)
        )
    )


def ids_above(workstream_id: uuid.UUID) -> sa.Select[tuple[uuid.UUID]]:
    """A subquery of the ids on the way up from a workstream, its own among them.

    UNION, not UNION ALL: it would end even in a loop.
    """
    way_up = (
        sa.select(Workstream.id, Workstream.parent_id)
        .where(Workstream.id == workstream_id)
        .cte("above", recursive=True)
    )
    parent = aliased(Workstream)
    way_up = way_up.union(
        sa.select(parent.id, parent.parent_id).join(way_up, parent.id == way_up.c.parent_id)
    )
    return sa.select(way_up.c.id)


@dataclass(frozen=True)
class Member:
    """Somebody's role as the people page shows it."""

    membership_id: uuid.UUID
    user_id: uuid.UUID
    name: str
    organisation: str | None
    role: MemberRole
    suspended: bool
    here: bool
    ends_on: date | None
    ended: bool
    source: Ancestor | None  # where an inherited role is held, when the viewer may see that


def members_of(place: Place) -> list[Member]:
    """Who has which role here, on this workstream itself or from one above; those here first. A role
    whose last day has passed is still shown here, where it can be given again, and not below."""
    today = clock.today()
    rows = db.session.execute(
        sa.select(Membership, Account.name, Account.active, Organisation.name, Workstream.slug)
        .join(Account, Membership.user_id == Account.id)
        .join(Workstream, Membership.workstream_id == Workstream.id)
        .outerjoin(Organisation, Account.organisation_id == Organisation.id)
        .where(
            Membership.workstream_id.in_(ids_above(place.id)),
            sa.or_(Membership.workstream_id == place.id, in_force(today)),
        )
        .order_by(sa.func.lower(Account.name), Account.id, Membership.id)
    )
    seen = {ancestor.slug: ancestor for ancestor in place.ancestors}
    order = list(MemberRole)
    members = [
        Member(
            membership_id=membership.id,
            user_id=membership.user_id,
            name=name,
            organisation=organisation,
            role=membership.role,
            suspended=not active,
            here=membership.workstream_id == place.id,
            ends_on=membership.ends_on,
            ended=membership.ends_on is not None and membership.ends_on < today,
            source=seen.get(slug),
        )
        for membership, name, active, organisation, slug in rows
    ]
    return sorted(members, key=lambda member: (not member.here, order.index(member.role)))
