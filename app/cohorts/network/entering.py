"""How a member comes to their own page: a link by mail, exchanged for a short session."""

from datetime import timedelta

import sqlalchemy as sa
from flask import abort, make_response, redirect, render_template, request
from flask_login import current_user
from sqlalchemy.orm import joinedload

from app.accounts.security_mail import on_site
from app.cohorts.network import wording
from app.cohorts.network.models import MemberLink, MemberSession, NetworkMember
from app.core import clock, links_once
from app.core.access import Loaded
from app.core.database import SAFE_METHODS
from app.core.link_sessions import Door
from app.extensions import db
from app.outbox import services as outbox

# A link that somebody asked for is used at once; an invitation lies in a mailbox.
ASKED_GOOD_FOR, INVITATION_GOOD_FOR = timedelta(days=1), timedelta(days=14)

door = Door(MemberSession, "network_member")


def new_link(member: NetworkMember, good_for: timedelta) -> str:
    """A link to a member's own page, as it goes into a mail to them."""
    token, token_hash = links_once.new_token()
    expires_at = clock.now() + good_for
    db.session.add(MemberLink(member_id=member.id, token_hash=token_hash, expires_at=expires_at))
    db.session.flush()
    return on_site(f"/me/{token}")


def ask_for_link(*, email: str) -> None:
    """Send a link to whoever has been invited with this address. Nothing, and the same answer, where
    nobody has."""
    invited = (
        sa.select(NetworkMember)
        .where(NetworkMember.email == email, NetworkMember.left_at.is_(None))
        .order_by(NetworkMember.joined_at.is_(None), NetworkMember.id.desc())
        .limit(1)
    )
    member = db.session.scalar(invited)
    if member is not None:
        link = new_link(member, ASKED_GOOD_FOR)
        outbox.send(recipient=email, subject=wording.LINK_SUBJECT, body=wording.link_body(link))


def link_in_url(token: str) -> Loaded | None:
    """Access loader: the link of a token, whatever its state."""
    link = db.session.scalar(
        sa.select(MemberLink).where(MemberLink.token_hash == links_once.hash_of(token))
    )
    return Loaded({"link": link}) if link else None


def enter(link: MemberLink) -> None:
    """Use the link up and let this browser in. Raises Refused when it was used or ran out meanwhile."""
    links_once.use_up(link)
    door.begin(member_id=link.member_id)


def find() -> NetworkMember | None:
    """The member whom this browser is let in as. A request that may write waits here for any other
    that writes to the same member: of two presses of one button the second sees what the first did."""
    row_id = door.session_id()
    if row_id is None:
        return None
    asked = (
        sa.select(NetworkMember)
        .join(MemberSession, MemberSession.member_id == NetworkMember.id)
        .where(door.is_open(row_id), NetworkMember.email.is_not(None))
        .options(joinedload(NetworkMember.workstream, innerjoin=True))
    )
    if request.method not in SAFE_METHODS:
        asked = asked.with_for_update(of=NetworkMember)
    member = db.session.scalar(asked)
    if member is not None:
        door.keep_open()
    return member


def member_at_hand() -> Loaded | None:
    """Access loader for `access.by_link`: gives the view its `member`. Without a session it leads to
    the page where one asks for a link; somebody who is signed in is asked to sign out first, so that
    what a member writes is not put down to them."""
    if current_user.is_authenticated:
        status = 200 if request.method in SAFE_METHODS else 403
        answer = make_response(render_template("cohorts/network/signed_in.html"), status)
        answer.headers["Cache-Control"] = "no-store"
        abort(answer)
    member = find()
    if member is None:
        abort(redirect("/me/link", 303))
    return Loaded({"member": member})


def close_links(member: NetworkMember) -> None:
    """Let nobody in by what was sent or opened until now."""
    for closing in (links_once.use_all_up(MemberLink), door.end_all()):
        table = closing.table
        db.session.execute(
            closing.where(table.c.member_id == member.id),
            execution_options={"synchronize_session": False},
        )
