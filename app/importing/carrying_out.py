"""An import is carried out: what its preview showed, once."""

import uuid
from dataclasses import dataclass
from typing import TypeVar

from app.core.errors import Refused
from app.importing import uploads
from app.importing.choosing import Choices
from app.importing.grids import Grid

Chosen = TypeVar("Chosen", bound=Choices)


class PreviewOvertaken(Refused):
    """Another thing would happen now than the preview said."""


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be imported: where it is, what is wrong and what to do."""

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}"


def take_chosen(upload_id: uuid.UUID, choices: type[Chosen]) -> tuple[Grid, Chosen] | None:
    """Lock, read and delete an upload, because it is being imported: its table and what was chosen.
    None when somebody (the same person's second click) already has. Raises Refused without a table."""
    taken = uploads.take(upload_id)
    if taken is None:
        return None
    grids, chosen = taken[0], choices.from_json(taken[1])
    if chosen.grid is None:
        raise Refused("Choose a table first")
    return grids[chosen.grid], chosen
