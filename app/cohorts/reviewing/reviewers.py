"""Who may be given applications to read: reviewers and leads, of the cohort or of what is above it."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.models import Organisation, User
from app.core import clock
from app.core.rights import Right
from app.extensions import db
from app.workstreams.models import MemberRole, Membership, Workstream, in_force
from app.workstreams.queries import ids_above, roles_with


@dataclass(frozen=True)
class Reviewer:
    """Somebody who may read applications here. `by_role`: because they are a reviewer, not only as a
    lead: it is to them that the machine gives."""

    id: uuid.UUID
    name: str
    email: str
    organisation: str
    by_role: bool


def reviewers_of(workstream_id: uuid.UUID) -> list[Reviewer]:
    """Those who may read applications to this cohort, by name; the suspended are left out."""
    rows = db.session.execute(
        sa.select(User.id, User.name, User.email, Organisation.name, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Organisation, User.organisation_id == Organisation.id)
        .where(
            Membership.workstream_id.in_(ids_above(workstream_id)),
            Membership.role.in_(roles_with(Right.REVIEW_APPLICATIONS, assigned=True)),
            in_force(clock.today()),
            User.active,
        )
        .order_by(sa.func.lower(User.name), User.id)
    )
    found: dict[uuid.UUID, Reviewer] = {}
    for id, name, email, organisation, role in rows:
        by_role = role is MemberRole.REVIEWER or (id in found and found[id].by_role)
        found[id] = Reviewer(id, name, email, organisation or "", by_role)
    return list(found.values())


def able() -> sa.CTE:
    """SQL: `workstream_id` and `user_id` of everybody who may read applications there: what
    `reviewers_of` says of one workstream, of all."""
    held = (
        sa.select(Membership.workstream_id, Membership.user_id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.role.in_(roles_with(Right.REVIEW_APPLICATIONS, assigned=True)),
            in_force(clock.today()),
            User.active,
        )
        .cte("able", recursive=True)
    )
    # UNION, not UNION ALL: each once, and it would end even in a loop.
    return held.union(
        sa.select(Workstream.id, held.c.user_id).join(
            held, Workstream.parent_id == held.c.workstream_id
        )
    )
