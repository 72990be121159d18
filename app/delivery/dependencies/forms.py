"""The tick list of what a milestone waits for."""

import uuid
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from app.core.formatting import day
from app.core.forms import Form, TicksField, VersionField
from app.delivery.models import Milestone


class WaitsForForm(Form):
    """The plan's other milestones, those that this one waits for ticked."""

    version = VersionField()
    waits_for = TicksField("Waits for", coerce=str)

    def __init__(self, *, milestone: Milestone, others: Sequence[Any], **kwargs: Any) -> None:
        ticked = [str(before.id) for before in milestone.waits_for]
        super().__init__(data={"version": milestone.version, "waits_for": ticked}, **kwargs)
        self.others = others
        self.waits_for.choices = [(str(row.id), row.title) for row in others]

    @property
    def chosen(self) -> list[uuid.UUID]:
        """What is ticked. Only after the form has validated."""
        return [uuid.UUID(value) for value in self.waits_for.data or ()]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, str, str, bool]]]]:
        """(whose they are, [(id of the box, value, title, when, ticked)]), for the template. The first
        box has the field's own id, which the error summary leads to."""
        ticked = set(self.waits_for.data or ())
        boxes = [
            (
                row.of or "The plan itself",
                row.activity_id,
                (
                    f"{self.waits_for.id}-{number}" if number else self.waits_for.id,
                    str(row.id),
                    row.title,
                    f"Promised {day(row.promised_on)}",
                    str(row.id) in ticked,
                ),
            )
            for number, row in enumerate(self.others)
        ]
        return [
            (key[0], [box for *_, box in some])
            for key, some in groupby(boxes, key=lambda box: (box[0], box[1]))
        ]
