"""Access loaders: the theory that a URL names."""

import uuid
from typing import Any

from app.accounts.models import User
from app.core.access import Loaded
from app.extensions import db
from app.theory_of_change.models import Theory
from app.workstreams.queries import find_place


def theory_in_url(user: User, slug: str, theory_id: uuid.UUID, **more: Any) -> Loaded | None:
    """A theory of a workstream that the user may see; `more` of the URL's values are passed on."""
    place = find_place(user, slug)
    theory = db.session.get(Theory, theory_id) if place else None
    if place is None or theory is None or theory.workstream_id != place.id or theory.archived_at:
        return None
    return Loaded({"place": place, "theory": theory, **more}, place.roles)
