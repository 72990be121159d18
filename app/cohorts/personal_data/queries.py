"""Reads about personal data, and the access loaders of its pages."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.cohorts.personal_data.categories import CATEGORIES
from app.cohorts.personal_data.models import DataRequest, Kept
from app.cohorts.personal_data.people import Person, names_of, person_of
from app.core.access import Loaded, User
from app.core.paging import Page, paged

ON_A_PAGE = 50


def requests_page(number: int) -> Page[DataRequest]:
    """What was done about requests, the newest first."""
    found = sa.select(DataRequest).options(joinedload(DataRequest.by))
    return paged(found.order_by(DataRequest.id.desc()), number, ON_A_PAGE)


def is_erased(person: Person) -> bool:
    """Whether nothing is left that says who they are."""
    return not person.emails and not names_of(person)


def person_in_url(user: User, records: str, record_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives the view the `person` whom a record is about, and the `url` of their page."""
    person = person_of(records.replace("-", "_"), record_id)
    if person is None:
        return None
    url = f"/admin/people-data/{records}/{record_id}"
    return Loaded({"person": person, "url": url}, user.global_roles)


def category_in_url(user: User, category: str) -> Loaded | None:
    """Access loader: gives the view a `category` of what is kept."""
    try:
        found = CATEGORIES[Kept(category.replace("-", "_"))]
    except (KeyError, ValueError):
        return None
    return Loaded({"category": found}, user.global_roles)
