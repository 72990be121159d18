"""People with a role, as the tests of workstreams need them."""

from app.accounts.models import User
from app.workstreams.models import MemberRole, Workstream
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import MembershipFactory


def someone(role: MemberRole, *workstreams: Workstream) -> User:
    """A person with this role on these workstreams."""
    user: User = UserFactory()
    for workstream in workstreams:
        MembershipFactory(workstream_id=workstream.id, user=user, role=role)
    return user


def lead_of(*workstreams: Workstream) -> User:
    """A person who leads these workstreams."""
    return someone(MemberRole.LEAD, *workstreams)


def administrator() -> User:
    """An administrator who has set up the second factor that the settings ask of them."""
    user: User = UserFactory(
        administrator=True, tf_primary_method="authenticator", tf_totp_secret="made-up"
    )
    return user
