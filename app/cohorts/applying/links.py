"""Links for applicants: random, kept as a hash, good once. Another can be asked for at any time."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.accounts.security_mail import on_site
from app.cohorts.applying.models import ApplyLink
from app.cohorts.call.models import Call
from app.core import clock
from app.core.access import Loaded
from app.core.errors import Refused
from app.extensions import db
from app.workstreams.models import Workstream

GOOD_FOR = timedelta(days=3)
# Where a link leads (`to`) that we send with other news; and that of a link which somebody asked for,
# which leads to the same page.
OWN_PAGE, ASKED_FOR = "/your-application", ""


def new_link(*, workstream_id: uuid.UUID, slug: str, email: str, to: str = OWN_PAGE) -> str:
    """A link, as it goes into a mail to this address: it opens the address's application.

    `to` is the page below `/apply/<slug>` that it leads to ("/interview"); it is written by us, never
    taken from a request. Made in the caller's transaction.
    """
    token = secrets.token_urlsafe(32)
    db.session.add(
        ApplyLink(
            workstream_id=workstream_id,
            email=email.lower(),
            token_hash=_hash_of(token),
            to=to,
            expires_at=clock.now() + GOOD_FOR,
        )
    )
    db.session.flush()
    return on_site(f"/apply/{slug}/link/{token}")


def link_in_url(slug: str, token: str) -> Loaded | None:
    """Access loader: gives the view the `link` of a token, whatever its state, and its `call`."""
    found = db.session.execute(
        sa.select(Call, ApplyLink)
        .join(Call.workstream)
        .join(ApplyLink, ApplyLink.workstream_id == Call.workstream_id)
        .where(Workstream.slug == slug, ApplyLink.token_hash == _hash_of(token))
        .options(contains_eager(Call.workstream))
    ).first()
    return Loaded({"call": found[0], "link": found[1]}) if found else None


def asked_for_since(*, workstream_id: uuid.UUID, email: str, since: datetime) -> list[datetime]:
    """When somebody asked for links for this address, the oldest first. (What we send by ourselves must
    not be counted: whoever tries an address could read from it that there is an application.)"""
    made = sa.select(ApplyLink.made_at).where(
        ApplyLink.workstream_id == workstream_id,
        ApplyLink.email == email,
        ApplyLink.to == ASKED_FOR,
        ApplyLink.made_at > since,
    )
    return list(db.session.scalars(made.order_by(ApplyLink.made_at, ApplyLink.id)))


def is_good(link: ApplyLink) -> bool:
    """Whether a link can still be used."""
    return link.used_at is None and link.expires_at > clock.now()


def use_up(link: ApplyLink) -> None:
    """The link will not work again. Raises Refused when it was used or ran out meanwhile: of two
    browsers that use it at once, the database lets one."""
    used: Any = db.session.execute(
        sa.update(ApplyLink)
        .where(
            ApplyLink.id == link.id,
            ApplyLink.used_at.is_(None),
            ApplyLink.expires_at > clock.now(),
        )
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:
        raise Refused("This link has been used already, or has run out. Ask for a new one.")


def use_all_up() -> sa.Update:
    """For an older copy of the database that is put back: links that were used since are unused in it,
    so none of them works."""
    return sa.update(ApplyLink).where(ApplyLink.used_at.is_(None)).values(used_at=clock.now())


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
