"""People moved together, and files of applicants on their way in."""

import factory

from app.cohorts.applications.importing.choices import Choices
from app.cohorts.applications.importing.models import ApplicantImport
from app.cohorts.applications.importing.queries import PURPOSE
from app.cohorts.applications.models import ApplicationMove
from app.cohorts.applications.stages import Mover, Stage
from app.core.database import new_id
from app.importing.models import Upload
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory
from tests.factories.cohorts import ApplicationFactory, CallFactory
from tests.factories.importing import grid_of


class BatchFactory(Factory):
    """One move of a batch: somebody found eligible. Give `workstream_id`, or `batch_id` for more."""

    class Meta:
        model = ApplicationMove

    class Params:
        workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)

    application_id = factory.LazyAttribute(
        lambda o: ApplicationFactory(workstream_id=o.workstream_id, stage=Stage.ELIGIBLE).id
    )
    before = Stage.SUBMITTED
    after = Stage.ELIGIBLE
    mover = Mover.COORDINATOR
    batch_id = factory.LazyFunction(new_id)


class ApplicantUploadFactory(Factory):
    """A file of one applicant, its columns matched; give `call`."""

    class Meta:
        model = Upload

    class Params:
        call = factory.SubFactory(CallFactory)

    user_id = factory.LazyAttribute(lambda _: UserFactory().id)
    workstream_id = factory.SelfAttribute("call.workstream_id")
    purpose = PURPOSE
    subject_id = factory.SelfAttribute("call.id")
    file_name = "people.xlsx"
    kind = "xlsx"
    content = factory.LazyFunction(
        lambda: {"grids": [grid_of(["Name", "Area"], ["Ann Lee", "Blaby"]).as_json()]}
    )
    choices = factory.LazyFunction(lambda: Choices(0, 0, {"name": 0, "area": 1}).as_json())


class ApplicantImportFactory(Factory):
    """Give `workstream_id`."""

    class Meta:
        model = ApplicantImport

    workstream_id = factory.LazyFunction(lambda: CallFactory().workstream_id)
    file_name = "people.xlsx"
    title = "1 applicant from “people.xlsx”"
    added = 1
