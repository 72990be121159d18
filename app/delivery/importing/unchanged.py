"""Which cells of a file say just what an export of the plan says there, and so change nothing.

They are not read at all: a name that two people share, or a text that holds what stands between several,
means what it meant, as long as nobody touched it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from app.delivery.columns import SEPARATOR
from app.delivery.importing.directory import Directory
from app.delivery.importing.drafts import Draft
from app.importing.grids import Cell, clean

_SEVERAL = frozenset({"contributors", "aims", "domains"})
# Words and their exact day: left out together, because a change of one bears on the other.
_PAIRS = {"start": "start_on", "due": "due_on"}


def without_unchanged(draft: Draft, now: dict[str, Any], known: Directory) -> Draft:
    """The draft without the cells that say what the row, which is `now` so, says already."""
    said = {name for name, text in _written(now, known) if _says(draft, name, text)}
    for name, day_name in _PAIRS.items():
        words, day = now[name]
        same_day = day_name not in draft.cells or _same_day(draft.cell(day_name), day)
        if name in draft.cells and same_day and _says(draft, name, words):
            said |= {name, day_name}
    return replace(
        draft, cells={name: cell for name, cell in draft.cells.items() if name not in said}
    )


def _written(now: dict[str, Any], known: Directory) -> Iterator[tuple[str, str]]:
    """Columns, but for dates, as an export fills them from these values."""
    for name in ("what", "how", "reporting"):
        yield name, now[name]
    for name, field in (
        ("lead", "lead_person_id"),
        ("organisation", "lead_organisation_id"),
        ("reports_to", "reports_to_id"),
    ):
        yield name, known.label(now[field]) if now[field] else ""
    yield "contributors", SEPARATOR.join(map(known.label, now["contributor_ids"]))
    yield "aims", SEPARATOR.join(map(known.label, now["aim_ids"]))
    yield "domains", SEPARATOR.join(domain.label for domain in now["domains"])


def _says(draft: Draft, name: str, text: str) -> bool:
    cell = draft.cell(name)
    if cell.problem and not cell.text:
        return False  # a formula without its value only looks empty
    return bool(_compared(name, cell.text) == _compared(name, clean(text)))


def _compared(name: str, text: str) -> Any:
    """Without regard to spaces, and of several to their order."""
    if name in _SEVERAL:
        return Counter(" ".join(part.split()) for part in text.split(SEPARATOR.strip()))
    return " ".join(text.split())


def _same_day(cell: Cell, day: date | None) -> bool:
    """CSV writes a day as 2021-06-18; a workbook's cell holds the day itself."""
    if cell.problem:
        return False
    return cell.day == day if cell.day else cell.text == (day.isoformat() if day else "")
