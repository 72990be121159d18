"""A row of the portfolio as its template prints it: words made ready in Python (see
`app.delivery.row_views` for why)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from app.core.formatting import count, day, days_ago
from app.delivery.filters import AsOf, as_of
from app.delivery.models import Rag
from app.delivery.slippage import slip_words
from app.portfolio.queries import NextMilestone, Progress
from app.portfolio.tree import Stream
from app.workstreams.models import WorkstreamStatus

_LOOKS = {
    WorkstreamStatus.ACTIVE: " wm-tag--live",
    WorkstreamStatus.PROPOSED: " wm-tag--draft",
    WorkstreamStatus.CLOSED: " wm-tag--outline",
    WorkstreamStatus.EMBEDDED: " wm-tag--outline",
}
_DOWN = Markup('<ul class="wm-portfolio__children">')
_NEXT = Markup("</li>")
_UP = Markup("</ul></li>")


class StreamView(NamedTuple):
    """What `portfolio/_streams.html` unpacks, in this order. Empty text is not printed."""

    before: Markup  # what opens or closes the nested lists before this item
    level: int
    slug: str
    name: str
    kind: str
    look: str
    status: str
    archived: bool
    chosen: bool  # else it is only the heading of others
    organisation: str
    has_plan: bool
    rag: str
    rag_label: str
    counts: str
    below: tuple[tuple[str, int], ...]  # (colour, how many) of the workstreams below it
    reason: str
    milestone: str
    milestone_on: str
    overdue: str
    later: str
    slipped: str
    last_word: str
    silent: bool


def stream_views(streams: Sequence[Stream], today: date) -> tuple[list[StreamView], Markup]:
    """The rows, and what closes the lists that are open after the last."""
    views = []
    days = as_of(today)
    depth = -1
    for stream in streams:
        views.append(_view(stream, depth, days))
        depth = stream.depth
    return views, _NEXT + _UP * depth if streams else Markup("")


def _view(stream: Stream, depth_before: int, days: AsOf) -> StreamView:
    row: Any = stream.row
    today = days["today"]
    if depth_before < 0:
        before = Markup("")
    elif stream.depth > depth_before:
        before = _DOWN
    else:
        before = _NEXT + _UP * stream.closes
    rag, rag_label = _rag(stream.progress)
    title, on, overdue, later = _milestone(stream.milestone, days)
    has_plan = row.plan_id is not None
    said = stream.progress.last_word_on
    return StreamView(
        before=before,
        level=min(stream.depth + 2, 6),
        slug=row.slug,
        name=row.name,
        kind=row.kind.label,
        look=_LOOKS.get(row.status, ""),
        status=row.status.label,
        archived=row.archived_at is not None,
        chosen=stream.chosen,
        organisation=row.organisation or "",
        has_plan=has_plan,
        rag=rag,
        rag_label=rag_label,
        counts=stream.progress.words,
        below=tuple((rag.value, stream.below[rag]) for rag in Rag if rag in stream.below),
        reason=stream.progress.reason,
        milestone=title,
        milestone_on=on,
        overdue=overdue,
        later=later,
        slipped=slip_words(row),
        last_word=days_ago((today - said).days if said else None) if has_plan else "",
        silent=(
            said is not None
            and said <= days["silent_since"]
            and row.status is WorkstreamStatus.ACTIVE
        ),
    )


def _rag(progress: Progress) -> tuple[str, str]:
    if progress.rag:
        return progress.rag.value, progress.rag.label
    return ("done", "All done") if progress.done and not progress.unrated else ("none", "Not rated")


def _milestone(milestone: NextMilestone | None, days: AsOf) -> tuple[str, str, str, str]:
    """Title, date, how long overdue, how much later than promised."""
    if milestone is None:
        return "", "", "", ""
    expected, promised = milestone.expected_on, milestone.promised_on
    late = (days["today"] - expected).days
    overdue = count(late, "day") if expected < days["overdue_before"] else ""
    later = count((expected - promised).days, "day") if expected > promised else ""
    return milestone.title, day(expected), overdue, "" if overdue else later
