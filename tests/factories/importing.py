"""Files on their way into a plan, and what came of them."""

import factory

from app.delivery.importing.choices import guess
from app.delivery.importing.models import ImportRun
from app.importing.grids import Cell, Grid, Row
from app.importing.models import Upload
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory
from tests.factories.delivery import DeliveryPlanFactory


def grid_of(*rows, name="Sheet “Plan”", **kwargs):
    """A table from rows of texts (or cells), numbered from 1."""
    return Grid(
        name,
        [
            Row(number, tuple(c if isinstance(c, Cell) else Cell(c) for c in cells))
            for number, cells in enumerate(rows, start=1)
        ],
        **kwargs,
    )


_GRIDS = [
    grid_of(["Activity", "Timeline"], ["Open the shed", "30 June 2021"]),
    grid_of(["Activity"], ["Something else"], name="Sheet “Old”"),
]


class UploadFactory(Factory):
    class Meta:
        model = Upload

    class Params:
        plan = factory.SubFactory(DeliveryPlanFactory)
        grids = _GRIDS

    user_id = factory.LazyAttribute(lambda _: UserFactory().id)
    workstream_id = factory.SelfAttribute("plan.workstream_id")
    purpose = "plan"
    subject_id = factory.SelfAttribute("plan.id")
    file_name = "plan.xlsx"
    kind = "xlsx"
    content = factory.LazyAttribute(lambda o: {"grids": [grid.as_json() for grid in o.grids]})
    choices = factory.LazyAttribute(lambda o: guess(o.grids).as_json())


class ImportRunFactory(Factory):
    class Meta:
        model = ImportRun

    class Params:
        plan = factory.SubFactory(DeliveryPlanFactory)

    plan_id = factory.SelfAttribute("plan.id")
    workstream_id = factory.SelfAttribute("plan.workstream_id")
    file_name = "plan.xlsx"
    title = "1 activity from “plan.xlsx” (1 added)"
    added = 1
    changed = 0
