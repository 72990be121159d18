"""A comparison in words: one sentence about the plan, one about its progress."""

from collections.abc import Iterable, Sequence

from app.core.formatting import count
from app.delivery.models import Rag
from app.versions.comparison import DATES, WORDS, Change, Comparison, RowDiff

THE_SAME = "Nothing in the plan is different."


def summary(found: Comparison) -> list[str]:
    """For example ["2 activities added, 1 dropped, 2 dates moved later (by up to 45 days).",
    "Progress: 3 done, 1 now red."]; `THE_SAME` when nothing is different."""
    plan = _of_plan(found)
    progress = _of_progress(found)
    sentences = []
    if plan:
        sentences.append(f"{', '.join(plan)}.")
    if progress:
        sentences.append(f"Progress: {', '.join(progress)}.")
    return sentences or [THE_SAME]


def _of_plan(found: Comparison) -> list[str]:
    changed = found.changed
    words = [row for row in changed if any(change.name in WORDS for change in row.changes)]
    others = [
        row for row in changed if any(change.name not in WORDS | DATES for change in row.changes)
    ]
    parts = _counted(
        "activity",
        "activities",
        (len(found.added), "added"),
        (len(found.dropped), "dropped"),
        (len(words), "reworded"),
        (len(others), "with other people, groups or aims"),
    )
    milestones = found.milestones
    parts += moves(_dates_in([*changed, *milestones]), "date")
    parts += [f"{sum(bool(row.moved) for row in changed)} moved in order"] * any(
        row.moved for row in changed
    )
    parts += _counted(
        "milestone",
        "milestones",
        (sum(m.before is None for m in milestones), "added"),
        (sum(m.after is None for m in milestones), "dropped"),
        (sum(any(c.name in WORDS for c in m.changes) for m in milestones), "reworded"),
    )
    if any(change.name == "title" for change in found.plan):
        parts.append("plan renamed")
    if any(change.name != "title" for change in found.plan):
        parts.append("period changed")
    return parts


def _of_progress(found: Comparison) -> list[str]:
    rows = found.progressed
    changes = [change for row in rows for change in row.progress]
    milestones = [m for m in found.milestones if m.stayed]
    done = [change for change in changes if change.name == "done_on"]
    ratings = [change.after for change in changes if change.name == "rag"]
    # What is done is not also called green.
    open_now = [row for row in rows if not row.values["done_on"]]
    parts = [
        f"{number} {word}"
        for number, word in (
            (sum(change.before is None for change in done), "done"),
            (sum(change.after is None for change in done), "no longer done"),
            *(
                (
                    sum(
                        change.name == "rag" and change.after == rag.value
                        for row in open_now
                        for change in row.progress
                    ),
                    f"now {rag.value}",
                )
                for rag in Rag
            ),
            (ratings.count(None), "no longer rated"),
        )
        if number
    ]
    forecasts = [
        change
        for row in [*rows, *milestones]
        for change in row.progress
        if change.name == "forecast_on"
    ]
    parts += moves(forecasts, "forecast")
    reached = sum(
        change.name == "done_on" and change.before is None
        for milestone in milestones
        for change in milestone.progress
    )
    if reached:
        parts.append(f"{count(reached, 'milestone')} reached")
    if not parts and (rows or any(m.progress for m in milestones)):
        parts.append("reasons or evidence reworded")
    return parts


def moves(changes: Iterable[Change], noun: str) -> list[str]:
    """["2 dates moved later (by up to 45 days)", "1 earlier", "1 given", "1 taken away"]."""
    days = [(change, change.days) for change in changes]
    later = [moved for _, moved in days if moved is not None and moved > 0]
    earlier = [-moved for _, moved in days if moved is not None and moved < 0]
    return _counted(
        noun,
        f"{noun}s",
        (len(later), f"moved later ({_by(later)})"),
        (len(earlier), f"{'' if later else 'moved '}earlier ({_by(earlier)})"),
        (sum(change.before is None for change, _ in days), "given"),
        (sum(change.after is None for change, _ in days), "taken away"),
    )


def _by(days: Sequence[int]) -> str:
    most = max(days, default=0)
    return f"by {'up to ' if len(set(days)) > 1 else ''}{count(most, 'day')}"


def _counted(singular: str, plural: str, *parts: tuple[int, str]) -> list[str]:
    """Only the first part names what is counted."""
    said = [(number, words) for number, words in parts if number]
    return [
        f"{count(number, singular, plural)} {words}" if place == 0 else f"{number:,} {words}"
        for place, (number, words) in enumerate(said)
    ]


def _dates_in(rows: Iterable[RowDiff]) -> list[Change]:
    return [change for row in rows for change in row.changes if change.name in DATES]
