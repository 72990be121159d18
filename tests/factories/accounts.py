"""People and organisations."""

import factory

from app.accounts.models import GlobalRole, Organisation, OrganisationKind, User
from tests.factories.base import Factory


class OrganisationFactory(Factory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.LOCAL_AUTHORITY


class UserFactory(Factory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@waymark.example")
    organisation = factory.SubFactory(OrganisationFactory)

    class Params:
        administrator = factory.Trait(global_role=GlobalRole.ADMINISTRATOR)
        opcc_reader = factory.Trait(global_role=GlobalRole.OPCC_READER)
