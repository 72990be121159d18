"""What history is asked for."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from wtforms import HiddenField
from wtforms.validators import AnyOf, Optional

from app.core.dates_field import read_day
from app.core.formatting import day
from app.core.forms import Form, VersionField
from app.core.history import tracked_models
from app.history.queries import HistoryFilter


class RestoreForm(Form):
    """The confirmation: which side of the change, and the version that was looked at."""

    side = HiddenField(validators=[AnyOf(["before", "after"], "Reload the page and try again")])
    version = VersionField(validators=[Optional()])


@dataclass(frozen=True)
class Asked:
    """The filter as the URL has it: what was understood, what was typed, and what was wrong."""

    wanted: HistoryFilter
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)

    def chips(self, base: str, people: Mapping[uuid.UUID, str]) -> list[tuple[str, str]]:
        """(words, URL without it) of each filter in force."""
        wanted = self.wanted
        found = []
        if wanted.person:
            name = people.get(wanted.person, "somebody else")
            found.append((f"Changed by {name}", replace(wanted, person=None)))
        if wanted.kind:
            found.append((kind_in_words(wanted.kind), replace(wanted, kind=None)))
        if wanted.since:
            found.append((f"From {day(wanted.since)}", replace(wanted, since=None)))
        if wanted.until:
            found.append((f"To {day(wanted.until)}", replace(wanted, until=None)))
        return [(words, url_of(base, without)) for words, without in found]


def read_filter(args: Mapping[str, str]) -> Asked:
    """The filter in a URL's query. What cannot be read is not applied, and said."""
    errors: dict[str, str] = {}

    def day_of(name: str) -> date | None:
        text = args.get(name, "").strip()
        try:
            return read_day(text) if text else None
        except ValueError as error:
            errors[name] = str(error)
            return None

    kind = args.get("kind", "")
    wanted = HistoryFilter(
        person=read_id(args.get("person")),
        kind=kind if kind in tracked_models() else None,
        since=day_of("from"),
        until=day_of("to"),
    )
    typed = {name: args.get(name, "").strip() for name in ("from", "to")}
    return Asked(wanted, typed, errors)


def read_id(text: str | None) -> uuid.UUID | None:
    """An id in a URL's query; None for anything else."""
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


def url_of(base: str, wanted: HistoryFilter, before: uuid.UUID | None = None) -> str:
    """The URL of a filter, and of the page of changes older than `before`."""
    query = {
        "person": wanted.person,
        "kind": wanted.kind,
        "from": wanted.since,
        "to": wanted.until,
        "before": before,
    }
    given = {name: str(value) for name, value in query.items() if value}
    return f"{base}?{urlencode(given)}" if given else base


def kind_in_words(kind: str) -> str:
    """A table name as what people call such a thing: "Activity"."""
    model = tracked_models().get(kind)
    name = model.history_name if model else kind.replace("_", " ")
    return name[0].upper() + name[1:]
