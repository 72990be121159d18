"""Everything that is due on a workstream, entered on one page."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, clock, htmx
from app.core.formatting import count
from app.core.forms import ButtonForm
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.extensions import db
from app.indicators import measuring
from app.indicators.due import Due, due_on
from app.indicators.measuring_forms import DueForm
from app.indicators.models import Indicator
from app.indicators.queries import indicator_in, own_in_url
from app.indicators.routes import bp
from app.indicators.standings import standings
from app.workstreams.queries import Place

_PAGE, _FRAGMENT = "indicators/due.html", "indicators/_due.html"
_SHOWN = 50
_SENT = re.compile(r"^v([0-9a-f]{32})-(\d{4}-\d{2}-\d{2})-id$")


@dataclass
class Row:
    """A value that is due, and its form."""

    due: Due
    form: DueForm

    @property
    def key(self) -> str:
        return self.due.key


@bp.route("/due", methods=["GET", "POST"])
@access.needs(Right.MEASURE, own_in_url, own=True)
def due(place: Place) -> ResponseReturnValue:
    """A row for each value that is due. A row's own button saves that row and keeps what is typed in
    the others; the button below saves all that are filled in, or, where one is wrong, none."""
    page = _page(place)
    button = ButtonForm()
    if not button.validate_on_submit():
        return _show(place, page, [Row(one, _form(one)) for one in page.rows], status=button.status)
    rows = _sent(place, page.rows)
    chosen = request.form.get("row")
    to_save = [row for row in rows if (row.key == chosen if chosen else row.form.is_filled)]
    if not to_save:
        problem = "Fill in at least one value, then save"
        return _show(place, page, rows, problem=problem, status=422)
    if not _save(to_save):
        return _show(place, page, rows, status=422)
    words = f"{count(len(to_save), 'value')} saved, to be approved by somebody else"
    left = [row for row in rows if row not in to_save]
    if any(row.form.is_filled for row in left):
        return _show(place, _page(place), left, done=words, status=200)
    page = _page(place)
    return htmx.done(
        f"{place.url}/indicators/due",
        words,
        fragment=_FRAGMENT,
        focus="#due",
        done=words,
        **_context(place, page, [Row(one, _form(one)) for one in page.rows]),
    )


def _page(place: Place) -> Page[Due]:
    found = due_on(place, clock.today())
    number = min(asked_page(), max(1, -(-len(found) // _SHOWN)))
    first = (number - 1) * _SHOWN
    return Page(found[first : first + _SHOWN], number, len(found), _SHOWN)


def _form(one: Due, *, sent: bool = False) -> DueForm:
    data = {} if sent else {"formdata": None}
    return DueForm.make(one.indicator, prefix=one.key, **data)


def _sent(place: Place, due_now: Sequence[Due]) -> list[Row]:
    """The rows that were sent with the page: what is due, and what was due when it was opened, so that
    nothing typed is lost where somebody else was faster."""
    known = {one.key: one for one in due_now}
    rows = []
    for name in request.form:
        match = _SENT.match(name)
        if match is None:
            continue
        one = known.pop(name.removesuffix("-id"), None) or _no_longer_due(place, *match.groups())
        if one is not None:
            rows.append(Row(one, _form(one, sent=True)))
    return [*rows, *(Row(one, _form(one)) for one in known.values())]


def _no_longer_due(place: Place, indicator_id: str, day: str) -> Due | None:
    indicator = indicator_in(place, uuid.UUID(indicator_id))
    if indicator is None or not may_measure(place, indicator):
        return None
    try:
        return Due(indicator, date.fromisoformat(day), clock.today())
    except ValueError:
        return None


def may_measure(place: Place, indicator: Indicator) -> bool:
    """Whether the reader enters values of this indicator."""
    owns = indicator.owner_id == place.user.id
    return bool(place.can(Right.MEASURE, assigned=owns))


def _save(rows: Sequence[Row]) -> bool:
    """Save all of them, or none: what the first refusal undoes was of this request alone."""
    checked = [row.form.validate() for row in rows]  # each, so that each says what is wrong
    if not all(checked):
        return False
    for row in rows:
        with row.form.saving():
            measuring.enter(
                id=row.form.id.data,
                indicator=row.due.indicator,
                on=row.due.on,
                value=row.form.given,
                commentary=row.form.commentary.data or "",
                parts=row.form.given_parts,
                by=current_user,
            )
        if row.form.failed:
            db.session.rollback()
            return False
    return True


def _show(
    place: Place, page: Page[Due], rows: Sequence[Row], *, status: int, **context: Any
) -> ResponseReturnValue:
    wrong = next((row.form for row in rows if row.form.errors), None)
    shown = _context(place, page, rows) | context
    return htmx.render(_PAGE, _FRAGMENT, status=status, form=wrong, **shown)


def _context(place: Place, page: Page[Due], rows: Sequence[Row]) -> dict[str, Any]:
    ids = {row.due.indicator.id for row in rows}
    last = standings(Indicator.id.in_(ids), clock.today()) if ids else []
    return {
        "place": place,
        "pager": page,
        "rows": rows,
        "last": {one.indicator.id: one for one in last},
        "action": f"{place.url}/indicators/due"
        + (f"?page={page.number}" if page.number > 1 else ""),
    }
