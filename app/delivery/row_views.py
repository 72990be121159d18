"""A row of the plan as its template prints it: words made ready in Python, a flat tuple for each row.

A plan has up to a hundred rows on a page and a template looks every dotted name up anew, so the rows'
template is given plain values to print.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.core.formatting import count, day, days_ago
from app.delivery.filters import AsOf, as_of
from app.delivery.slippage import slipped_words


class RowView(NamedTuple):
    """What `delivery/_rows.html` unpacks, in this order. Empty text is not printed."""

    id: str
    marks: str  # classes: " wm-row--overdue" …
    what: str
    how: str
    words: str
    lead: str
    organisation: str
    reports_to: str
    due: str
    due_words: str
    forecast: str
    slipped: str  # how much later than agreed, and whether that is after the plan's last day
    overdue: str
    rag: str  # red, amber, green, done or none
    rag_label: str
    reason: str
    last_word: str
    silent: str
    milestone: str
    milestone_note: str
    carried: bool  # carries on a row of the plan before
    may_update: bool


def row_views(
    rows: Sequence[Any],
    milestones: Mapping[Any, Sequence[Any]],
    today: date,
    ends_on: date,
    *,
    may_update: bool,
    may_update_own: bool,
) -> list[RowView]:
    """The rows of `plan_reading.plan_rows`, in a plan whose last day is `ends_on`, as the reader of
    the page sees them."""
    days = as_of(today)
    return [
        _view(
            row,
            milestones.get(row.id, ()),
            days,
            ends_on,
            may_update or (may_update_own and row.mine),
        )
        for row in rows
    ]


def _view(
    row: Any,
    milestones: Sequence[Any],
    days: AsOf,
    ends_on: date,
    may_update: bool,
) -> RowView:
    (row_id, what, how, start_on, due_text, due_on, forecast_on, done_on, rag, reason,
     last_word_on, lead, organisation, reports_to, _mine, words, agreed_on, carried_from) = row[:18]  # fmt: skip
    today = days["today"]
    open_ = done_on is None
    overdue = open_ and due_on is not None and due_on < days["overdue_before"]
    started = start_on is None or start_on <= today
    silent = open_ and started and (last_word_on is None or last_word_on <= days["silent_since"])
    due = day(due_on) or "No date"
    mark = "overdue" if overdue else "silent" if silent else "" if open_ else "done"
    milestone, note = _next_milestone(milestones)
    return RowView(
        id=str(row_id),
        marks=f" wm-row--{mark}" if mark else "",
        what=what,
        how=how,
        words=_short(words or "", 220),
        lead=lead or organisation or "Nobody yet",
        organisation=(organisation or "") if lead else "",
        reports_to=reports_to or "",
        due=due,
        # A long sentence is for the activity's own page.
        due_words=due_text if due_text != due and len(due_text) < 60 else "",
        forecast=day(forecast_on) if open_ and forecast_on != due_on else "",
        slipped=slipped_words(agreed_on, due_on, done_on or forecast_on, ends_on),
        overdue=count((today - due_on).days, "day") if overdue else "",
        rag=(rag.value if rag else "none") if open_ else "done",
        rag_label=(rag.label if rag else "Not rated") if open_ else "Done",
        reason=reason if open_ else day(done_on),
        last_word=days_ago((today - last_word_on).days) if open_ and last_word_on else "",
        silent=_silence(last_word_on, today) if silent else "",
        milestone=milestone,
        milestone_note=note,
        carried=carried_from is not None,
        may_update=may_update,
    )


def _silence(last_word_on: date | None, today: date) -> str:
    if last_word_on is None:
        return "No word yet"
    return f"Silent {count((today - last_word_on).days, 'day')}"


def _next_milestone(milestones: Sequence[Any]) -> tuple[str, str]:
    """The title and note of the first milestone not yet reached."""
    if not milestones:
        return "", ""
    ahead = [m for m in milestones if m[4] is None]
    if not ahead:
        return f"All {len(milestones)} reached", ""
    _, title, promised_on, forecast_on = ahead[0][:4]
    note = day(forecast_on or promised_on)
    if len(milestones) > 1:
        note += f" · {len(milestones) - len(ahead)} of {len(milestones)} reached"
    return title, note


def _short(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0] + "…"
