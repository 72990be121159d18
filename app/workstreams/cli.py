"""`flask docs rights`: writes the rights matrix into docs/security.md."""

import click
from flask.cli import AppGroup

from app.config import ROOT
from app.core.rights import GLOBAL_RIGHTS, MATRIX, Reach, Role

SECURITY = ROOT / "docs" / "security.md"
BEGIN = "<!-- rights: written by `flask docs rights` from app/core/rights.py; do not edit -->"
END = "<!-- end of rights -->"

docs = AppGroup("docs", help="Keep the documents in step with the code.")


@docs.command("rights")
def write_rights() -> None:
    """Put the rights matrix into docs/security.md, between its markers."""
    SECURITY.write_text(with_rights(SECURITY.read_text(encoding="utf-8")), encoding="utf-8")
    click.echo(f"Wrote {SECURITY.relative_to(ROOT)}")


def with_rights(document: str) -> str:
    """The document with the matrix as it is now. Raises ValueError when the markers are missing."""
    if BEGIN not in document or END not in document:
        raise ValueError("docs/security.md has lost its markers.")
    head, rest = document.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    return f"{head}{BEGIN}\n\n{rights_table()}\n{END}{tail}"


def rights_table() -> str:
    """The matrix as a Markdown table: a row per right, a column per role."""
    roles = list(Role)
    lines = [
        "| You may … | where | " + " | ".join(role.label for role in roles) + " |",
        "|---|---|" + "---|" * len(roles),
    ]
    for right, held in MATRIX.items():
        cells = [_cell(held.get(role)) for role in roles]
        where = "everywhere" if right in GLOBAL_RIGHTS else "on a workstream"
        lines.append(f"| {right.value} | {where} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(reach: Reach | None) -> str:
    return "no" if reach is None else reach.value
