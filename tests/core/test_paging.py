"""A page of a long list."""

import pytest
import sqlalchemy as sa

from app.accounts.models import Organisation
from app.core.paging import Page, asked_page, paged
from tests.factories.accounts import OrganisationFactory


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [(1, 0, (0, 0, 1)), (1, 5, (1, 5, 1)), (2, 25, (11, 20, 3)), (3, 25, (21, 25, 3))],
)
def test_what_is_shown_of_how_many(number, total, shown):
    page = Page([], number, total, 10)
    assert (page.first, page.last, page.pages) == shown


def test_another_page_keeps_the_rest_of_the_url(app):
    with app.test_request_context("/admin/people?q=asha&page=2"):
        page = Page([], asked_page(), 25, 10)
        assert page.number == 2
        assert page.url(3) == "/admin/people?q=asha&page=3"
        assert page.url(1) == "/admin/people?q=asha"


@pytest.mark.parametrize("asked", ["", "x", "0", "-1", "9" * 5000])
def test_what_is_no_page_is_the_first(app, asked):
    with app.test_request_context(f"/?page={asked}"):
        assert asked_page() == 1


def test_beyond_the_end_is_the_last(app):
    for name in ("a", "b", "c"):
        OrganisationFactory(name=name)
    page = paged(sa.select(Organisation).order_by(Organisation.name), 99, 2)
    assert (page.number, [row.name for row in page.rows]) == (2, ["c"])
