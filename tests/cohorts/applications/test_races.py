"""Two coordinators press at the same moment: one of them moves people, the other one is told."""

import contextvars
import threading

import pytest

from app.cohorts.applications import batches, services
from app.cohorts.applications.stages import Stage
from app.extensions import db
from tests.client import new_id
from tests.cohorts.applications.conftest import URL
from tests.databases import ON_POSTGRESQL

PEOPLE = ("lead", "administrator")


@pytest.fixture
def together(app, cohort):
    """Post each person's form at the same moment; the statuses of the answers, in order."""

    def press(path, forms):
        clients = []
        for role, form in zip(PEOPLE, forms, strict=True):
            client = app.test_client().sign_in(getattr(cohort, role))
            clients.append((client, {**form, "csrf_token": client.csrf_token()}))
        db.session.remove()
        start, answers = threading.Barrier(len(clients)), []

        def one(client, form):
            start.wait(20)
            answer = contextvars.Context().run(
                super(type(client), client).open, URL + path, method="POST", data=form
            )
            answers.append(answer.status_code)

        threads = [threading.Thread(target=one, args=pair) for pair in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return sorted(answers)

    return press


def all_have_read(monkeypatch, module, name):
    """On PostgreSQL both have read before either goes on. (On SQLite the second cannot begin before
    the first has committed.)"""
    read, go_on = threading.Barrier(2 if ON_POSTGRESQL else 1), getattr(module, name)

    def waiting(*args, **kwargs):
        read.wait(20)
        return go_on(*args, **kwargs)

    monkeypatch.setattr(module, name, waiting)


def test_one_person_is_moved_by_one_of_two(cohort, together, monkeypatch):
    ann = cohort.applicant("Ann Lee", Stage.ELIGIBLE)
    version = cohort.version_of(ann)
    all_have_read(monkeypatch, services, "check_version")
    forms = [{"id": new_id(), "version": version, "to": to} for to in ("shortlisted", "submitted")]
    assert together(f"/{ann}/move", forms) == [303, 409]
    assert len(cohort.moves_of(ann)) == 1


def test_many_are_moved_by_one_of_two(cohort, together, monkeypatch):
    people = [cohort.applicant(name, Stage.ELIGIBLE) for name in ("Ann Lee", "Bo Li")]
    selection = batches.Selection(cohort.id, batches.ApplicantFilter(), tuple(people))
    seen = batches.digest_of(batches.people_in(selection))
    all_have_read(monkeypatch, batches, "move_together")
    forms = [
        {"id": new_id(), "chosen": [str(p) for p in people], "seen": f"{seen}@", "to": to}
        for to in ("shortlisted", "submitted")
    ]
    assert together("/move", forms) == [303, 409]
    assert [len(cohort.moves_of(person)) for person in people] == [1, 1]
    assert cohort.stage_of(people[0]) is cohort.stage_of(people[1])


def test_a_batch_is_undone_once(cohort, together, monkeypatch):
    from app.cohorts.applications.models import Application
    from app.cohorts.applications.moving import move_all
    from app.cohorts.applications.stages import Mover
    from app.core.database import new_id as new_uuid

    ann, batch = cohort.applicant("Ann Lee"), new_uuid()
    application = db.session.get(Application, ann)
    moves = [(application, Stage.ELIGIBLE)]
    move_all(moves=moves, mover=Mover.COORDINATOR, by=cohort.lead, batch_id=batch)
    db.session.commit()
    all_have_read(monkeypatch, batches, "undo")
    assert together(f"/moves/{batch}/undo", [{}, {}]) == [303, 409]
    assert len(cohort.moves_of(ann)) == 2
