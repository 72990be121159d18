"""What selects offer: (id, label) in the order of their labels.

`app.core.forms.names_query_values` turns them into the choices of an optional select.
"""

import uuid

import sqlalchemy as sa

from app.accounts.models import Organisation, User
from app.extensions import db
from app.workstreams.models import Body

Choices = list[tuple[uuid.UUID, str]]


def people_choices(also: uuid.UUID | None = None) -> Choices:
    """People with an account that is not suspended, by name and organisation, never by e-mail.

    `also` names one more to offer, suspended or not: whoever is chosen already.
    """
    rows = db.session.execute(
        sa.select(User.id, User.name, Organisation.name)
        .outerjoin(Organisation, User.organisation_id == Organisation.id)
        .where(sa.or_(User.active, User.id == also))
        .order_by(sa.func.lower(User.name), sa.func.lower(Organisation.name), User.id)
    )
    return [(user, f"{name}, {works_for}" if works_for else name) for user, name, works_for in rows]


def organisation_choices() -> Choices:
    """Every organisation, by name."""
    rows = db.session.execute(
        sa.select(Organisation.id, Organisation.name).order_by(sa.func.lower(Organisation.name))
    )
    return [(organisation, name) for organisation, name in rows]


def body_choices() -> Choices:
    """Every body that plans report to, by name, with its short name."""
    rows = db.session.execute(
        sa.select(Body.id, Body.name, Body.abbreviation).order_by(sa.func.lower(Body.name))
    )
    return [(body, f"{name} ({short})" if short else name) for body, name, short in rows]
