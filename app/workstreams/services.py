"""Writes to the tree, to roles on it, and to the bodies that plans report to."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import User
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.core.rights import Role
from app.core.urls import slugify
from app.extensions import db
from app.workstreams.models import (
    Body,
    MemberRole,
    Membership,
    Workstream,
    WorkstreamKind,
    in_force,
)
from app.workstreams.queries import ids_above, visible_ids

# What the details form sets; the tree's own columns have services of their own. The kind is chosen
# once: in another kind a zone's team and money, or the words for its aims, would have no page.
DETAILS = (
    "name",
    "status",
    "purpose",
    "starts_on",
    "ends_on",
    "lead_organisation_id",
    "lead_person_id",
    "reports_to_id",
)
# Words that stand where a slug would in our own URLs.
_RESERVED_SLUGS = frozenset({"new"})


def create_workstream(
    *,
    id: uuid.UUID,
    parent_id: uuid.UUID | None,
    kind: WorkstreamKind,
    details: Mapping[str, Any],
    by: User,
) -> Workstream:
    """Add a workstream to the tree, at the top or below a parent that the caller may edit.

    `details` has the keys of DETAILS. Sent twice under one id, it is created once.
    """

    def make() -> Workstream:
        values = {name: details[name] for name in DETAILS}
        slug = _free_slug(values["name"])
        return Workstream(id=id, slug=slug, parent_id=parent_id, kind=kind, **values)

    return create_once(Workstream, id, make, parent_id=parent_id)[0]


def _free_slug(name: str) -> str:
    """A slug that no workstream has: of two of one name, the second ends in -2."""
    base = slugify(name, longest=74)
    taken = set(
        db.session.scalars(sa.select(Workstream.slug).where(Workstream.slug.startswith(base)))
    )
    taken |= _RESERVED_SLUGS
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def edit_workstream(*, workstream: Workstream, details: Mapping[str, Any], version: int) -> None:
    """Change a workstream's details. Its address stays, so that links keep working."""
    check_version(workstream, version)
    for name in DETAILS:
        setattr(workstream, name, details[name])
    db.session.flush()


def move_workstream(
    *, workstream: Workstream, parent_id: uuid.UUID | None, version: int, by: User
) -> None:
    """Put a workstream, with all that is below it, somewhere else in the tree; None is the top.

    The whole tree is locked first: two moves at once could each be right and together make a loop.
    Raises Refused when the new parent is the workstream itself, below it, or not to be seen.
    """
    _lock_tree()
    db.session.refresh(workstream)
    check_version(workstream, version)
    if parent_id is not None:
        if parent_id == workstream.id:
            raise Refused("A workstream cannot be below itself. Choose another parent", "parent_id")
        parent = db.session.get(Workstream, parent_id)
        if parent is None or not _visible(parent_id, by):
            raise Refused("Choose a workstream from the list", "parent_id")
        if db.session.scalar(
            sa.select(sa.literal(True)).where(sa.literal(workstream.id).in_(ids_above(parent_id)))
        ):
            raise Refused(
                f"{parent.name} is itself below {workstream.name}. Choose another parent",
                "parent_id",
            )
    workstream.parent_id = parent_id
    db.session.flush()


def _lock_tree() -> None:
    """Hold every workstream's row until this transaction ends (SQLite has locked the file by now).

    FOR NO KEY UPDATE: rows that only point at a workstream can be written meanwhile.
    """
    db.session.execute(
        sa.select(Workstream.id).order_by(Workstream.id).with_for_update(key_share=True)
    ).all()


def _visible(workstream_id: uuid.UUID, by: User) -> bool:
    seen = sa.select(sa.literal(True)).where(sa.literal(workstream_id).in_(visible_ids(by)))
    return bool(db.session.scalar(seen))


def archive_workstream(*, workstream: Workstream) -> None:
    """Leave a workstream out of the default portfolio. Nothing is deleted; doing it twice is once."""
    if workstream.archived_at is None:
        workstream.archived_at = clock.now()
        db.session.flush()


def bring_back_workstream(*, workstream: Workstream) -> None:
    """Undo an archiving."""
    workstream.archived_at = None
    db.session.flush()


def give_role(
    *,
    id: uuid.UUID,
    workstream_id: uuid.UUID,
    user_id: uuid.UUID,
    role: MemberRole,
    ends_on: date | None = None,
) -> Membership:
    """Give somebody who has an account a role, until the end of `ends_on`; it reaches the workstreams
    below.

    Raises Refused for a suspended account and for a last day that is over. The same role twice
    violates a unique constraint.
    """
    _check_last_day(ends_on)
    person = db.session.get(User, user_id)
    if person is None or not person.active:
        raise Refused("Choose a person from the list", "user_id")

    def make() -> Membership:
        return Membership(
            id=id, workstream_id=workstream_id, user_id=user_id, role=role, ends_on=ends_on
        )

    return create_once(Membership, id, make, workstream_id=workstream_id)[0]


def set_last_day(*, membership: Membership, version: int, ends_on: date | None, by: User) -> None:
    """Say when a role ends; None: when it is taken away. Raises EditConflict, and Refused for a day
    that is over (taking the role away says that better) or a lead who would leave nobody to lead."""
    check_version(membership, version)
    _check_last_day(ends_on)
    if ends_on is not None and (why_kept := why_role_stays(membership, by)):
        raise Refused(why_kept, "ends_on")
    membership.ends_on = ends_on
    db.session.flush()


def _check_last_day(ends_on: date | None) -> None:
    if ends_on is not None and ends_on < clock.today():
        raise Refused("The last day must be today or later", "ends_on")


def take_role_away(*, membership: Membership, by: User) -> None:
    """Take a role away, at once. Raises Refused when a lead would leave nobody to lead."""
    # Two leads taking each other's role away at the same moment: the second waits and is refused.
    db.session.execute(
        sa.select(Workstream.id).where(Workstream.id == membership.workstream_id).with_for_update()
    )
    if why_kept := why_role_stays(membership, by):
        raise Refused(why_kept)
    db.session.delete(membership)
    db.session.flush()


def why_role_stays(membership: Membership, by: User) -> str:
    """Why `by` cannot take this role away, in words; empty when they can.

    Only an administrator may leave a workstream without anybody who leads it, here or from above.
    """
    if membership.role is not MemberRole.LEAD or Role.ADMINISTRATOR in by.global_roles:
        return ""
    another = sa.select(sa.literal(True)).where(
        sa.exists().where(
            Membership.id != membership.id,
            Membership.role == MemberRole.LEAD,
            in_force(clock.today()),
            Membership.workstream_id.in_(ids_above(membership.workstream_id)),
            Membership.user_id == User.id,
            User.active,
        )
    )
    if db.session.scalar(another):
        return ""
    return (
        f"{membership.user.name} is the last lead of this workstream. Give somebody else the role "
        "of lead first, or ask an administrator."
    )


def create_body(*, id: uuid.UUID, name: str, abbreviation: str | None, is_csp: bool) -> Body:
    """Add a body that plans report to."""

    def make() -> Body:
        return Body(id=id, name=name, abbreviation=abbreviation or None, is_csp=is_csp)

    return create_once(Body, id, make)[0]


def edit_body(
    *, body: Body, name: str, abbreviation: str | None, is_csp: bool, version: int
) -> None:
    """Change what a body is called."""
    check_version(body, version)
    body.name = name
    body.abbreviation = abbreviation or None
    body.is_csp = is_csp
    db.session.flush()
