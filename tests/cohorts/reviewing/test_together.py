"""Several requests at one moment, on real threads: no word lost, nothing given twice."""

import contextvars
import threading
from collections import Counter

import pytest
import sqlalchemy as sa

from app.cohorts.reviewing import handing_out, services
from app.cohorts.reviewing.models import Assignment, AssignmentState
from app.extensions import db
from app.workstreams.models import MemberRole
from tests.client import new_id
from tests.cohorts.reviewing.conftest import reviews_of
from tests.cohorts.reviewing.test_giving import preview
from tests.databases import ON_POSTGRESQL


@pytest.fixture
def all_at_once(app, monkeypatch):
    """Posts (client, path, data) at one moment; gives the statuses, in the order given."""

    def post(*requests):
        prepared = [
            (client, path, {"csrf_token": client.csrf_token(), **data})
            for client, path, data in requests
        ]
        db.session.commit()
        db.session.remove()
        start = threading.Barrier(len(prepared))
        # On PostgreSQL all have read before one goes on. (On SQLite the second cannot begin before
        # the first has committed.)
        read = threading.Barrier(len(prepared) if ON_POSTGRESQL else 1)
        for module, name in ((services, "_hold"), (handing_out, "lock")):
            real = getattr(module, name)

            def when_all_have_read(thing, real=real):
                if not getattr(waited, "once", False):
                    waited.once = True
                    read.wait(20)
                real(thing)

            monkeypatch.setattr(module, name, when_all_have_read)
        waited = threading.local()
        statuses = [0] * len(prepared)

        def one(number):
            client, path, data = prepared[number]
            start.wait(20)
            response = contextvars.Context().run(
                super(type(client), client).open, path, method="POST", data=data
            )
            statuses[number] = response.status_code

        threads = [threading.Thread(target=one, args=(n,)) for n in range(len(prepared))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return statuses

    return post


def signed_in(app, user):
    return app.test_client().sign_in(user)


def test_two_windows_submit_at_once(app, cohort, all_at_once):
    id = cohort.give(cohort.application())
    url = f"{cohort.url}/{id}"
    first = cohort.form(id, (5, 5), panel_comment="The first window")
    second = cohort.form(id, (1, 1), "no", panel_comment="The second window")
    windows = [signed_in(app, cohort.reviewer) for _ in range(2)]
    statuses = all_at_once((windows[0], url, first), (windows[1], url, second))
    assert sorted(statuses) == [303, 409]
    (kept,) = reviews_of(id)
    won = first if statuses[0] == 303 else second
    assert kept.panel_comment == won["panel_comment"]


@pytest.mark.parametrize("do", ["submit", "draft"])
def test_a_double_click_saves_once(app, cohort, all_at_once, do):
    id = cohort.give(cohort.application())
    data = cohort.form(id, do=do)
    window = (signed_in(app, cohort.reviewer), f"{cohort.url}/{id}", data)
    again = (signed_in(app, cohort.reviewer), *window[1:])
    assert all_at_once(window, again) == [303, 303]
    assert len(reviews_of(id)) == 1


def test_two_who_know_the_same_person_say_so_at_once(app, cohort, all_at_once):
    """Each is replaced, by two different people."""
    application_id = cohort.application()
    for key in ("third", "fourth"):
        cohort.member(key, MemberRole.REVIEWER)
    requests = [
        (signed_in(app, getattr(cohort, key)), f"{cohort.url}/{id}/conflict", {})
        for key, id in [(key, cohort.give(application_id, to=key)) for key in ("reviewer", "other")]
    ]
    assert all_at_once(*requests) == [303, 303]
    states = Counter(
        db.session.scalars(
            sa.select(Assignment.state).where(Assignment.application_id == application_id)
        )
    )
    assert states == {AssignmentState.CONFLICT: 2, AssignmentState.TO_DO: 2}


def test_two_share_evenly_at_once(app, cohort, all_at_once):
    """Each with other reviewers in mind: what the first gives out, the second sees."""
    cohort.call.reviews_wanted = 1
    for _ in range(4):
        cohort.application()
    db.session.commit()
    lead = signed_in(app, cohort.lead)
    url = f"{cohort.coordinating}/share"
    sent = [
        preview(lead, cohort, stage="", who=str(cohort.ids[key]))[1] | {"id": new_id()}
        for key in ("reviewer", "other")
    ]
    statuses = all_at_once(*((signed_in(app, cohort.lead), url, data) for data in sent))
    assert sorted(statuses) == [303, 409]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Assignment)) == 4
