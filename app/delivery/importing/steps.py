"""What the steps of an import share."""

from flask.typing import ResponseReturnValue

from app.core import htmx
from app.delivery.importing.choices import Choices
from app.delivery.importing.models import ImportRun
from app.importing.choosing import chosen_grid
from app.importing.grids import Grid
from app.importing.models import Upload
from app.workstreams.queries import Place


def chosen_of(upload: Upload) -> tuple[Choices, Grid | None, bool]:
    """(what has been chosen, the table if one has, whether there are several)."""
    chosen = Choices.from_json(upload.choices)
    return chosen, *chosen_grid(upload, chosen)


def steps_url(place: Place, upload: Upload) -> str:
    """Below which the steps of an import hang."""
    return f"{place.url}/plan/import/{upload.id}"


def finished(place: Place, run: ImportRun | None) -> ResponseReturnValue:
    """A step of an import that is over: to what it did."""
    assert run is not None
    return htmx.go_to(f"{place.url}/plan/imports/{run.id}")
