"""How dates, money and counts read on every page: GOV.UK style, British English."""

from datetime import date, datetime
from functools import lru_cache

from flask import Flask

from app.core import clock
from app.core.time_field import in_words


@lru_cache(maxsize=4096)
def day(value: date | None) -> str:
    """7 June 2021; of an instant, its day in London."""
    if isinstance(value, datetime):
        value = clock.on_day(value)
    return f"{value.day} {value:%B} {value.year}" if value else ""


def moment(value: datetime | None) -> str:
    """7 June 2021 at 2:05pm, London time."""
    if value is None:
        return ""
    local = value.astimezone(clock.LONDON)
    hour = local.hour % 12 or 12
    return f"{day(value)} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def pounds(pence: int | None) -> str:
    """£25,000, or £25,000.50 when there are pence. Takes integer pence."""
    if pence is None:
        return ""
    sign, pence = ("-", -pence) if pence < 0 else ("", pence)
    whole, rest = divmod(pence, 100)
    return f"{sign}£{whole:,}" + (f".{rest:02d}" if rest else "")


def count(number: int, singular: str, plural: str | None = None) -> str:
    """1 day, 2 days"""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def days_ago(days: int | None) -> str:
    """today, yesterday, 12 days ago; "no word yet" for None."""
    if days is None:
        return "no word yet"
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days:,} days ago"


def register_formatting(app: Flask) -> None:
    """Make these filters of every template, and `today` a value in it."""
    app.jinja_env.filters.update(
        date=day,
        datetime=moment,
        time=in_words,
        money=pounds,
        count=count,
        days_ago=days_ago,
    )
    app.context_processor(lambda: {"today": clock.today()})
