"""A map as it leaves: what it is called, how far it is agreed, and the lens it was looked at through."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from markupsafe import Markup

from app.core.formatting import day
from app.core.urls import slugify
from app.extensions import db
from app.theory_of_change.drawing.picture import draw
from app.theory_of_change.lenses import Lens, View
from app.theory_of_change.models import TheoryVersion
from app.theory_of_change.reading import TheMap
from app.workstreams.queries import Place


@dataclass(frozen=True)
class MapFile:
    """A map and the words that stand on each of its files."""

    place: Place
    the_map: TheMap
    today: date
    status: str  # "Agreed 1 April 2021, version 2. As it stood on 18 June 2021"
    lens: Lens | None = None
    view: View | None = None

    @property
    def title(self) -> str:
        """ "New Parks: A place to go"."""
        return f"{self.place.workstream.name}: {self.the_map.title}"

    @property
    def lines(self) -> list[str]:
        """What stands under the title."""
        if self.lens is None or self.view is None:
            return [self.status]
        return [self.status, f"{self.lens.label}. {self.lens.about} {self.view.sentence}".strip()]

    def lens_on(self, thing_id: uuid.UUID) -> str:
        """What the lens says of a step or link, "Evidence: Notes: 2 for."; "" where it says nothing."""
        if self.lens is None or self.view is None:
            return ""
        sign = self.view.nodes.get(thing_id) or self.view.links.get(thing_id)
        return f"{self.lens.label}: {sign.words.rstrip('.')}." if sign else ""

    def picture(self, *, title: bool) -> Markup:
        """The SVG with its own colours, its title and state at its head if they stand nowhere else."""
        lens = f"{self.lens.label}. " if self.lens else ""
        return draw(
            self.the_map,
            view=self.view,
            title=self.title if title else "",
            status=f"{lens}{self.status}" if title else "",
        )

    def filename(self, ending: str) -> str:
        """ "new-parks-a-place-to-go-evidence-2021-06-18.pdf"; plain letters, for any computer."""
        lens = f"-{self.lens.key}" if self.lens else ""
        title = slugify(self.the_map.title)
        return f"{self.place.slug}-{title}{lens}-{self.today:%Y-%m-%d}.{ending}"


def status_line(the_map: TheMap, today: date) -> str:
    """How far a map is agreed, the newest version that was kept, and the day."""
    newest = db.session.execute(
        sa.select(TheoryVersion.number, TheoryVersion.made_on)
        .where(TheoryVersion.theory_id == the_map.theory_id)
        .order_by(TheoryVersion.number.desc())
        .limit(1)
    ).one_or_none()
    state = f"Agreed {day(the_map.agreed_on)}" if the_map.agreed_on else "Draft, not agreed"
    kept = f", version {newest.number} of {day(newest.made_on)}" if newest else ""
    return f"{state}{kept}. As it stood on {day(today)}"
