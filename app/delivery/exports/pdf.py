"""A plan as a tagged PDF (PDF/UA-1), set by Typst (docs/decisions/020)."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from app.delivery.exports import typesetting
from app.delivery.exports.plain_text import for_xml
from app.delivery.exports.plan_file import PlanFile, Row

MIMETYPE = "application/pdf"

LONGEST_SECONDS = 20
_TEMPLATE = Path(__file__).with_name("plan.typ")
# One at a time in each process of the server: the others wait rather than share two cores.
_ONE_AT_A_TIME = threading.Lock()


class NotTypeset(RuntimeError):
    """The PDF could not be made, or not in time."""


def write(file: PlanFile) -> bytes:
    """The PDF's bytes. Raises NotTypeset."""
    return typeset(_TEMPLATE, _data(file))


def typeset(template: Path, shown: dict[str, Any], *, png: bool = False) -> bytes:
    """A Typst template with the data that it shows, as a PDF, or its one page as a PNG. What is `shown` has
    `undrawn`, which says whether a box stands for a letter. Raises NotTypeset."""
    data = json.dumps(shown, ensure_ascii=False)
    ending = "png" if png else "pdf"
    command = [sys.executable, "-I", typesetting.__file__, str(template), ending]
    if not _ONE_AT_A_TIME.acquire(timeout=LONGEST_SECONDS):
        raise NotTypeset("Other PDFs took too long.")
    try:
        done = subprocess.run(  # noqa: S603 (our own program; what people wrote is its input)
            command, input=for_xml(data).encode(), capture_output=True, timeout=LONGEST_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise NotTypeset("It took too long.") from error
    finally:
        _ONE_AT_A_TIME.release()
    if done.returncode:
        # Not what it complained of: that may quote what people wrote, and would reach the log.
        raise NotTypeset(f"Typst ended with {done.returncode}.")
    return done.stdout


def _data(file: PlanFile) -> dict[str, Any]:
    """What plan.typ reads."""
    made = file.today
    return {
        "title": file.title,
        "status": file.status,
        "lines": file.lines,
        "made": {"year": made.year, "month": made.month, "day": made.day},
        "rows": [_row(row) for row in file.rows],
        "milestones": [milestone.cells for milestone in file.milestones],
        "meanings": file.meanings,
        "undrawn": False,
    }


def _row(row: Row) -> dict[str, str]:
    lead = [row.text("lead"), row.text("organisation")]
    reporting = [row.text("reports_to"), row.text("reporting")]
    return {
        "what": row.text("what"),
        "how": row.text("how"),
        "lead": ", ".join(words for words in lead if words) or "Nobody yet",
        "due": row.text("due") or "No date",
        "reporting": ". ".join(words.rstrip(".") for words in reporting if words),
        "colour": row.colour,
        "standing": row.standing.removeprefix(row.colour),
        "latest": row.latest,
    }
