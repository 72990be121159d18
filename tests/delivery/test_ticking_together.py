"""Two people tick the same milestone at the same moment: both are told that it is done, once."""

import contextvars
import threading
from datetime import date

import pytest
import sqlalchemy as sa

from app.core.history import ChangeRecord
from app.delivery import progress
from app.delivery.models import Milestone
from app.extensions import db
from tests.client import HTMX
from tests.databases import ON_POSTGRESQL
from tests.factories.delivery import DeliveryPlanFactory, MilestoneFactory
from tests.factories.workstreams import MembershipFactory, WorkstreamFactory

PEOPLE = 2
PLAN = "/workstreams/new-parks/plan"


@pytest.fixture
def milestone_id(app):
    plan = DeliveryPlanFactory(workstream_id=WorkstreamFactory(slug="new-parks").id)
    return MilestoneFactory(plan=plan, title="Panel chosen").id


@pytest.fixture
def together(app, milestone_id, monkeypatch):
    """Posts to a path of the milestone's as several people at once; their (status, page)."""
    workstream_id = db.session.get(Milestone, milestone_id).workstream_id
    clients = []
    for _ in range(PEOPLE):
        client = app.test_client()
        client.sign_in(MembershipFactory(workstream_id=workstream_id).user)
        clients.append((client, client.csrf_token()))
    db.session.remove()
    start = threading.Barrier(PEOPLE)
    # On PostgreSQL both have read the milestone before either goes on. (On SQLite the second cannot
    # begin before the first has committed.)
    loaded = threading.Barrier(PEOPLE if ON_POSTGRESQL else 1)
    lock = progress._lock

    def lock_when_all_have_read(milestone):
        loaded.wait(20)
        lock(milestone)

    monkeypatch.setattr(progress, "_lock", lock_when_all_have_read)

    def ask(path: str):
        answers = []

        def one(client, token):
            start.wait(20)
            response = contextvars.Context().run(
                super(type(client), client).open,
                f"{PLAN}/milestones/{milestone_id}/{path}",
                method="POST",
                data={"csrf_token": token},
                headers=HTMX,
            )
            answers.append((response.status_code, response.text))

        threads = [threading.Thread(target=one, args=pair) for pair in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return answers

    return ask


def changes(milestone_id):
    found = db.session.scalars(
        sa.select(ChangeRecord.changes)
        .where(ChangeRecord.subject_id == milestone_id)
        .order_by(ChangeRecord.id)
    )
    return [change["done_on"] for change in found if "done_on" in change]


def test_both_are_told_that_it_is_done_and_history_says_it_once(together, milestone_id):
    answers = together("tick")
    assert [status for status, _ in answers] == [200, 200]
    assert all("Undo" in page for _, page in answers)
    assert db.session.get(Milestone, milestone_id).done_on == date(2021, 6, 18)
    assert changes(milestone_id) == [[None, "2021-06-18"]]
    db.session.remove()


def test_and_so_when_both_take_it_back(together, milestone_id):
    milestone = db.session.get(Milestone, milestone_id)
    milestone.done_on = date(2021, 6, 18)
    db.session.commit()
    db.session.remove()
    answers = together("untick")
    assert [status for status, _ in answers] == [200, 200]
    assert db.session.get(Milestone, milestone_id).done_on is None
    assert changes(milestone_id)[-1] == ["2021-06-18", None]
    assert len(changes(milestone_id)) == 2
    db.session.remove()
