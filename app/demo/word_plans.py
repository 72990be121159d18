"""A plan of the documents as the Word table that it was, brought in as anybody would bring it in."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

import docx

from app.accounts.models import User
from app.delivery.importing.applying import import_grid
from app.delivery.importing.choices import guess
from app.delivery.importing.drafts import read_drafts
from app.delivery.importing.models import ImportRun
from app.delivery.models import DeliveryPlan
from app.demo.facts.shapes import ActivityFact, WordTableFact
from app.importing.reading import read_file

_HEADINGS = ("Activity", "How taken forward", "Timeline", "Reporting")


def as_word(table: WordTableFact, rows: Sequence[ActivityFact]) -> bytes:
    """The table as a .docx, with one row cut in two as its page break cuts it."""
    document = docx.Document()
    document.add_heading(table.heading, level=1)
    document.add_paragraph(table.caption)
    drawn = document.add_table(rows=1, cols=len(_HEADINGS))
    _fill(drawn.rows[0], _HEADINGS)
    for number, row in enumerate(rows, start=1):
        texts = (row.what, row.how, row.due[0] if row.due else "", row.reporting)
        if number != table.split_row:
            _fill(drawn.add_row(), texts)
            continue
        activity, how, timeline, reporting = texts
        first_how, rest_of_how = _cut(how)
        first_timeline, rest_of_timeline = _cut(timeline)
        _fill(drawn.add_row(), (activity, first_how, first_timeline, reporting))
        _fill(drawn.add_row(), ("", rest_of_how, rest_of_timeline, ""))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _fill(row: object, texts: Sequence[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):  # type: ignore[attr-defined]
        cell.text = text


def _cut(text: str) -> tuple[str, str]:
    """In two, at the space nearest to the middle."""
    at = text.index(" ", len(text) // 2)
    return text[:at], text[at + 1 :]


def import_word_plan(
    *,
    run_id: uuid.UUID,
    table: WordTableFact,
    rows: Sequence[ActivityFact],
    plan: DeliveryPlan,
    by: User | None,
    make_id: Callable[[int], uuid.UUID],
) -> ImportRun:
    """Import the table into an empty plan. Of words that name no day, the facts say what they count
    as, as a person would say it on the preview."""
    grid = read_file(table.file_name, as_word(table, rows)).grids[0]
    choices = guess([grid])
    drafts = read_drafts(grid, choices).found
    days = {
        f"{draft.key}-due": row.due[1].isoformat()
        for draft, row in zip(drafts, rows, strict=True)
        if row.due
    }
    return import_grid(
        run_id=run_id,
        file_name=table.file_name,
        grid=grid,
        choices=replace(choices, days=days),
        plan=plan,
        by=by,
        make_id=make_id,
    )
