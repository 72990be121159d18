"""A long list, a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import request

from app.extensions import db

Row = TypeVar("Row")


def _url_of_page(number: int) -> str:
    values = [(k, v) for k, v in request.args.items(multi=True) if k != "page" and v]
    if number > 1:
        values.append(("page", str(number)))
    return request.path + (f"?{urlencode(values)}" if values else "")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, as components/pagination.html draws its foot.

    `number` counts from 1; `total` rows in all, `size` to a page; `url(n)` is where page n is, by
    default this request's URL with another `page`.
    """

    rows: list[Row]
    number: int
    total: int
    size: int
    url: Callable[[int], str] = field(default=_url_of_page)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)


def asked_page() -> int:
    """The page number in the URL; 1 when there is none or it is nonsense."""
    # A number that no list reaches would be more than a database can count to.
    return min(max(1, request.args.get("page", 1, type=int)), 1_000_000)


def page_of(rows: Sequence[Row], size: int, url: str) -> Page[Row]:
    """The page asked for of rows that are all at hand, each at `url` with its number; the last page when
    there are fewer."""
    number = min(asked_page(), max(1, -(-len(rows) // size)))
    first = (number - 1) * size
    shown = list(rows[first : first + size])
    return Page(shown, number, len(rows), size, lambda n: f"{url}?page={n}")


def paged(query: sa.Select[Any], number: int, size: int) -> Page[Row]:
    """Page `number` of an ordered query; the last page when there are fewer."""
    counted = sa.select(sa.func.count()).select_from(query.order_by(None).subquery())
    total = db.session.scalar(counted) or 0
    number = min(number, max(1, -(-total // size)))
    rows = db.session.scalars(query.limit(size).offset((number - 1) * size)).unique()
    return Page(list(rows), number, total, size)
