"""Several requests at one moment: one application, sent once, none late. On real threads."""

import contextvars
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.cohorts.applications.models import Answer, Application, ApplicationMove
from app.cohorts.applications.stages import Stage
from app.cohorts.applying import queries, sessions
from app.cohorts.applying.models import ApplySession, MonitoringTally
from app.core import clock
from app.extensions import db
from app.outbox.models import Message
from tests.cohorts.applying.applicant import (
    EMAIL,
    Applicant,
    london,
    sent_before,
    write_everything,
)
from tests.databases import ON_POSTGRESQL

CLOSES = london(2021, 7, 30, 17, 0)


@pytest.fixture
def all_at_once(app) -> Callable:
    """Posts (client, path, data) at one moment; gives the last statuses, in the order given."""

    def post(*requests) -> list[int]:
        prepared = [
            (client, path, {"csrf_token": client.csrf_token(), **data})
            for client, path, data in requests
        ]
        # As `LintingClient.open` does: what the test has made is there, and it holds no lock.
        db.session.commit()
        db.session.remove()
        start = threading.Barrier(len(prepared))
        statuses: list[int] = [0] * len(prepared)

        def one(number: int) -> None:
            client, path, data = prepared[number]
            start.wait(20)
            for _ in range(3):
                response = contextvars.Context().run(
                    super(type(client), client).open, path, method="POST", data=data
                )
                statuses[number] = response.status_code
                # SQLite lets one write at a time. On a machine with much else to do somebody can wait
                # for their turn too long; they are told that nothing was saved, and press again.
                if ON_POSTGRESQL or response.status_code != 503:
                    break

        threads = [threading.Thread(target=one, args=(n,)) for n in range(len(prepared))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return statuses

    return post


def count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def meet(monkeypatch, module, name: str, people: int) -> None:
    """On PostgreSQL, have everybody get to a function before anybody goes on from it. (On SQLite the
    second cannot begin before the first has committed.)"""
    if not ON_POSTGRESQL:
        return
    there, function = threading.Barrier(people), getattr(module, name)

    def wait_for_all(*args, **kwargs):
        found = function(*args, **kwargs)
        there.wait(20)
        return found

    monkeypatch.setattr(module, name, wait_for_all)


def test_two_links_of_one_address_begin_one_application(app, call, all_at_once, monkeypatch):
    tabs = [Applicant(app.test_client(), call) for _ in range(2)]
    requests = [(tab.client, tab.link(), {}) for tab in tabs]
    looked = threading.Barrier(2)
    look = queries.application_of
    first_look = threading.local()

    def look_together(*args):
        found = look(*args)
        if ON_POSTGRESQL and not getattr(first_look, "done", False):
            first_look.done = True
            looked.wait(20)
        return found

    monkeypatch.setattr(queries, "application_of", look_together)
    assert all_at_once(*requests) == [303, 303]
    assert count(Application) == 1
    assert count(ApplySession) == 2
    for tab in tabs:
        assert tab.get().status_code == 200


def test_one_link_used_twice_at_once_opens_one_browser(app, call, all_at_once):
    tabs = [Applicant(app.test_client(), call) for _ in range(2)]
    link = tabs[0].link()
    assert sorted(all_at_once(*((tab.client, link, {}) for tab in tabs))) == [200, 303]
    assert count(ApplySession) == 1


def test_a_double_click_sends_once_with_one_mail(app, applicant, call, all_at_once):
    write_everything(applicant)
    clients = [applicant.client, Applicant(app.test_client(), call).come().client]
    path = f"{applicant.own}/check"
    statuses = all_at_once(*((client, path, {}) for client in clients * 2))
    assert statuses == [303] * 4
    assert applicant.application.stage is Stage.SUBMITTED
    assert count(ApplicationMove) == 1
    assert len(applicant.mails()) == 1


def test_two_answers_to_one_question_at_once_lose_neither(app, applicant, question, all_at_once):
    """One is saved, the other is shown what was saved, with its own words beside it."""
    write_everything(applicant)
    path = f"/questions/{question.id}"
    version = applicant.fingerprint(path)
    requests = [
        (applicant.client, applicant.own + path, {"version": version, "answer": words})
        for words in ("From the first tab", "From the second tab")
    ]
    assert sorted(all_at_once(*requests)) == [303, 409]
    assert count(Answer) == 1


def test_a_first_answer_sent_twice_at_once_is_one(app, applicant, question, all_at_once):
    write_everything(applicant)
    db.session.execute(sa.delete(Answer))
    path = f"/questions/{question.id}"
    version = applicant.fingerprint(path)
    one = (applicant.client, applicant.own + path, {"version": version, "answer": "Mine"})
    assert all_at_once(one, one, one) == [303] * 3
    assert count(Answer) == 1


def test_two_withdrawals_at_once_are_one(applicant, all_at_once):
    sent_before(applicant)
    one = (applicant.client, f"{applicant.own}/withdraw", {"why": ""})
    assert all_at_once(one, one) == [303, 303]
    assert count(ApplicationMove) == 2  # sent, withdrawn
    assert len(applicant.mails()) == 2


def test_answers_to_monitoring_at_once_are_all_counted(app, call, all_at_once):
    people = []
    for number in range(4):
        person = Applicant(app.test_client(), call, f"person{number}@example.org").come()
        sent_before(person)
        people.append(person)
    path = f"{people[0].own}/equality"
    chosen = {"sex": "female", "religion": "none"}
    requests = [(person.client, path, chosen) for person in people]
    assert all_at_once(*requests, requests[0]) == [303] * 5
    tallies = db.session.execute(sa.select(MonitoringTally.answer, MonitoringTally.count))
    assert dict(tallies.all()) == {"female": 4, "none": 4}


def test_many_send_while_it_closes_and_none_is_late_lost_or_doubled(
    app, call, all_at_once, monkeypatch
):
    """The clock passes the closing instant while they send. Whoever is told that it was sent is in, with
    one mail; whoever is told that it was late is not; and no time of sending is past the closing."""
    people = []
    for number in range(8):
        person = Applicant(app.test_client(), call, f"person{number}@example.org").come()
        write_everything(person)
        people.append(person)
    # Each look at the clock is a quarter of a second on, and each sending looks once: it is 5pm at the
    # 6th look.
    looks, lock = iter(range(1000)), threading.Lock()

    def moment():
        with lock:
            return CLOSES + timedelta(milliseconds=250 * (next(looks) - 5))

    monkeypatch.setattr(clock, "moment", moment)
    statuses = all_at_once(*((person.client, f"{person.own}/check", {}) for person in people))
    assert set(statuses) <= {303, 422}
    assert statuses.count(303) == 5
    for person, status in zip(people, statuses, strict=True):
        application = person.application
        sent = status == 303
        assert (application.stage is Stage.SUBMITTED) is sent
        assert len(person.mails()) == sent
        if sent:
            assert application.submitted_at < CLOSES
    assert count(ApplicationMove) == statuses.count(303)


def test_a_window_that_closes_meanwhile_keeps_the_sending_out(
    app, applicant, call, all_at_once, monkeypatch
):
    """The coordinator closes the call between the page's reading it and the sending."""
    write_everything(applicant)
    call_id, read = applicant.call_id, sessions.find

    def read_then_close(slug):
        found = read(slug)
        closing = (
            sa.update(type(call))
            .where(type(call).id == call_id)
            .values(closes_at=london(2021, 6, 17))
        )
        if ON_POSTGRESQL:
            with db.engine.begin() as other:
                other.execute(closing)
        else:
            # SQLite lets nobody else write meanwhile; the same transaction stands in for it.
            db.session.execute(closing, execution_options={"synchronize_session": False})
        return found

    monkeypatch.setattr(sessions, "find", read_then_close)
    assert all_at_once((applicant.client, f"{applicant.own}/check", {})) == [422]
    monkeypatch.setattr(sessions, "find", read)
    assert applicant.application.stage is Stage.DRAFT
    assert db.session.scalars(sa.select(Message).where(Message.recipient == EMAIL)).all() == []
