"""Who reads the portfolio."""

import pytest

from tests.factories.accounts import UserFactory


@pytest.fixture
def reader(app):
    """Somebody who sees everything and may change nothing."""
    return UserFactory(opcc_reader=True)
