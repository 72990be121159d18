"""References are drawn by lot: among thousands, one is sometimes drawn that somebody has already."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from app.cohorts.applications import references
from app.cohorts.applications.models import Application
from app.extensions import db
from tests.client import new_id
from tests.cohorts.applications.conftest import URL
from tests.cohorts.applying.applicant import Applicant

TAKEN, FREE = "CL-888888", "CL-MMMMMM"


@pytest.fixture
def lot(cohort, monkeypatch):
    """TAKEN is somebody's, and is drawn twice before FREE is."""
    cohort.applicant("Somebody", reference=TAKEN)
    signs = iter("888888" * 2 + "MMMMMM")
    monkeypatch.setattr(references, "secrets", SimpleNamespace(choice=lambda _: next(signs)))


def reference_of(email: str) -> str:
    return db.session.scalar(sa.select(Application.reference).where(Application.email == email))


def test_whoever_begins_an_application_gets_another_one(cohort, lot, client):
    Applicant(client, cohort.call, "ann@example.org").come()
    assert reference_of("ann@example.org") == FREE


def test_whoever_is_written_down_gets_another_one(cohort, lot, lead):
    data = {"id": new_id(), "entered": "paper", "name": "Ann Lee", "email": "ann@example.org"}
    data |= {"born_on": "1 May 2000", "area": "charnwood"}
    assert lead.post(f"{URL}/new", data=data).status_code == 303
    assert reference_of("ann@example.org") == FREE


def test_of_many_at_once_no_two_get_the_same(cohort, monkeypatch):
    cohort.applicant("Somebody", reference=TAKEN)
    signs = iter("888888" + "MMMMMM" * 2 + "333333" + "444444")
    monkeypatch.setattr(references, "secrets", SimpleNamespace(choice=lambda _: next(signs)))
    assert references.new_references(3) == ["CL-333333", "CL-444444", FREE]
