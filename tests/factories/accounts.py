"""People and organisations."""

import factory
from flask_security import hash_password

from app.accounts.models import GlobalRole, Organisation, OrganisationKind, Passkey, User
from app.core import clock
from tests.factories.base import Factory

PASSWORD = "three random garden words"


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
        # Somebody who has chosen a password; without it an account is only invited.
        can_sign_in = factory.Trait(password=factory.LazyFunction(lambda: hash_password(PASSWORD)))
        # Administrators must have a second factor before anything else, so these have one.
        administrator = factory.Trait(
            global_role=GlobalRole.ADMINISTRATOR,
            tf_primary_method="authenticator",
            tf_totp_secret="set up",
        )
        opcc_reader = factory.Trait(global_role=GlobalRole.OPCC_READER)


class PasskeyFactory(Factory):
    class Meta:
        model = Passkey

    user = factory.SubFactory(UserFactory)
    credential_id = factory.Sequence(lambda n: f"passkey-{n}".encode())
    public_key = b"made up"
    backup_state = False
    device_type = "single_device"
    lastuse_datetime = factory.LazyFunction(clock.now)
    name = factory.Sequence(lambda n: f"Passkey {n}")
    usage = "first"
