"""What of cohorts needs somebody, asked only for those who work on one: most people do not, and the
front page is everybody's.

A part registers its kinds and provider here instead of at `core.flags`.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.cohorts.call.models import Call
from app.core import flags
from app.core.flags import Flag, Kind, Provider
from app.extensions import db
from app.workstreams.models import Membership, Workstream, in_force
from app.workstreams.queries import ids_below

_PROVIDERS: dict[str, Provider] = {}


def add_provider(name: str, kinds: Iterable[Kind], provider: Provider) -> None:
    """Register `provider(user, today)`, as `core.flags.add_provider` does."""
    _PROVIDERS[name] = provider
    flags.add_provider("cohorts", kinds, cohort_flags)


def cohort_flags(user: Any, today: date) -> list[Flag]:
    """The flags of every part; one query where the user works on no cohort."""
    if not _works_on_one(user, today):
        return []
    return [flag for provider in _PROVIDERS.values() for flag in provider(user, today)]


def _works_on_one(user: Any, today: date) -> bool:
    """Whether a cohort with a call is theirs: by any role on it or above it, or as an administrator,
    who acts where nobody leads."""
    cohorts = (
        sa.select(Call.id)
        .join(Workstream, Workstream.id == Call.workstream_id)
        .where(Workstream.archived_at.is_(None))
    )
    if not user.is_administrator:
        held = sa.select(Membership.workstream_id).where(
            Membership.user_id == user.id, in_force(today)
        )
        cohorts = cohorts.where(Workstream.id.in_(ids_below(held)))
    return db.session.scalar(sa.select(cohorts.exists())) is True
