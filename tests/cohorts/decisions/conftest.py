import pytest

from tests.cohorts.cohort import Cohort


@pytest.fixture
def cohort(app, monkeypatch):
    monkeypatch.setitem(app.config, "REQUIRE_ADMIN_MFA", False)
    return Cohort()
